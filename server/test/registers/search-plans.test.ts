// On enough rows that the planner has a choice, and with nothing forbidden to it: what it chooses, and what it touches.

import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillRegister } from '../../../bench/registers-population.ts'
import {
  FORMS,
  randomOf,
  REACHES,
  type ReachName,
  reachTo,
  readSamples,
  type Sample,
} from '../../../bench/registers-questions.ts'
import type { Reader } from '../../src/platform/database/database.ts'
import type { Tables } from '../../src/platform/database/rows.gen.ts'
import { aboutSubjects, searchSubjects } from '../../src/registers/subjects/search.store.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onPostgres } from '../support/engines.ts'

const ROWS = 100_000
/** Whatever is asked: of so many rows, or of a hundred times as many. */
const MOST_ROWS = 5000

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Plan[]
}
interface Said {
  readonly text: string
  readonly parameters: readonly unknown[]
}

onPostgres(() => {
  let migrated: Migrated
  let client: pg.Client
  let samples: readonly Sample[]
  const said: Said[] = []
  let kysely: Kysely<Tables>

  beforeAll(async () => {
    migrated = await freshMigrated('postgres')
    const pool = migrated.superuser as pg.Pool
    client = new pg.Client({ ...pool.options })
    await client.connect()
    await fillRegister(client, ROWS)
    // Of every row: plans that hang on the luck of a sample would be another test each time.
    await client.query(
      'set default_statistics_target = 400; analyze registers.subject; reset default_statistics_target',
    )
    samples = await readSamples(client, ROWS)
    kysely = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool }),
      log: ({ query }) => void said.push({ text: query.sql, parameters: query.parameters }),
    })
  }, 240_000)
  afterAll(async () => {
    await client.end()
    await migrated.close()
  })

  /** The statements of some work, in a transaction of the role that the application has. */
  const statementsOf = (work: (reader: Reader) => Promise<unknown>): Promise<readonly Said[]> =>
    kysely.connection().execute(async (connection) => {
      await sql`begin read only`.execute(connection)
      await sql`set local role sunlot_app`.execute(connection)
      said.length = 0
      await work(connection as unknown as Reader)
      const statements = said.filter(({ text }) => !/explain|set_config/.test(text))
      await sql`rollback`.execute(connection)
      return statements
    })

  /** The parts of a statement's plan that read the register. */
  const readingsOf = async ({ text, parameters }: Said): Promise<readonly Plan[]> => {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>(
      `explain (analyze, timing off, format json) ${text}`,
      [...parameters],
    )
    return partsOf(rows[0]!['QUERY PLAN'][0].Plan).filter(({ 'Relation Name': relation = '' }) =>
      /^subject(_identity)?$/.test(relation),
    )
  }

  it.each(Object.keys(FORMS))(
    'reads «%s» through an index, and a bounded number of rows, at every reach',
    async (form) => {
      const random = randomOf(3)
      await client.query(`set max_parallel_workers_per_gather = 0; set jit = off; set work_mem = '32MB'`)
      for (const name of Object.keys(REACHES) as ReachName[])
        for (let round = 0; round < 3; round++) {
          const sample = samples[Math.floor(random() * samples.length)]!
          const { after, ...filter } = FORMS[form]!(sample, random)
          const reach = reachTo(sample.division.slice(0, REACHES[name]))
          const page = { after, limit: 50 }
          const statements = [
            await statementsOf((reader) => searchSubjects(reader, reach, filter, page)),
            await statementsOf((reader) => aboutSubjects(reader, reach, filter)),
          ]
          for (const list of statements) {
            const readings: Plan[] = []
            for (const statement of list) readings.push(...(await readingsOf(statement)))
            const what = JSON.stringify({ form, name, filter, after })
            expect(
              readings.filter(({ 'Node Type': node }) => /^Seq Scan|Parallel/.test(node)),
              what,
            ).toEqual([])
            expect(sum(readings.map(touched)), what).toBeLessThanOrEqual(MOST_ROWS)
          }
        }
    },
    60_000,
  )
})

function partsOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(partsOf)]
}

/** The rows that a part read, whether it passed them on or not. */
function touched(plan: Plan): number {
  const perLoop =
    plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)
  return perLoop * plan['Actual Loops']
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0)
}
