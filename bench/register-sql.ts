// The selection of a bundle drawn again by PostgreSQL and DuckDB: `npx tsx bench/register-sql.ts BUNDLE`. Prints each hash.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, openDuckDb, openPostgres } from '../draw/sql/engines.ts'
import { stageKey } from '../draw/src/stream.ts'

const bundle = process.argv[2] ?? ''
const file = (name: string): Buffer => readFileSync(join(bundle, name))
const { seed } = JSON.parse(file('certificate.json').toString()) as { seed: string }
const expected = createHash('sha256').update(file('selection.tsv')).digest('hex')
console.log(`selection.tsv               ${expected}`)

let differs = false
for (const engine of [await openPostgres(), await openDuckDb()]) {
  if ('why' in engine) console.log(`${engine.name} is left out: ${engine.why}`)
  else await again(engine)
}
process.exit(differs ? 1 : 0)

async function again(engine: Engine): Promise<void> {
  await engine.load({
    population: file('population.tsv'),
    exclusions: file('exclusions.tsv'),
    inspectors: file('inspectors.tsv'),
  })
  await engine.run('parameters', {
    commit: file('commit.json').toString(),
    certificate: file('certificate.json').toString(),
  })
  const key = stageKey('sha256', seed, 'objects')
  for (const form of ['selection-ratio', 'selection-ratio-large']) {
    const start = performance.now()
    const short = await engine.run(form, { key, widen: 1 })
    const [row] = await engine.run('selection')
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const holds = row?.['hash'] === expected && (form === 'selection-ratio' || short.length === 0)
    differs ||= !holds
    console.log(
      `${`${engine.name} ${form}`.padEnd(27)} ${row?.['hash']} ${holds ? 'the same' : 'DIFFERS'} (${seconds} s)`,
    )
  }
  await engine.close()
}
