// What the database has to say: opens it, unless a server has it open already.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LawBook, loadLaw } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { Database } from '../../platform/database/database.ts'
import { DirectoryInUse, type Engine, openEmbedded, openPostgres } from '../../platform/database/engine.ts'
import { pendingMigrations } from '../../platform/database/migrate.ts'
import {
  committedManifest,
  latestCheckpoint,
  runnerOf,
  TileFolder,
  verifyGrants,
  verifyLog,
} from '../../platform/log/index.ts'
import { projectPath } from '../../platform/root.ts'
import type { Settings } from '../../platform/settings.ts'
import { readBirth } from '../birth.store.ts'
import { SKEW_MS, skewOf } from '../clocks.ts'
import { DATABASE_FOLDER } from '../engine.ts'
import { LOG_FOLDER, LOG_KEY, originOf } from '../sequencing.ts'
import { ownPolicy } from '../verify/policy.ts'
import { refusalSentence, type Language } from '../words.ts'
import { type Finding, finding } from './finding.ts'

/** The day of the year from which a missing calendar of the next one is worth a warning: it is published in November. */
const CALENDAR_EXPECTED = '12-01'

/** Every check that needs the database. Never throws: what stands in the way is a finding. */
export async function checkDatabase(
  settings: Settings,
  now: Date,
  language: Language,
): Promise<readonly Finding[]> {
  const opened = await open(settings, language)
  if ('findings' in opened) return opened.findings
  const { engine } = opened
  try {
    const before = [...opened.before, await checkDurability(engine), await checkSkew(engine)]
    const migrations = await checkMigrations(engine)
    // Of an older structure nothing else can be asked.
    if (migrations.state !== 'ok') return [...before, migrations]
    return [...before, migrations, ...(await checkContent(engine, settings, now))]
  } finally {
    await engine.close()
  }
}

type Opened =
  | { readonly engine: Engine; readonly before: readonly Finding[] }
  | { readonly findings: readonly Finding[] }

async function open({ folder, databaseUrl }: Settings, language: Language): Promise<Opened> {
  const directory = join(folder, DATABASE_FOLDER)
  // The doctor looks; it does not make a database where there is none.
  if (databaseUrl === undefined && !existsSync(join(directory, 'data'))) return { findings: [] }
  try {
    const engine = await (databaseUrl === undefined ? openEmbedded({ directory }) : openPostgres(databaseUrl))
    const about = { engine: engine.kind, durability: engine.durability.level }
    const lock = databaseUrl === undefined ? [finding('lock', 'ok')] : []
    return { engine, before: [...lock, finding('database', 'ok', about)] }
  } catch (error) {
    if (error instanceof DirectoryInUse) return { findings: [finding('lock', 'skipped', { pid: error.pid })] }
    const reason =
      refusalSentence(error, language) ?? (error instanceof Error ? error.message : String(error))
    return { findings: [finding('database', 'fault', { reason })] }
  }
}

/** One commit; the embedded engine counts what it put on disk, PostgreSQL says how it is set. */
async function checkDurability(engine: Engine): Promise<Finding> {
  if (engine.kind === 'postgres')
    return finding('durability', engine.durability.level === 'replicated' ? 'ok' : 'warning', { counted: 1 })
  const before = engine.durability.fsyncs()
  await engine.pool.query(`select pg_logical_emit_message(true, 'doctor', 'is a commit put on disk?')`)
  const counted = engine.durability.fsyncs() - before
  return finding('durability', counted > 0 ? 'ok' : 'fault', { counted })
}

async function checkSkew(engine: Engine): Promise<Finding> {
  const skewMs = Math.abs((await skewOf(engine)) ?? Infinity)
  const seconds = Math.round(skewMs / 100) / 10
  return finding('skew', skewMs > SKEW_MS ? 'fault' : 'ok', { seconds })
}

async function checkMigrations(engine: Engine): Promise<Finding> {
  const pending = await pendingMigrations(engine.pool)
  return finding('migrations', pending.length > 0 ? 'fault' : 'ok', { count: pending.length })
}

async function checkContent(engine: Engine, settings: Settings, now: Date): Promise<readonly Finding[]> {
  return [
    await checkSums(engine),
    await checkGrants(engine),
    ...(await checkLog(engine, settings, now)),
    ...(await checkCalendar(engine, now)),
  ]
}

async function checkSums({ pool }: Engine): Promise<Finding> {
  const { rows } = await pool.query<{ on: boolean }>(`select current_setting('data_checksums') = 'on' as on`)
  return finding('checksums', rows[0]?.on ? 'ok' : 'warning')
}

async function checkGrants(engine: Engine): Promise<Finding> {
  if (engine.kind === 'pglite') return finding('grants', 'skipped')
  const { holds, faults } = await verifyGrants({ sql: runnerOf(engine.pool) }, committedManifest())
  return holds ? finding('grants', 'ok') : finding('grants', 'fault', { what: faults[0]?.where ?? '' })
}

async function checkLog(engine: Engine, settings: Settings, now: Date): Promise<readonly Finding[]> {
  const { folder } = settings
  const sql = runnerOf(engine.pool)
  const last = await sql.transaction('sunlot_sequencer', (tx) => latestCheckpoint(tx))
  if (!last) return []
  if (!existsSync(join(folder, LOG_KEY)))
    return [finding('log_key', 'fault', { file: join(folder, LOG_KEY) })]
  const birth = await readBirth(engine.pool)
  const early = birth.aheadMs === 0 && now < last.at
  const policy = await ownPolicy(settings, () => Promise.resolve(originOf(birth.id)))
  const { holds, faults } = await verifyLog({ sql, policy, folder: new TileFolder(join(folder, LOG_FOLDER)) })
  return [
    finding('log_clock', early ? 'fault' : 'ok', { last: last.at.toISOString() }),
    finding('log', holds ? 'ok' : 'fault', { size: last.size, code: faults[0]?.code ?? '' }),
  ]
}

async function checkCalendar(engine: Engine, now: Date): Promise<readonly Finding[]> {
  const [year = '', ...day] = dayOf(now).split('-')
  if (day.join('-') < CALENDAR_EXPECTED) return []
  const next = Number(year) + 1
  const book = new LawBook(loadLaw(projectPath('law')))
  const { calendars } = await new Database(engine.pool).read((reader) => book.read(reader))
  return [finding('calendar', calendars.years.has(next) ? 'ok' : 'warning', { year: next })]
}
