// The example that the specification prints must be what the code makes today, byte for byte. Writes nothing.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withExample } from '../draw/spec/print-example.ts'
import { exampleOptions, makeCounty } from '../draw/test/county.ts'

const folder = fileURLToPath(new URL('../draw/spec/example/', import.meta.url))
const committed = new Map(filesIn(folder).map((name) => [name, readFileSync(join(folder, name))]))
const { files } = makeCounty(exampleOptions())

const faults = [...new Set([...committed.keys(), ...files.keys()])].filter((name) => {
  const made = files.get(name)
  return made === undefined || committed.get(name)?.equals(made) !== true
})
const spec = readFileSync(join(folder, '../draw-v1.md'), 'utf8')
if (withExample(spec, files) !== spec) faults.push('../draw-v1.md')
for (const name of faults) console.error(`draw/spec/example/${name} is not what the code makes now`)
if (faults.length > 0)
  console.error('If the change is meant: npx tsx draw/spec/make-example.ts, and review the diff.')
process.exit(faults.length === 0 ? 0 : 1)

function filesIn(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(path.length))
}
