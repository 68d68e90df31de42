// Jobs of servers that were killed, that stall, or that lose a job to another.

import { afterEach, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { Jobs, type JobKind } from '../../src/platform/jobs/jobs.ts'
import { record } from '../../src/platform/record.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'

const newId = idsOf(machineClock)
const SOON = { timeout: 10_000 }
const aMoment = (ms = 1500): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A promise that somebody else fulfils. */
function gate(): { readonly open: () => void; readonly passed: Promise<null> } {
  let open = (): void => undefined
  const passed = new Promise<null>((resolve) => (open = () => resolve(null)))
  return { open: () => open(), passed }
}

onEachEngine((kind) => {
  let base: Migrated
  let servers: Jobs[] = []
  afterEach(async () => {
    for (const server of servers) await server.stop()
    servers = []
    await base.close()
  })

  async function start(run: JobKind['run'], more: Partial<JobKind> = {}): Promise<Jobs> {
    const { engine, database } = base
    const kinds = [{ name: 'count', retries: 5, run, ...more }]
    const jobs = new Jobs({ engine, database, clock: machineClock, kinds, onError: () => undefined })
    servers.push(jobs)
    await jobs.start()
    return jobs
  }

  async function ask(jobs: Jobs): Promise<string> {
    const id = newId()
    await record({ database: base.database, newId }, SYSTEM, { action: 'job.ask' }, (writer) =>
      jobs.ask(writer, { id, kind: 'count', input: {} }),
    )
    return id
  }

  const row = (id: string) =>
    base.database.read((reader) =>
      reader.selectFrom('platform.job').selectAll().where('id', '=', id).executeTakeFirst(),
    )
  const inState = (id: string, state: string) => expect.poll(() => row(id), SOON).toMatchObject({ state })
  const silence = () =>
    base.superuser.query(`update platform.job set heard_at = now() - interval '5 minutes'`)
  const queued = async (): Promise<string> => {
    const { rows } = await base.superuser.query<{ state: string }>(
      `select state::text from pgboss.job where name = 'count'`,
    )
    return rows[0]?.state ?? ''
  }

  it('a server that lost its job writes nothing more, and ends nothing of the other', async () => {
    base = await freshMigrated(kind)
    const stale = gate()
    const living = gate()
    const said: string[] = []
    const first = await start(async ({ progress, hold }) => {
      await stale.passed
      for (const step of [
        () => progress(1),
        () => base.database.transaction('sunlot_app', (writer) => hold(writer as never)),
      ])
        await step().catch((error: Error) => said.push(error.constructor.name))
      throw new Error('and fails')
    })
    const id = await ask(first)
    await inState(id, 'running')
    await silence()
    let runs = 0
    await start(async () => {
      runs++
      await living.passed
      return { by: 'another' }
    })
    await expect.poll(() => row(id), SOON).toMatchObject({ state: 'running', attempts: 2 })
    stale.open()
    await expect.poll(() => said, SOON).toEqual(['JobTakenOver', 'JobTakenOver'])
    await aMoment(3000)
    expect(await row(id)).toMatchObject({ state: 'running', attempts: 2, failure: null })
    living.open()
    await inState(id, 'done')
    expect(await row(id)).toMatchObject({ attempts: 2, result: { by: 'another' } })
    expect(runs).toBe(1)
  })

  it('what is cancelled while its server is dead is put back, and over', async () => {
    base = await freshMigrated(kind)
    const never = gate()
    const id = await ask(await start(() => never.passed))
    await inState(id, 'running')
    await silence()
    await base.superuser.query(`update platform.job set cancel_requested = true`)
    const dropped: string[] = []
    await start(async () => ({ by: 'another' }), {
      dropped: async (job) => void dropped.push(job.id),
    })
    await inState(id, 'cancelled')
    expect(dropped).toEqual([id])
    never.open()
    await aMoment()
    expect(await row(id)).toMatchObject({ state: 'cancelled', attempts: 1 })
  })

  it('what is cancelled before it began is put back', async () => {
    base = await freshMigrated(kind)
    const busy = gate()
    const dropped: string[] = []
    const server = await start(() => busy.passed, { dropped: async (job) => void dropped.push(job.id) })
    await inState(await ask(server), 'running')
    const id = await ask(server)
    await base.superuser.query(
      `update platform.job set cancel_requested = true, state = 'cancelled' where id = $1`,
      [id],
    )
    busy.open()
    await expect.poll(() => dropped, SOON).toEqual([id])
  })

  it('what the queue gave to a server that died before it began is given out again', async () => {
    base = await freshMigrated(kind)
    const busy = gate()
    const server = await start(() => busy.passed)
    await inState(await ask(server), 'running')
    const id = await ask(server)
    await base.superuser.query(
      `update pgboss.job set state = 'active', started_on = now() - interval '5 minutes' where data ->> 'id' = $1`,
      [id],
    )
    await start(async () => ({ by: 'another' }))
    await inState(id, 'done')
    busy.open()
  })

  it('a server that stops leaves its job waiting, for whoever starts next', async () => {
    base = await freshMigrated(kind)
    const server = await start(async ({ progress }) => {
      for (;;) {
        await progress(1)
        await aMoment(20)
      }
    })
    const id = await ask(server)
    await inState(id, 'running')
    await server.stop()
    expect(await row(id)).toMatchObject({ state: 'waiting', ended_at: null })
    expect(await queued()).toBe('retry')
    await start(async () => ({ by: 'another' }))
    await inState(id, 'done')
  })
})
