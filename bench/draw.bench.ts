// The draw against PostgreSQL on the same rows, the same core, in the same run: `npx tsx bench/draw.bench.ts [MILLION ROWS]`.

import { execFileSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startPostgres } from '../tools/postgres.ts'
import { populationFile } from './population.ts'

const RUNS = 3
const rows = Math.round(1e6 * Number(process.argv[2] ?? 10))
const folder = dirname(fileURLToPath(import.meta.url))

interface Ours {
  readonly drawn: number
  readonly seconds: number
  readonly scan_seconds: number
  readonly peak_mb: number
}

const file = populationFile(rows)
console.log(
  `${rows} rows, 40 strata, 5 % drawn · ${cpus().length} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB · pinned to one core`,
)
const ours = Array.from({ length: RUNS }, () => drawOurs(rows)).toSorted((a, b) => a.seconds - b.seconds)[
  RUNS >> 1
] as Ours
console.log(
  `ours, from the file: ${ours.seconds.toFixed(2)} s (reading, parsing and tickets ${ours.scan_seconds.toFixed(2)} s), peak ${ours.peak_mb} MB, ${ours.drawn} drawn`,
)
for (const part of [rows / 10, rows / 2]) {
  const less = drawOurs(part)
  console.log(`  ${part} rows: ${less.seconds.toFixed(2)} s, peak ${less.peak_mb} MB`)
}
await comparePostgres()

function drawOurs(count: number): Ours {
  const args = ['-c', '1', process.execPath, '--import', 'tsx', join(folder, 'draw-ours.ts'), String(count)]
  return JSON.parse(execFileSync('taskset', args, { encoding: 'utf8' })) as Ours
}

async function comparePostgres(): Promise<void> {
  const server = startPostgres({
    settings: ['shared_buffers=2GB', 'work_mem=2GB', 'max_parallel_workers_per_gather=0', 'jit=off'],
  })
  if ('why' in server) return console.log(`PostgreSQL not compared: ${server.why}`)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query(
      'create unlogged table population (id text collate "C", stratum text collate "C", weight int)',
    )
    await pipeline(createReadStream(file), client.query(copyFrom('copy population from stdin')))
    await client.query('vacuum analyze population')
    const { rows: found } = await client.query('select pg_backend_pid() as pid')
    execFileSync('taskset', ['-cp', '1', String((found[0] as { pid: number }).pid)])
    await client.query('select count(*) from population')
    const partition = await median(
      client,
      `select count(*) from (select id from (select id, row_number() over (partition by stratum order by random()) k,
         count(*) over (partition by stratum) n from population) a where k <= (n * 5 + 99) / 100) b`,
    )
    const plain = await median(
      client,
      `select count(*) from (select id from population order by random() limit ${ours.drawn}) a`,
    )
    report('row_number() over (partition by stratum order by random())', partition, 0.15)
    report(`order by random() limit ${ours.drawn}`, plain, 0.7)
  } finally {
    await client.end()
    server.stop()
  }
}

async function median(client: pg.Client, sql: string): Promise<number> {
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await client.query(sql)
    seconds.push((performance.now() - start) / 1000)
  }
  return seconds.toSorted((a, b) => a - b)[RUNS >> 1] as number
}

function report(what: string, seconds: number, goal: number): void {
  const ratio = ours.seconds / seconds
  console.log(
    `PostgreSQL ${what}: ${seconds.toFixed(2)} s → ours ${ratio.toFixed(3)} × (goal ${goal}: ${ratio <= goal ? 'met' : 'not met'})`,
  )
}
