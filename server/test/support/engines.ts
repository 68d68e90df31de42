// Fresh databases for tests, on each engine that this machine has. What `prepare` makes is made once, kept as a template
// under var/test-templates or in the server, and cloned.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { describe, test } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../../tools/postgres.ts'
import { openEmbedded, openPostgres, type Engine } from '../../src/platform/database/engine.ts'
import { projectPath } from '../../src/platform/root.ts'

export type EngineKind = Engine['kind']

/** What every fresh database already holds. */
export interface Template {
  /** Changes whenever `prepare` would make something else: a hash of the migrations. */
  readonly key: string
  /** Fills an empty database as a superuser. On PostgreSQL it must end with no connection of its own open. */
  readonly prepare: (engine: Engine) => Promise<void>
}

const FOLDER = projectPath('var', 'test-templates')
const KEPT_TEMPLATES = 6

/** A suite on both engines. */
export function onEachEngine(suite: (kind: EngineKind) => void): void {
  describe('on pglite', () => suite('pglite'))
  onPostgres(() => suite('postgres'))
}

/** A suite on PostgreSQL. Where there is none, it is left out in words; where CI_REQUIRE names it, that is a failure. */
export function onPostgres(suite: () => void): void {
  const why = whyNoPostgres()
  if (why === undefined) describe('on postgres', suite)
  else test('on postgres', ({ skip }) => leaveOut(`PostgreSQL is left out: ${why}`, skip))
}

/** A database of the caller's own, filled from the template. `close` throws it away. */
export function freshDatabase(kind: EngineKind, template: Template): Promise<Engine> {
  return kind === 'pglite' ? freshEmbedded(template) : freshOnServer(template)
}

/** `host` and login of the throwaway server, for a test that opens a database in its own way. */
export function postgresUrl(database = 'postgres'): string {
  const url = new URL(server().url)
  url.pathname = `/${database}`
  return url.href
}

function leaveOut(why: string, skip: (note: string) => void): void {
  if ((process.env['CI_REQUIRE'] ?? '').split(',').includes('postgres')) throw new Error(why)
  skip(why)
}

async function freshEmbedded({ key, prepare }: Template): Promise<Engine> {
  const path = join(FOLDER, `pglite-${hashOf(key)}.tar`)
  const kept = readKept(path)
  if (kept) return openEmbedded({ memory: true, template: kept })
  const engine = await openEmbedded({ memory: true })
  await prepare(engine)
  keep(path, await engine.embedded!.dump())
  return engine
}

function readKept(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Under a name of its own first: another worker may be reading or writing the same template. */
function keep(path: string, tar: Uint8Array): void {
  mkdirSync(FOLDER, { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, tar)
  renameSync(draft, path)
  const age = (name: string): number => statSync(join(FOLDER, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const tars = readdirSync(FOLDER).filter((name) => name.endsWith('.tar'))
  for (const name of tars.toSorted((a, b) => age(b) - age(a)).slice(KEPT_TEMPLATES))
    rmSync(join(FOLDER, name), { force: true })
}

let running: { readonly url: string } | undefined
let clones = 0

/** One for this process, stopped when it ends. */
function server(): { readonly url: string } {
  if (running) return running
  const started = startPostgres()
  if ('why' in started) throw new Error(started.why)
  running = started
  return running
}

async function freshOnServer(template: Template): Promise<Engine> {
  const from = `template_${hashOf(template.key)}`
  const name = `fresh_${process.pid}_${Date.now()}_${++clones}`
  await asAdministrator(async (run) => {
    // Another process may be making the same template on a server that DATABASE_URL names.
    await run('select pg_advisory_lock(hashtext($1))', [from])
    const { length } = await run('select from pg_database where datname = $1', [from])
    if (length === 0) await makeTemplate(run, from, template)
    await run(`create database ${name} template ${from}`)
  })
  const engine = await openOnServer(name)
  return {
    ...engine,
    close: async () => {
      await engine.close()
      await asAdministrator((run) => run(`drop database if exists ${name} with (force)`))
    },
  }
}

type Run = (sql: string, parameters?: readonly unknown[]) => Promise<readonly unknown[]>

/** Named only when it is whole. */
async function makeTemplate(run: Run, name: string, { prepare }: Template): Promise<void> {
  const draft = `${name}_draft`
  await run(`drop database if exists ${draft} with (force)`)
  await run(`create database ${draft} template template0`)
  const engine = await openOnServer(draft)
  try {
    await prepare(engine)
  } finally {
    await engine.close()
  }
  await run(`alter database ${draft} rename to ${name}`)
}

function openOnServer(database: string): Promise<Engine> {
  return openPostgres(postgresUrl(database), { allowSuperuser: true, allowUnsafe: true })
}

async function asAdministrator<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  try {
    return await work(async (sql, parameters) => (await client.query(sql, [...(parameters ?? [])])).rows)
  } finally {
    await client.end()
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
