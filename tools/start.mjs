// npm start: builds, then runs the example county from register to verified draw.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import './build.mjs'

const demo = spawn(process.execPath, ['cli/dist/sunlot.js', 'demo', ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
})
// Ctrl-C reaches the demo by itself; this process waits for it to end and hands its exit code on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => demo.kill('SIGTERM'))
demo.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
