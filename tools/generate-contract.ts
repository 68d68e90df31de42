// Writes openapi.json, and from it the types of the web's client. `--check` compares instead.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../server/src/app.ts'
import { loadLaw } from '../server/src/law/index.ts'
import { machineClock } from '../server/src/platform/clock.ts'
import { openEmbedded } from '../server/src/platform/database/engine.ts'
import { TileFolder } from '../server/src/platform/log/index.ts'
import { openSecrets } from '../server/src/platform/secrets.ts'
import { settingsFrom } from '../server/src/platform/settings.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'sunlot-contract-'))

const contract = await contractText()
const types = typesOf(contract)
rmSync(scratch, { recursive: true, force: true })
const files = { 'openapi.json': contract, 'web/src/api.gen.ts': types }

for (const [file, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(root + file, text)
  else if (readFileSync(root + file, 'utf8') !== text) {
    console.error(`${file} is not what the routes declare; run: npx tsx tools/generate-contract.ts`)
    process.exitCode = 1
  }
}

async function contractText(): Promise<string> {
  // Nothing is read or written: an engine is merely needed to build the application.
  const engine = await openEmbedded({ memory: true })
  const app = await buildApp({
    engine,
    clock: machineClock,
    settings: settingsFrom({ SUNLOT_FOLDER: scratch }),
    secrets: openSecrets(join(scratch, 'secrets.key')),
    law: loadLaw(join(root, 'law')),
    log: {
      tiles: new TileFolder(scratch),
      policy: { log: { name: 'none', alg: 'ed25519', key: '' }, witnesses: [], quorum: 0 },
    },
    logger: false,
  })
  await app.server.ready()
  const text = `${JSON.stringify(app.server.swagger(), undefined, 2)}\n`
  await app.close()
  await engine.close()
  return text
}

/** By the tool that needs TypeScript 5.9, which lives in a workspace of its own. */
function typesOf(text: string): string {
  const input = join(scratch, 'openapi.json')
  const output = join(scratch, 'api.gen.ts')
  writeFileSync(input, text)
  const cli = join(root, 'tools/node_modules/openapi-typescript/bin/cli.js')
  const { status, stderr } = spawnSync(process.execPath, [cli, input, '-o', output], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openapi-typescript: ${stderr}`)
  return readFileSync(output, 'utf8')
}
