import { parseCheckpoint } from '@sunlot/draw'
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LogHalted, LogRolledBack } from '../../src/platform/log/faults.ts'
import { noteIsSignedBy } from '../../src/platform/log/signer.ts'
import type { SqlRunner } from '../../src/platform/log/sql.ts'
import { TileFolder } from '../../src/platform/log/tile-folder.ts'
import { SequencerLoop } from '../../src/platform/log/sequencer-loop.ts'
import { onEachEngine } from '../support/engines.ts'
import { APPEND, expectWhole, openLog } from './database-kit.ts'
import { logSigner, SOAK, temporaryFolder } from './kit.ts'

onEachEngine((kind) => {
  describe('the sequencer', () => {
    it('gives every leaf one place, without a gap, under a checkpoint that the log signed', async () => {
      const log = await openLog(kind)
      const sequencer = log.sequencer({ batch: 100 })
      for (const count of [1, 254, 1, 1, 300]) {
        await log.append(count)
        while ((await sequencer.pass()).more);
        await expectWhole(log)
      }
      const note = parseCheckpoint((await log.folder.checkpoint()) ?? '')!
      expect(noteIsSignedBy(note, { alg: 'ed25519', key: logSigner.publicKey })).toBe(true)
    })

    it('signs nothing new where nothing new is', async () => {
      const log = await openLog(kind)
      await log.append(3)
      const sequencer = log.sequencer()
      await sequencer.pass()
      const note = await log.folder.checkpoint()
      expect(await sequencer.pass()).toMatchObject({ sequenced: 0, waiting: 0, busy: false })
      expect(await log.folder.checkpoint()).toBe(note)
    })

    it('is whole again after a crash before or after any statement', async () => {
      const log = await openLog(kind)
      await log.append(3)
      await log.sequencer().pass()
      let survived = 0
      for (let at = 1; survived < 2; at++) {
        await log.append(at % 7)
        const crashed = await log
          .sequencer({ sql: crashing(log.sql, at) })
          .pass()
          .then(
            () => false,
            () => true,
          )
        survived = crashed ? 0 : survived + 1
        await log.sequencer().pass()
        await expectWhole(log)
        expect(at).toBeLessThan(100)
      }
    }, 120_000)

    it('is whole again after a crash around the tiles and the published checkpoint', async () => {
      const log = await openLog(kind)
      for (const point of ['before tiles', 'after tiles', 'some tiles', 'before publishing'] as const) {
        await log.append(300)
        const folder = new CrashingFolder(log.folder.folder, point)
        await expect(log.sequencer({ folder }).pass()).rejects.toThrow('crash')
        await log.append(5)
        await log.sequencer().pass()
        await expectWhole(log)
      }
    })

    it('makes the tiles anew from the database where the disk lost them', async () => {
      const log = await openLog(kind)
      await log.append(600)
      await log.sequencer().pass()
      rmSync(log.folder.folder, { recursive: true })
      await log.append(1)
      await log.sequencer({ batch: 50 }).pass()
      while ((await log.sequencer({ batch: 50 }).pass()).more);
      await expectWhole(log)
    })

    it('does not sequence a leaf that somebody altered, and says which', async () => {
      const log = await openLog(kind)
      await log.append(2)
      await log.attack(`update log.leaf set body = '{"n":7}' where id = (select max(id) from log.leaf)`)
      await expect(log.sequencer().pass()).rejects.toThrow('leaf_altered')
    })

    it('I11: signs nothing while the clock stands before the last checkpoint', async () => {
      const log = await openLog(kind)
      await log.attack(`insert into platform.simulated_clock (ahead) values ('1 day')`)
      await log.append(1)
      await log.sequencer().pass()
      await log.attack('delete from platform.simulated_clock')
      await log.append(1)
      await expect(log.sequencer().pass()).rejects.toThrow(LogHalted)
    })

    it('I19: refuses to go on from an older backup, by what was published', async () => {
      const log = await openLog(kind)
      const { size } = await log.append(20).then(() => log.sequencer().pass())
      await log.append(20)
      await log.sequencer().pass()
      await log.attack(...restoreTo(size))
      await log.append(30)
      const sequencer = log.sequencer()
      for (const _ of [1, 2]) await expect(sequencer.pass()).rejects.toThrow(LogRolledBack)
      await expect(log.sequencer().pass()).rejects.toThrow('checkpoint_lost')
    })

    it('I19: refuses to go on from an older backup of database and tiles, by what a witness saw', async () => {
      const log = await openLog(kind)
      const { size } = await log.append(20).then(() => log.sequencer().pass())
      await log.append(20)
      const newer = await log.sequencer().pass()
      await log.attack(...restoreTo(size))
      const folder = new TileFolder(temporaryFolder())
      const witnessedSize = () => Promise.resolve(newer.size)
      await expect(log.sequencer({ folder, witnessedSize }).pass()).rejects.toThrow('witness_ahead')
    })

    it('refuses a database whose leaves are not those of the signed tree', async () => {
      const log = await openLog(kind)
      await log.append(20)
      await log.sequencer().pass()
      await log.attack(
        `update log.leaf set body = '{}', hash = sha256('\\x00'::bytea || convert_to('{}', 'UTF8')) where id = 5`,
      )
      const folder = new TileFolder(temporaryFolder())
      await expect(log.sequencer({ folder }).pass()).rejects.toThrow('root_differs')
    })

    it('runs in a loop that says how it stands and stops for good where the log was rolled back', async () => {
      const log = await openLog(kind)
      const loop = new SequencerLoop(log.sequencer(), { now: () => new Date(), intervalMs: 10 })
      await loop.start()
      await log.append(10)
      await expect.poll(() => loop.status).toMatchObject({ state: 'running', waiting: 0 })
      await expect.poll(() => loop.status.size).toBeGreaterThanOrEqual(10)
      await loop.stop()
      await expectWhole(log)
      await log.attack(...restoreTo(3))
      const again = new SequencerLoop(log.sequencer(), { now: () => new Date(), intervalMs: 10 })
      // Known when it has started: nothing may have been written by then.
      await again.start()
      expect(again.status).toMatchObject({ state: 'readOnly', fault: { code: 'checkpoint_lost' } })
      await again.stop()
    })
  })

  // The embedded engine has one connection: nothing can commit late there.
  if (kind === 'postgres')
    describe('with many writers', () => {
      it('waits for a leaf that has its id but commits late, and never skips it', async () => {
        const log = await openLog(kind)
        const sequencer = log.sequencer()
        await sequencer.pass()
        const late = await log.migrated.superuser.connect()
        await late.query('begin')
        await late.query(`${APPEND} from (values ('{"late":true}')) late (body)`)
        await log.append(3)
        expect(await sequencer.pass()).toMatchObject({ sequenced: 0, waiting: 3 })
        await late.query('commit')
        late.release()
        expect(await sequencer.pass()).toMatchObject({ sequenced: 4, waiting: 0 })
        await expectWhole(log)
      })

      it('does not leave a late leaf below the floor under which it no longer looks', async () => {
        const log = await openLog(kind)
        const sequencer = log.sequencer({ statementMs: 0 })
        const passes = async (): Promise<void> => {
          for (let n = 0; n < 6; n++) {
            await log.append(1)
            await sequencer.pass()
          }
        }
        await passes()
        const late = await log.migrated.superuser.connect()
        try {
          await late.query('begin')
          await late.query(`${APPEND} from (values ('{"late":true}')) late (body)`)
          await passes()
          await late.query('commit')
        } finally {
          late.release()
        }
        await passes()
        await expectWhole(log)
      })

      it('leaves nobody out while eight writers commit in any order and some roll back', async () => {
        const log = await openLog(kind)
        const sequencer = log.sequencer({ batch: 64, statementMs: 20 })
        const rounds = SOAK ? 400 : 40
        let writing = true
        const writer = async (): Promise<void> => {
          for (let round = 0; round < rounds; round++) {
            const client = await log.migrated.superuser.connect()
            try {
              await client.query('begin')
              await client.query(`${APPEND} from unnest($1::text[]) body`, [
                ['{}', '{}', '{}'].slice(round % 3),
              ])
              await new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
              await client.query(round % 5 === 0 ? 'rollback' : 'commit')
            } finally {
              client.release()
            }
          }
        }
        const writers = Promise.all(Array.from({ length: 8 }, writer)).finally(() => (writing = false))
        while (writing) await sequencer.pass()
        await writers
        while ((await sequencer.pass()).waiting > 0);
        expect(await expectWhole(log)).toBeGreaterThan(rounds * 8)
      })

      it('is alone: of two at the same time one works and the other stands by', async () => {
        const log = await openLog(kind)
        const two = [log.sequencer({ batch: 7 }), log.sequencer({ batch: 7 })]
        for (let round = 0; round < 20; round++) {
          await log.append(5)
          await Promise.all(two.map((sequencer) => sequencer.pass()))
        }
        while ((await two[0]!.pass()).more);
        await two[1]!.pass()
        await expectWhole(log)
      })
    })
})

/** As an older backup has it: everything above a tree size is gone. */
function restoreTo(size: number): string[] {
  return [
    `delete from log.checkpoint where size > ${size}`,
    `delete from log.leaf where id in (select leaf_id from log.sequence where leaf_index >= ${size})`,
    `delete from log.sequence where leaf_index >= ${size}`,
  ]
}

/** A runner whose connection breaks at the k-th event: a statement, or a commit that nobody hears the answer of. */
function crashing(sql: SqlRunner, at: number): SqlRunner {
  let events = 0
  const crash = (): void => {
    if (++events === at) throw new Error('crash')
  }
  const wrapped = (inner: SqlRunner): SqlRunner => ({
    query: async (text, params) => {
      crash()
      return inner.query(text, params)
    },
    transaction: async (role, work) => {
      const result = await inner.transaction(role, (tx) => work(wrapped(tx)))
      crash()
      return result
    },
  })
  return wrapped(sql)
}

class CrashingFolder extends TileFolder {
  readonly #point: string

  constructor(folder: string, point: string) {
    super(folder)
    this.#point = point
  }

  override async grow(...args: Parameters<TileFolder['grow']>): Promise<void> {
    if (this.#point === 'before tiles') throw new Error('crash')
    if (this.#point === 'some tiles') await super.grow(args[0], args[1].slice(0, 100))
    if (this.#point === 'some tiles') throw new Error('crash')
    await super.grow(...args)
    if (this.#point === 'after tiles') throw new Error('crash')
  }

  override async publish(note: string): Promise<void> {
    if (this.#point === 'before publishing') throw new Error('crash')
    await super.publish(note)
  }
}
