// The pages that a browser is given, built from the sources of now.

import { spawnSync } from 'node:child_process'
import { projectPath } from '../server/src/platform/root.ts'

/** In a process of its own: libraries look at NODE_ENV, and what is tested must be what is shipped. */
export function buildPages(...names: readonly ('verifier' | 'console' | 'stage')[]): void {
  const { status, stderr } = spawnSync(process.execPath, ['tools/build.mjs', '--changed', ...names], {
    cwd: projectPath(),
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the pages were not built: ${stderr}`)
}
