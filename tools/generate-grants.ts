// Writes server/grants.manifest.txt: every guard of a freshly migrated database. `--check` compares.

import { readFileSync, writeFileSync } from 'node:fs'
import { machineClock } from '../server/src/platform/clock.ts'
import { openEmbedded } from '../server/src/platform/database/engine.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { grantsManifest, runnerOf } from '../server/src/platform/log/index.ts'

const FILE = new URL('../server/grants.manifest.txt', import.meta.url)

const engine = await openEmbedded({ memory: true })
await migrate(engine.pool, { kind: 'real', newId: idsOf(machineClock) })
const manifest = await runnerOf(engine.pool).transaction('sunlot_app', grantsManifest)
await engine.close()

if (!process.argv.includes('--check')) writeFileSync(FILE, manifest)
else if (readFileSync(FILE, 'utf8') !== manifest) {
  console.error('grants.manifest.txt is not what the migrations make; run: npx tsx tools/generate-grants.ts')
  process.exit(1)
}
