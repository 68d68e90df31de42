// npm start: builds the verifier page and the command, then runs the example county from register to verified draw.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const script of ['web/build-verifier.mjs', 'cli/build.mjs']) {
  if (!existsSync(root + script)) stop(`${script} is not there: this checkout is not whole.`)
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' })
  if (status !== 0) stop(`${script} failed (see above).`)
}

const demo = spawn(process.execPath, ['cli/dist/sunlot.js', 'demo', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// Ctrl-C reaches the demo by itself; this process only waits for it to end and hands its exit code on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && demo.kill(signal))
demo.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
