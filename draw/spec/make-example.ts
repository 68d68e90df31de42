// Writes draw/spec/example/, the bundle that the specification prints: `npx tsx draw/spec/make-example.ts`.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exampleOptions, makeCounty } from '../test/county.ts'
import { withExample } from './print-example.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'example')
rmSync(folder, { recursive: true, force: true })
const county = makeCounty(exampleOptions())
for (const [name, bytes] of [...county.files, ['policy.json', policyBytes()] as const]) {
  const path = name === 'policy.json' ? join(folder, '..', 'example-policy.json') : join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
const spec = join(folder, '..', 'draw-v1.md')
writeFileSync(spec, withExample(readFileSync(spec, 'utf8'), county.files))

function policyBytes(): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(county.policy, undefined, 2)}\n`)
}
