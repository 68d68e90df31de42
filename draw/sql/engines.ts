// Runs the SQL forms of this folder on the engines that a machine has: PGlite and DuckDB always, PostgreSQL where it is.

import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { startPostgres } from '../../tools/postgres.ts'

/** A row as text and numbers. */
export type Row = Readonly<Record<string, string | number>>

/** What a form's `:name` (PostgreSQL) or variable (DuckDB) stands for. */
export type Parameters = Readonly<Record<string, string | number>>

/** The lists that the forms read, as the bytes of their files. */
export interface Lists {
  readonly population: Uint8Array
  readonly exclusions: Uint8Array
  readonly inspectors?: Uint8Array
}

/** An engine with the tables of tables.sql. */
export interface Engine {
  readonly name: string
  /** Runs a form of this folder; gives the rows of its last statement. */
  run(form: string, parameters?: Parameters): Promise<readonly Row[]>
  /** Runs statements of the caller's own. */
  query(sql: string): Promise<readonly Row[]>
  /** Empties every table and loads lists. */
  load(lists: Lists): Promise<void>
  close(): Promise<void>
}

/** An engine that is not there, and why. */
export interface Absent {
  readonly name: string
  readonly why: string
}

type Execute = (sql: string) => Promise<readonly Row[]>

/** Every engine of this machine, each ready, and those that are not there. */
export async function openEngines(): Promise<{ engines: Engine[]; absent: Absent[] }> {
  const engines = [await openPglite(), await openDuckDb()]
  const postgres = await openPostgres()
  return 'why' in postgres ? { engines, absent: [postgres] } : { engines: [...engines, postgres], absent: [] }
}

const TABLES = ['population', 'exclusions', 'inspectors', 'ratios', 'quotas', 'class_quotas', 'pools']

/** PostgreSQL in this process. */
export async function openPglite(): Promise<Engine> {
  const db = new PGlite()
  const execute: Execute = async (sql) => ((await db.exec(sql)).at(-1)?.rows ?? []) as Row[]
  return postgresEngine('PGlite', execute, () => db.close())
}

/** DATABASE_URL, or a throwaway cluster; in a schema of its own. */
export async function openPostgres(): Promise<Engine | Absent> {
  const server = startPostgres()
  if ('why' in server) return { name: 'PostgreSQL', why: server.why }
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const execute: Execute = async (sql) => {
    const results = (await client.query(sql)) as unknown as pg.QueryResult<Row> | pg.QueryResult<Row>[]
    return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? []
  }
  const schema = `draw_forms_${process.pid}_${Date.now()}`
  await execute(`create schema ${schema}; set search_path to ${schema}`)
  return postgresEngine('PostgreSQL', execute, async () => {
    await execute(`drop schema ${schema} cascade`)
    await client.end()
    server.stop()
  })
}

/** DuckDB in memory. */
export async function openDuckDb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const execute: Execute = async (sql) => {
    const statements = await connection.extractStatements(sql)
    let rows: readonly Row[] = []
    for (let i = 0; i < statements.count; i++) {
      const prepared = await statements.prepare(i)
      rows = (await prepared.runAndReadAll()).getRowObjectsJson() as Row[]
    }
    return rows
  }
  await execute(formText('duckdb', 'tables'))
  return {
    name: 'DuckDB',
    query: execute,
    run: async (form, parameters = {}) => {
      for (const [name, value] of Object.entries(parameters))
        await execute(`set variable ${name} = ${literal(value)}`)
      return execute(formText('duckdb', form))
    },
    load: (lists) => loadLists(execute, lists),
    close: async () => {
      connection.closeSync()
      instance.closeSync()
      await Promise.resolve()
    },
  }
}

async function postgresEngine(name: string, execute: Execute, close: () => Promise<void>): Promise<Engine> {
  await execute('set client_min_messages to warning')
  await execute(formText('postgres', 'tables'))
  return {
    name,
    query: execute,
    run: (form, parameters = {}) => execute(substituted(formText('postgres', form), parameters)),
    load: (lists) => loadLists(execute, lists),
    close,
  }
}

/** The text of a form. */
export function formText(dialect: 'postgres' | 'duckdb', form: string): string {
  return readFileSync(new URL(`${dialect}/${form}.sql`, import.meta.url), 'utf8')
}

/** What psql does with its variables: `:'name'` becomes a literal, `:name` the bare value. Comments are left alone. */
function substituted(sql: string, parameters: Parameters): string {
  const value = (name: string): string | number => {
    const found = parameters[name]
    if (found === undefined) throw new Error(`:${name} is not given`)
    return found
  }
  return sql
    .split('\n')
    .map((line) => (line.startsWith('--') ? line : substitutedLine(line, value)))
    .join('\n')
}

function substitutedLine(line: string, value: (name: string) => string | number): string {
  return line.replace(/(?<![:\w]):(?:'([a-z]+)'|([a-z]+))/g, (_, quoted?: string, bare?: string) =>
    quoted ? literal(`${value(quoted)}`) : `${value(bare ?? '')}`,
  )
}

function literal(value: string | number): string {
  return typeof value === 'number' ? `${value}` : `'${value.replaceAll("'", "''")}'`
}

async function loadLists(execute: Execute, lists: Lists): Promise<void> {
  await execute(TABLES.map((table) => `delete from ${table};`).join('\n'))
  for (const [table, bytes] of Object.entries(lists) as [string, Uint8Array][]) {
    const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1)
    for (let at = 0; at < lines.length; at += 1000) {
      const rows = lines.slice(at, at + 1000).map((line) => `(${line.split('\t').map(literal).join(', ')})`)
      await execute(`insert into ${table} values ${rows.join(', ')}`)
    }
  }
}
