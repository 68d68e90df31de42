// A server that imports a file of subjects until it is killed; started again, it goes on.
// usage: pglite <directory> <folder> | postgres <url> <folder>

import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from '../../src/app.ts'
import { LawBook, loadLaw } from '../../src/law/index.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { type Engine, openEmbedded, openPostgres } from '../../src/platform/database/engine.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { Files } from '../../src/platform/files/files.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { Jobs } from '../../src/platform/jobs/jobs.ts'
import { TileFolder } from '../../src/platform/log/index.ts'
import { openSecrets } from '../../src/platform/secrets.ts'
import { settingsFrom } from '../../src/platform/settings.ts'
import { importKinds } from '../../src/registers/imports/index.ts'
import { Client, openSession, type TestApp } from '../support/app.ts'
import { givePerson } from '../support/people.ts'
import { bring, registerFile, seen, settled } from './imports-kit.ts'

const [kind, place = '', folder = ''] = process.argv.slice(2)
const say = (line: string): void => void writeSync(1, `${line}\n`)
const ROWS = 1_200
const AT_ONCE = 60

const newId = idsOf(machineClock)
const engine = await opened()
const law = loadLaw('law')
const secrets = openSecrets(join(folder, 'secrets.key'))
const app = await buildApp({
  engine,
  clock: machineClock,
  settings: settingsFrom({ SUNLOT_FOLDER: folder }),
  secrets,
  law,
  log: {
    tiles: new TileFolder(folder),
    policy: { log: { name: 'none', alg: 'ed25519', key: '' }, witnesses: [], quorum: 0 },
  },
  logger: false,
})
const { database } = app
const jobs = new Jobs({
  engine,
  database,
  clock: machineClock,
  kinds: importKinds({
    recording: { database, newId },
    files: new Files(join(folder, 'files'), secrets),
    secrets,
    book: new LawBook(law),
    clock: machineClock,
    rowsAtOnce: AT_ONCE,
  }),
  onError: (error) => say(`error ${error.message}`),
})
const before = await state()
say(`state ${JSON.stringify(before)}`)
// The dead server said nothing for long enough.
await engine.pool.query(`update platform.job set heard_at = '-infinity' where state = 'running'`)
await engine.pool.query(`update pgboss.job set started_on = now() - interval '1 hour' where state = 'active'`)
await jobs.start()
if (before.state === undefined) await ask()
for (;;) {
  const now = await state()
  if (now.state === 'applying' && now.applied_to !== null) say('under way')
  if (now.state === 'applied') {
    say(`applied ${JSON.stringify(now)}`)
    break
  }
  await new Promise((go) => setTimeout(go, 20))
}
// Until it is killed.
setInterval(() => undefined, 60_000)

async function opened(): Promise<Engine> {
  const made =
    kind === 'pglite'
      ? await openEmbedded({ directory: place })
      : await openPostgres(place, { allowSuperuser: true, allowUnsafe: true })
  await migrate(made.pool, { kind: 'simulated', newId })
  return made
}

async function ask(): Promise<void> {
  const bench = {
    ...app,
    clock: machineClock,
    secrets,
    newId,
    as: async (accountId: string) =>
      new Client(app, await openSession({ database, newId, clock: machineClock }, accountId)),
  } as unknown as TestApp
  const clerk = await givePerson(bench, { roles: ['clerk'] })
  const { id, guess } = seen((await bring(clerk.client, registerFile(ROWS))).body)
  await clerk.client.post(`/register-imports/${id}/check`, { mapping: { columns: guess } })
  await settled(clerk.client, id)
  await clerk.client.post(`/register-imports/${id}/application`)
  say('asked')
}

/** How far the import is, and whether the register is of one piece. */
async function state() {
  const { rows } = await engine.pool.query<{
    state: string
    applied_to: number | null
    new: number
  }>(`select state, applied_to, (counts ->> 'new')::int as new from registers.import`)
  const counted = await engine.pool.query<{ subjects: number; codes: number; leaves: number }>(
    `select (select count(*)::int from registers.subject) as subjects,
            (select count(*)::int from registers.subject_identity) as codes,
            (select count(*)::int from registers.subject s join registers.subject_identity i
                on i.code = s.code and i.subject_id = s.id and i.division_code = s.division_code) as pairs`,
  )
  return { ...rows[0], ...counted.rows[0] }
}
