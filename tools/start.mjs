// npm start: builds, then runs the example county from register to verified draw.

import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' }

const { status } = spawnSync(process.execPath, ['tools/build.mjs'], here)
if (status !== 0) process.exit(status ?? 1)

const demo = spawn(process.execPath, ['cli/dist/sunlot.js', 'demo', ...process.argv.slice(2)], here)
// Ctrl-C reaches the demo by itself; this process waits for it to end and hands its exit code on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => demo.kill('SIGTERM'))
demo.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
