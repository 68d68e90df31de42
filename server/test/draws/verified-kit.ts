// What the library says of a draw's bundle, with the policy that the server publishes.

import { join } from 'node:path'
import type { Report } from '@sunlot/draw'
import { type BundleLevel, bundleFolder } from '../../src/draws/draws/bundle.ts'
import { runInWorker } from '../../src/draws/work/work.ts'
import { Files } from '../../src/platform/files/files.ts'
import type { DrawCast, DrawsApp } from './draws-kit.ts'

/** Verifies a bundle, as it stands now. */
export async function verified(
  app: DrawsApp,
  { id }: Pick<DrawCast, 'id'>,
  level: BundleLevel,
): Promise<Report> {
  const { database, newId, secrets, log } = app
  const files = new Files(join(app.folder, 'files'), secrets)
  const tools = { recording: { database, newId }, log: log.published, files, secrets }
  const { text: policy } = await app.anonymous.get('/public/draws/policy.json')
  return bundleFolder(tools, { drawId: id, level }, (folder) => runInWorker('verify', { folder, policy }))
}
