// npm run check: everything about the code that is not its behaviour: each script `check:…` of package.json, in their
// order, also after one has failed. `npm run check -- lint words` runs only these. No step changes a file.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = { ...process.env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}` }

const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const steps = Object.entries(scripts)
  .filter(([name]) => name.startsWith('check:'))
  .map(([name, command]) => ({ name: name.slice('check:'.length), command }))

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; the steps are ${steps.map(({ name }) => name).join(', ')}`)
  process.exit(64)
}

const began = Date.now()
const done = steps.filter(({ name }) => asked.length === 0 || asked.includes(name)).map(run)
const failed = done.filter(({ ok }) => !ok).map(({ name }) => name)

console.log('')
for (const { name, ok, seconds } of done)
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${seconds.padStart(5)} s  ${name}`)
console.log(
  `${failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`} in ${since(began)} s`,
)
process.exit(failed.length === 0 ? 0 : 1)

function run({ name, command }) {
  const start = Date.now()
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    env,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const ok = status === 0
  if (!ok) console.log(`\n── ${name}: ${command}\n${stdout}${stderr}`)
  return { name, ok, seconds: since(start) }
}

function since(start) {
  return ((Date.now() - start) / 1000).toFixed(1)
}
