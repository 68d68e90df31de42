// Lists and searches of a register of ten million subjects on PostgreSQL, by 16 clients that each ask the next thing as soon
// as the last is answered: `npx tsx bench/registers-search.bench.ts [MILLION ROWS] [SECONDS]`. Goal: p95 under 100 ms for
// every form at every reach. Named peers of the same run: a lookup by primary key, and `name like '%…%'` over the table.
// Where DATABASE_URL names a database that this filled before, it is read as it is.

import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import pg from 'pg'
import { machineClock } from '../server/src/platform/clock.ts'
import { Database, type Reader } from '../server/src/platform/database/database.ts'
import { openPostgres } from '../server/src/platform/database/engine.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { createLogin } from '../server/src/platform/database/roles.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { aboutSubjects, searchSubjects } from '../server/src/registers/subjects/search.store.ts'
import { startPostgres } from '../tools/postgres.ts'
import { fillRegister } from './registers-population.ts'
import { FORMS, randomOf, REACHES, type ReachName, reachTo, readSamples } from './registers-questions.ts'

const CLIENTS = 16
const LIMIT = 50
const GOAL_MS = 100
/** One thing that a client asks. */
interface Question {
  readonly form: string
  readonly reach: ReachName
  readonly ask: (reader: Reader) => Promise<unknown>
}

interface Answer {
  readonly question: Question
  readonly ms: number
  readonly isShort: boolean
}

const millions = Number(process.argv[2] ?? 10)
const seconds = Number(process.argv[3] ?? 120)
const server = startPostgres({
  settings: [
    'shared_buffers=6GB',
    'effective_cache_size=14GB',
    'random_page_cost=1.1',
    'max_wal_size=16GB',
    'wal_level=minimal',
    'max_wal_senders=0',
  ],
})
if ('why' in server) throw new Error(server.why)
const admin = new pg.Client({ connectionString: server.url })
await admin.connect()
await prepare(server.url)
const login = new URL(server.url)
login.username = 'sunlot_bench'
login.password = 'sunlot_bench'
const engine = await openPostgres(login.href, { connections: CLIENTS, allowUnsafe: true })
const database = new Database(engine.pool)
const samples = await readSamples(admin, millions * 1e6)
const only = process.env['FORM']
const questions = questionsOf(randomOf(11)).filter(({ form }) => only === undefined || form.includes(only))
await report()
await engine.close()
await admin.end()
server.stop()

async function prepare(url: string): Promise<void> {
  const { rows } = await admin.query<{ there: boolean }>(
    `select to_regclass('registers.subject') is not null as there`,
  )
  if (!rows[0]?.there) {
    const pool = new pg.Pool({ connectionString: url })
    await migrate(pool, { kind: 'simulated', newId: idsOf(machineClock) })
    await createLogin(pool, 'sunlot_bench', 'sunlot_bench')
    await pool.end()
    console.log('indexes, seconds:', JSON.stringify(await fillRegister(admin, millions * 1e6)))
  }
  const { rows: sizes } = await admin.query<Record<string, string>>(
    `select count(*)::text as rows, count(distinct division_code)::text as counties,
            pg_size_pretty(pg_table_size('registers.subject')) as "table",
            pg_size_pretty(pg_relation_size('registers.subject_terms')) as terms,
            pg_size_pretty(pg_relation_size('registers.subject_listed')) as listed from registers.subject`,
  )
  console.log(
    `${JSON.stringify(sizes[0])} · ${cpus().length} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  )
}

/** Every form at every reach, mixed, from other subjects each time. */
function questionsOf(random: () => number): readonly Question[] {
  const asked: Question[] = []
  for (let round = 0; round < 40; round++)
    for (const [form, make] of Object.entries(FORMS))
      for (const name of Object.keys(REACHES) as ReachName[]) {
        const sample = samples[Math.floor(random() * samples.length)]!
        const { after, ...filter } = make(sample, random)
        const reach = reachTo(sample.division.slice(0, REACHES[name]))
        const page = { after, limit: LIMIT }
        const search = (reader: Reader) => searchSubjects(reader, reach, filter, page)
        asked.push({ form, reach: name, ask: search })
        if (round % 4 === 0)
          asked.push({
            form: `about: ${form}`,
            reach: name,
            ask: (reader) => aboutSubjects(reader, reach, filter),
          })
      }
  return asked
    .map((question) => ({ question, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ question }) => question)
}

/** Asks from the list, in order, by so many clients at once, for so long. */
async function load(list: readonly Question[], clients: number, lasts: number): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const until = performance.now() + lasts * 1000
  let next = 0
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const question = list[next++ % list.length]!
      const began = performance.now()
      const answer = await database.read(question.ask)
      const ms = performance.now() - began
      answers.push({ question, ms, isShort: isShort(answer) })
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return answers
}

async function report(): Promise<void> {
  const lookups = samples.map(({ id, division }): Question => ({
    form: 'peer: primary key',
    reach: 'nation',
    ask: (reader) =>
      reader
        .selectFrom('registers.subject')
        .select(['id', 'name', 'code'])
        .where('id', '=', id)
        .where('division_code', '=', division)
        .execute(),
  }))
  if (seconds === 0) return alone()
  await load(questions, CLIENTS, Math.min(20, seconds / 4))
  const answers = await load(questions, CLIENTS, seconds)
  const keyed = await load(lookups, CLIENTS, 5)
  const scanned = await scan()
  const base = quantile(
    keyed.map(({ ms }) => ms),
    0.95,
  )
  console.log(
    `${answers.length} answers in ${seconds} s, ${(answers.length / seconds).toFixed(0)} a second by ${CLIENTS} clients`,
  )
  console.log(
    `peer: primary key, ${CLIENTS} clients: ${(keyed.length / 5).toFixed(0)} a second, ${line(keyed)}`,
  )
  console.log(
    `peer: name like '%…%' over the table, alone: ${scanned.toFixed(0)} ms (${(scanned / base).toFixed(0)} × the key's p95)`,
  )
  table(answers, base)
  await alone()
}

/**
 * What each form costs the server by itself, in milliseconds of processor time, of which others on this machine take none:
 * 16 clients on two cores wait about eight times as long.
 */
async function alone(): Promise<void> {
  const one = await openPostgres(login.href, { connections: 1, allowUnsafe: true })
  const { rows } = await one.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const spentMs = (): number =>
    Number(readFileSync(`/proc/${rows[0]!.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  const single = new Database(one.pool)
  const costs = new Map<string, number[]>()
  for (const question of questions.slice(0, questions.length / 4)) {
    const began = spentMs()
    await single.read(question.ask)
    const name = `${question.form} @ ${question.reach}`
    costs.set(name, [...(costs.get(name) ?? []), spentMs() - began])
  }
  await one.close()
  const all = [...costs.values()].flat()
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  console.log(
    `\nserver's processor time alone: mean ${meanOf(all).toFixed(1)} ms, p95 ${quantile(all, 0.95).toFixed(1)} ms; the dearest:`,
  )
  for (const [name, list] of [...costs].toSorted((a, b) => meanOf(b[1]) - meanOf(a[1])).slice(0, 40))
    console.log(
      `  ${name.padEnd(52)} mean ${meanOf(list).toFixed(1)} ms, most ${Math.max(...list).toFixed(1)} ms (${list.length})`,
    )
}

function table(answers: readonly Answer[], base: number): void {
  const groups = grouped(answers)
  console.log('form @ reach: p50 / p95 / p99 ms (n), p95 as a multiple of the key, pages that stopped early')
  for (const [name, list] of groups) {
    const p95 = quantile(
      list.map(({ ms }) => ms),
      0.95,
    )
    const short = list.filter((answer) => answer.isShort).length
    const stopped = short > 0 ? `, ${short} stopped early` : ''
    console.log(
      `  ${name.padEnd(52)} ${line(list)}, × ${(p95 / base).toFixed(1)}${stopped}${p95 > GOAL_MS ? '  OVER' : ''}`,
    )
  }
  const all = answers.map(({ ms }) => ms)
  const over = groups.filter(
    ([, list]) =>
      quantile(
        list.map(({ ms }) => ms),
        0.95,
      ) > GOAL_MS,
  )
  console.log(
    `all: p50 ${quantile(all, 0.5).toFixed(1)}, p95 ${quantile(all, 0.95).toFixed(1)}, p99 ${quantile(all, 0.99).toFixed(1)}, worst ${Math.max(...all).toFixed(0)} ms; ${over.length} of ${groups.length} over ${GOAL_MS} ms at p95`,
  )
}

/** What it costs without an index: the median of three. */
async function scan(): Promise<number> {
  const times: number[] = []
  for (const piece of ['龘靐', '龙龙凤凤', '靐龘']) {
    const began = performance.now()
    await admin.query(
      'select id from registers.subject where name like $1 order by division_code, code limit 51',
      [`%${piece}%`],
    )
    times.push(performance.now() - began)
  }
  return quantile(times, 0.5)
}

/** Whether a page says that there is more, and is not full. */
function isShort(answer: unknown): boolean {
  const { rows, next } = answer as { readonly rows?: readonly unknown[]; readonly next?: unknown }
  return next !== undefined && (rows?.length ?? 0) < LIMIT
}

function grouped(answers: readonly Answer[]): (readonly [string, readonly Answer[]])[] {
  const groups = new Map<string, Answer[]>()
  for (const answer of answers) {
    const name = `${answer.question.form} @ ${answer.question.reach}`
    groups.set(name, [...(groups.get(name) ?? []), answer])
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function line(answers: readonly Answer[]): string {
  const times = answers.map(({ ms }) => ms)
  return `${[0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(1).padStart(6)).join(' / ')} (${answers.length})`
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}
