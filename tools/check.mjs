// npm run check: everything about the code that is not its behaviour. `npm run check -- lint words` runs only these.
// All steps run, also after one has failed. No step changes a file.

import { spawnSync } from 'node:child_process'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PATH = `${root}node_modules/.bin${delimiter}${process.env.PATH}`

const STEPS = [
  ['types', 'tsc -p .'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['format', 'oxfmt --check'],
  ['unused', 'knip --no-progress'],
  ['words', 'node tools/check-words.mjs'],
  ['kernel', 'node draw/kernel/build.mjs --check'],
  ['example', 'tsx tools/check-example.ts'],
  ['architecture', 'vitest run test/architecture.test.ts --reporter=dot'],
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !STEPS.some(([step]) => step === name))
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; the steps are ${STEPS.map(([step]) => step).join(', ')}`)
  process.exit(64)
}

const began = Date.now()
const done = STEPS.filter(([name]) => asked.length === 0 || asked.includes(name)).map(run)
const failed = done.filter(({ ok }) => !ok).map(({ name }) => name)

console.log('')
for (const { name, ok, seconds } of done) console.log(`${ok ? 'ok    ' : 'FAILED'}  ${seconds.padStart(5)} s  ${name}`)
console.log(`${failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`} in ${since(began)} s`)
process.exit(failed.length === 0 ? 0 : 1)

function run([name, command]) {
  const start = Date.now()
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PATH },
  })
  const ok = status === 0
  if (!ok) console.log(`\n── ${name}: ${command}\n${stdout}${stderr}`)
  return { name, ok, seconds: since(start) }
}

function since(start) {
  return ((Date.now() - start) / 1000).toFixed(1)
}
