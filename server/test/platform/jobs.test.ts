import { afterEach, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { Database } from '../../src/platform/database/database.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { JobFailed, Jobs, type JobKind } from '../../src/platform/jobs/jobs.ts'
import { record } from '../../src/platform/record.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'

const newId = idsOf(machineClock)

onEachEngine((kind) => {
  let migrated: Migrated | undefined
  let jobs: Jobs | undefined
  afterEach(async () => {
    await jobs?.stop()
    await migrated?.close()
  })

  async function startJobs(run: JobKind['run'], retries = 0): Promise<Migrated> {
    migrated = await freshMigrated(kind)
    const { engine, database } = migrated
    const kinds = [{ name: 'count', retries, run }]
    jobs = new Jobs({ engine, database, clock: machineClock, kinds, onError: () => undefined })
    await jobs.start()
    return migrated
  }

  const ask = async ({ database }: Migrated, fails = false): Promise<string> => {
    const id = newId()
    await record({ database, newId }, SYSTEM, { action: 'job.ask' }, async (writer) => {
      await jobs!.ask(writer, { id, kind: 'count', input: { to: 3 } })
      if (fails) throw new Error('rolled back')
    })
    return id
  }

  const jobRow = ({ database }: Migrated, id: string) =>
    database.read((reader) =>
      reader.selectFrom('platform.job').selectAll().where('id', '=', id).executeTakeFirst(),
    )

  it('does what it was asked, and says how far it came', async () => {
    const base = await startJobs(async ({ progress }) => {
      for (const done of [1, 2, 3]) await progress(done, 3, 'counting')
      return { counted: 3 }
    })
    const id = await ask(base)
    await expect.poll(() => jobRow(base, id), { timeout: 10_000 }).toMatchObject({ state: 'done' })
    expect(await jobRow(base, id)).toMatchObject({ done: 3, total: 3, result: { counted: 3 }, attempts: 1 })
  })

  it('wakes whoever does it once the transaction stands, and not for one that was rolled back', async () => {
    migrated = await freshMigrated(kind)
    const { database } = migrated
    const seen: string[] = []
    const write = (name: string, fails: boolean) =>
      record({ database, newId }, SYSTEM, { action: 'job.ask' }, async (writer) => {
        database.afterCommit(writer, () => seen.push(name))
        await writer.selectFrom('platform.job').select('id').execute()
        expect(seen).not.toContain(name)
        if (fails) throw new Error('rolled back')
      })
    await write('first', false)
    await expect(write('second', true)).rejects.toThrow('rolled back')
    await write('third', false)
    expect(seen).toEqual(['first', 'third'])
  })

  it('has done what it did, whatever comes of the work after it', async () => {
    migrated = await freshMigrated(kind)
    const told: string[] = []
    const database = new Database(migrated.engine.pool, ({ message }) => told.push(message))
    const done = record({ database, newId }, SYSTEM, { action: 'job.ask' }, async (writer) => {
      database.afterCommit(writer, () => {
        throw new Error('nobody woke')
      })
      database.afterCommit(writer, () => told.push('the next one'))
      return 'done'
    })
    expect(await done).toBe('done')
    expect(told).toEqual(['nobody woke', 'the next one'])
  })

  it('does nothing for a transaction that was rolled back', async () => {
    let runs = 0
    const base = await startJobs(async () => ++runs)
    await expect(ask(base, true)).rejects.toThrow('rolled back')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(runs).toBe(0)
    const { rows } = await base.superuser.query(`select from platform.job`)
    expect(rows).toHaveLength(0)
  })

  it('tries again after an error', async () => {
    let runs = 0
    const base = await startJobs(async () => {
      if (++runs === 1) throw new Error('once')
      return null
    }, 2)
    const id = await ask(base)
    await expect
      .poll(() => jobRow(base, id), { timeout: 20_000 })
      .toMatchObject({ state: 'done', attempts: 2 })
  })

  it('stops at the next step where it was cancelled', async () => {
    const base = await startJobs(async ({ progress }) => {
      for (let done = 0; done < 1000; done++) {
        await progress(done, 1000)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return null
    })
    const id = await ask(base)
    await expect.poll(() => jobRow(base, id), { timeout: 10_000 }).toMatchObject({ state: 'running' })
    await base.superuser.query(`update platform.job set cancel_requested = true where id = $1`, [id])
    await expect.poll(() => jobRow(base, id), { timeout: 10_000 }).toMatchObject({ state: 'cancelled' })
  })

  it('does not try again what failed for good', async () => {
    let runs = 0
    const base = await startJobs(() => {
      runs++
      return Promise.reject(new JobFailed('for good'))
    }, 5)
    const id = await ask(base)
    await expect.poll(() => jobRow(base, id), { timeout: 10_000 }).toMatchObject({ state: 'failed' })
    await new Promise((resolve) => setTimeout(resolve, 3500))
    expect(runs).toBe(1)
    expect(await jobRow(base, id)).toMatchObject({ state: 'failed', failure: { message: 'for good' } })
  })
})
