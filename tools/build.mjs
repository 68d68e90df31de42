// Builds what is not committed: the verifier page, then the command, which carries the page into every bundle.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const script of ['web/build-verifier.mjs', 'cli/build.mjs']) {
  if (!existsSync(root + script)) stop(`${script} is not there: this checkout is not whole.`)
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' })
  if (status !== 0) stop(`${script} failed (see above).`)
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
