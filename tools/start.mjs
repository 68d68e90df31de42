// npm start: builds what has changed, then runs the server. Without DATABASE_URL it uses the embedded database in ./var
// and fills it with the example county.

import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' }

const { status } = spawnSync(
  process.execPath,
  ['tools/build.mjs', '--changed', 'verifier', 'console', 'stage', 'server'],
  here,
)
if (status !== 0) process.exit(status ?? 1)

// On trial a person reads the terminal: of the log only what is wrong.
const example = process.env.DATABASE_URL ? {} : { SUNLOT_EXAMPLE: '1', LOG_LEVEL: 'warn' }
const server = spawn(process.execPath, ['server/dist/main.js'], {
  ...here,
  env: { ...example, ...process.env },
})
// Ctrl-C reaches the server by itself; this process waits for it to end and hands its exit code on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
