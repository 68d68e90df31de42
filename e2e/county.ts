// The example county on a folder, as a server leaves it behind: made once for these sources and this day, then copied.

import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { loadDivisions } from '../server/src/agencies/index.ts'
import { exampleCounty, type SignIn } from '../server/src/example/index.ts'
import { loadLaw } from '../server/src/law/index.ts'
import { openLog } from '../server/src/operations/log.ts'
import { serve } from '../server/src/operations/serve.ts'
import { machineClock } from '../server/src/platform/clock.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { projectPath } from '../server/src/platform/root.ts'
import { type Settings, settingsFrom } from '../server/src/platform/settings.ts'

/** What the county depends on, below the project. */
const SOURCES = ['server/src', 'server/migrations', 'draw/src', 'sheets/src', 'law', 'words']

/** A copy of the caller's own, and who can sign in to it. */
export async function countyFolder(): Promise<{
  readonly folder: string
  readonly signIns: readonly SignIn[]
}> {
  const kept = projectPath('var', 'test-templates', `county-${keyOfToday()}`)
  if (!existsSync(kept)) await makeOnce(kept)
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-console-'))
  cpSync(kept, folder, { recursive: true })
  const text = readFileSync(join(folder, 'example-sign-ins.json'), 'utf8')
  return { folder, signIns: JSON.parse(text) as readonly SignIn[] }
}

/** How a server is run on such a folder. */
function settingsOn(folder: string): Settings {
  return settingsFrom({ SUNLOT_FOLDER: folder, SUNLOT_SIMULATED: '1', PORT: '0', LOG_LEVEL: 'error' })
}

/** Starts it; whatever breaks it, breaks the test. */
export function serveOn(folder: string) {
  const onFailure = (error: Error): never => {
    throw error
  }
  return serve({ settings: settingsOn(folder), logger: openLog('error'), onFailure })
}

// A maker that was killed leaves its mark behind: after so long another begins anew.
const PATIENCE_MS = 240_000
const LOOK_MS = 500

/** One test file makes it, the others wait. */
async function makeOnce(kept: string): Promise<void> {
  const mark = `${kept}.making`
  mkdirSync(dirname(mark), { recursive: true })
  if (isFresh(mark)) {
    for (let waited = 0; waited < PATIENCE_MS && !existsSync(kept) && isFresh(mark); waited += LOOK_MS)
      await setTimeout(LOOK_MS)
    if (existsSync(kept)) return
  }
  writeFileSync(mark, '')
  try {
    await make(kept)
  } finally {
    rmSync(mark, { force: true })
  }
}

function isFresh(mark: string): boolean {
  const made = statSync(mark, { throwIfNoEntry: false })?.mtimeMs
  return made !== undefined && Date.now() - made < PATIENCE_MS
}

/** In a folder of its own first: half a county is none. */
async function make(kept: string): Promise<void> {
  const templates = projectPath('var', 'test-templates')
  const draft = `${kept}.${process.pid}`
  const { app, stop } = await serveOn(draft)
  const recording = { database: app.database, newId: idsOf(machineClock) }
  await loadDivisions(recording, loadLaw(projectPath('law')).divisions.values())
  await exampleCounty(app, machineClock, draft)
  await stop()
  for (const name of readdirSync(templates))
    if (/^county-[0-9a-f]+$/.test(name) && name !== basename(kept))
      rmSync(join(templates, name), { recursive: true, force: true })
  try {
    renameSync(draft, kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
    rmSync(draft, { recursive: true, force: true })
  }
}

function keyOfToday(): string {
  const hash = createHash('sha256').update(machineClock.now().toISOString().slice(0, 10))
  for (const folder of SOURCES)
    for (const entry of readdirSync(projectPath(folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
  return hash.digest('hex').slice(0, 16)
}
