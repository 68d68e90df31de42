// A simulation of a task of a million subjects on PostgreSQL: `npx tsx bench/what-if.bench.ts [MILLION ROWS]`. Goal: an
// answer under 3 s, counted from the register each time. Said beside it: the same subjects counted by county alone.

import { mkdtempSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadLaw } from '../server/src/law/index.ts'
import { machineClock } from '../server/src/platform/clock.ts'
import { Database } from '../server/src/platform/database/database.ts'
import { openPostgres } from '../server/src/platform/database/engine.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { createLogin } from '../server/src/platform/database/roles.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { projectPath } from '../server/src/platform/root.ts'
import { openSecrets } from '../server/src/platform/secrets.ts'
import type { AppliesTo } from '../server/src/registers/index.ts'
import { type CountQuery, countTask } from '../server/src/tasks/scope/counting.ts'
import type { TaskCase } from '../server/src/tasks/tasks/facts.ts'
import { simulationOf } from '../server/src/tasks/what-if/simulation.ts'
import { startPostgres } from '../tools/postgres.ts'
import { fillRegister } from './registers-population.ts'

const GOAL_MS = 3000
const ROUNDS = 5
const VISITED = 0.06

/** Which industries each authority inspects. */
const SOME: readonly (readonly string[])[] = [[], ['F'], ['H62'], ['C', 'E'], ['R', 'P'], ['I', 'L', 'M']]

const secrets = openSecrets(join(mkdtempSync(join(tmpdir(), 'sunlot-bench-')), 'key'))
const millions = Number(process.argv[2] ?? 1)
const server = startPostgres({
  settings: ['shared_buffers=1GB', 'max_wal_size=8GB', 'wal_level=minimal', 'max_wal_senders=0'],
})
if ('why' in server) throw new Error(server.why)
const admin = new pg.Client({ connectionString: server.url })
await admin.connect()
const pool = new pg.Pool({ connectionString: server.url })
await migrate(pool, { kind: 'simulated', newId: idsOf(machineClock) })
await createLogin(pool, 'sunlot_bench', 'sunlot_bench')
await pool.end()
await fillRegister(admin, millions * 1e6)
await admin.query(
  `insert into tasks.visit (id, division_code, subject_id, year, on_day, level, authority_ids, source)
   select gen_random_uuid(), division_code, id, 2026, '2026-05-01', 'county', authority_ids[1:1], 'task'
     from registers.subject where random() < ${VISITED}`,
)
await admin.query('vacuum analyze tasks.visit')
const { rows: found } = await admin.query<{ id: string }>(
  `select distinct authority_ids[1] as id from (select authority_ids from registers.subject limit 3000) s limit 6`,
)
const login = new URL(server.url)
login.username = 'sunlot_bench'
login.password = 'sunlot_bench'
const engine = await openPostgres(login.href, { connections: 2, allowUnsafe: true })
const database = new Database(engine.pool)
const law = loadLaw(projectPath('law'))

const ALL: Omit<AppliesTo, 'industries'> = {
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
}
const ids = found.map(({ id }) => id)
const parts = ids.map((authorityId, at) => ({
  authorityId,
  authorityName: `示例部门${at + 1}`,
  members: at === 0 ? 2 : 1,
  items: [{ id: `i${at}`, code: `SX-${at}`, name: '示例', appliesTo: { ...ALL, industries: SOME[at]! } }],
}))
const query = (divisions: readonly string[]): CountQuery => ({
  scope: { ...ALL, divisions, register: null, industries: [], classes: [] },
  strataBy: 'divisionClass',
  design: { kind: 'ratio', ratio: 500 },
  waived: {},
  capGround: null,
  mode: 'COMPREHENSIVE',
  startsOn: '2026-06-01',
  endsOn: '2026-06-30',
  leadAuthorityId: ids[0]!,
  taskId: undefined,
  parts: parts as unknown as CountQuery['parts'],
})
const place = { division: 'cn', on: '2026-06-01' }

for (const [name, divisions] of [
  ['the nation', Array.from({ length: 10 }, (_, at) => `9${at}0000`)],
  ['a province', ['910000']],
  ['a county', ['910101']],
] as const)
  await measure(name, query(divisions))
const plain = performance.now()
await admin.query('select division_code, count(*) from registers.subject where left_on is null group by 1')
console.log(`counted by county alone: ${Math.round(performance.now() - plain)} ms`)
console.log(`${cpus().length} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`)
await engine.close()
await admin.end()
server.stop()

async function measure(name: string, asked: CountQuery): Promise<void> {
  const taken: number[] = []
  let [said, counted] = ['', 0]
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    const { simulation, groups } = await database.read(async (reader) => {
      const counting = await countTask(reader, law, place, asked)
      counted = Math.round(performance.now() - began)
      const simulated = await simulationOf(reader, secrets, caseOf(asked, counting), {
        tried: {},
        now: new Date(),
      })
      return { simulation: simulated, groups: counting.groups.length }
    })
    taken.push(performance.now() - began)
    said = `${simulation.scopeCount} subjects in ${groups} groups, ${simulation.total} drawn, ${simulation.infeasible.trials} trials, ${counted} ms of it counting`
  }
  const slowest = Math.max(...taken)
  const times = taken.map((ms) => Math.round(ms)).join(' ')
  console.log(`${slowest < GOAL_MS ? 'ok ' : 'SLOW'} ${name}: ${times} ms; ${said}`)
}

function caseOf(asked: CountQuery, counting: TaskCase['counting']): TaskCase {
  const task = { ...asked, matching: 'subjects', teamCount: null, loadCap: 400, methods: ['ON_SITE'] }
  const taking = parts.map((part, at) => ({
    ...part,
    isLead: at === 0,
    state: 'accepted',
    pool: [],
    drawn: 60,
    classes: [],
  }))
  return {
    task: { ...task, endsOn: '2999-12-31', drawnListPublished: true, drawType: 'UNTARGETED' },
    line: undefined,
    parts: taking,
    counting,
    counted: counting,
    query: asked,
    law,
    place,
    today: '2026-06-01',
  } as unknown as TaskCase
}
