// What the library says of a draw's bundle, with the policy that the server publishes.

import type { Report } from '@sunlot/draw'
import { type BundleLevel, bundleFolder } from '../../src/draws/draws/bundle.ts'
import { runInWorker } from '../../src/draws/work/work.ts'
import type { DrawCast, DrawsApp } from './draws-kit.ts'
import { toolsOf } from './tools-kit.ts'

/** Verifies a bundle, as it stands now. */
export async function verified(
  app: DrawsApp,
  { id }: Pick<DrawCast, 'id'>,
  level: BundleLevel,
): Promise<Report> {
  const { text: policy } = await app.anonymous.get('/public/draws/policy.json')
  return bundleFolder(toolsOf(app), { drawId: id, level }, (folder) =>
    runInWorker('verify', { folder, policy }),
  )
}
