import { parseCheckpoint, toHex } from '@sunlot/draw'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkReceipt, leafIdOfEvent, receiptInTime, receiptOf } from '../../src/platform/log/receipts.ts'
import { type LogPolicy, witnessesOf } from '../../src/platform/log/policy.ts'
import { latestCheckpoint, latestWitnessed } from '../../src/platform/log/checkpoints.ts'
import { LogRolledBack } from '../../src/platform/log/faults.ts'
import { TileFolder } from '../../src/platform/log/tile-folder.ts'
import { Witnessing, type WitnessingParts } from '../../src/platform/log/witnessing.ts'
import type { RunningWitness } from '../../src/witness/index.ts'
import { onEachEngine } from '../support/engines.ts'
import { type LogDatabase, openLog } from './database-kit.ts'
import { logSigner, ORIGIN, temporaryFolder } from './kit.ts'
import { KnownLog, LOG, submit, witnessOf } from './witness-kit.ts'

const NAMES = ['witness-1', 'witness-2', 'witness-3'] as const

onEachEngine((kind) => {
  describe('witnessing', () => {
    it('has a checkpoint cosigned by two of three, and each receipt proves it offline', async () => {
      const { log, witnesses, witnessing } = await county(2)
      await log.append(300)
      await log.sequencer().pass()
      expect(await witnessing().turn()).toMatchObject({ state: 'witnessed', awaitingSince: undefined })
      await witnesses[2]!.close()
      await log.append(10)
      const { size } = await log.sequencer().pass()
      const status = await witnessing().turn()
      expect(status).toMatchObject({ state: 'witnessed', witnessedSize: size })
      expect(status.witnesses.map(({ last }) => last)).toEqual(['cosigned', 'cosigned', 'unreachable'])
      const policy = policyOf(witnesses, 2)
      const receipt = (await receiptOf(log.reader, log.folder, '305', 2))!
      expect(checkReceipt(receipt, policy)).toMatchObject({ holds: true, size })
      const stored = (await latestWitnessed(log.reader, 2))!
      expect(witnessesOf(policy, stored.checkpoint).map(({ name }) => name)).toEqual([
        'witness-1',
        'witness-2',
      ])
    })

    it('marks acts as awaiting their witnesses after the patience, and recovers by itself', async () => {
      const { log, witnesses, witnessing } = await county(3)
      await log.append(1)
      await log.sequencer().pass()
      await witnesses[0]!.close()
      let now = 0
      const one = witnessing({ now: () => new Date(now) })
      expect(await one.turn()).toMatchObject({ state: 'witnessed', witnessedSize: 0 })
      now += 600_001
      expect(await one.turn()).toMatchObject({ state: 'awaiting', awaitingSince: new Date(0) })
      const two = witnessing({ now: () => new Date(now), quorum: 2 })
      expect(await two.turn()).toMatchObject({ state: 'witnessed' })
      expect(two.status.witnessedSize).toBeGreaterThan(0)
    })

    it('I13, I19: says that a witness remembers another tree, and the sequencer refuses to go on behind it', async () => {
      const { log, witnesses, witnessing } = await county(2)
      const ahead = new KnownLog(50, 5000)
      await submit(witnesses[0]!.url, await ahead.submission(0, 50))
      await log.append(10)
      await log.sequencer().pass()
      expect(await witnessing().turn()).toMatchObject({ state: 'contradicted' })
      const folder = new TileFolder(temporaryFolder())
      const again = log.sequencer({ folder, witnessedSize: witnessing().largestSeen })
      await expect(again.pass()).rejects.toThrow(LogRolledBack)
      await log.append(100)
      await log.sequencer().pass()
      // Large enough now, but rebuilt: 422.
      expect(await witnessing().turn()).toMatchObject({ state: 'contradicted' })
    })

    it('knows a new log from one that is behind', async () => {
      const { log, witnessing } = await county(2)
      expect(await witnessing().largestSeen()).toBe(0)
      await log.append(10)
      await log.sequencer({ witnessedSize: witnessing().largestSeen }).pass()
      await witnessing().turn()
      const { size } = (await latestCheckpoint(log.reader))!
      expect(await witnessing().largestSeen()).toBe(size)
      await log.sequencer({ witnessedSize: witnessing().largestSeen }).pass()
    })

    it('without witnesses says so', async () => {
      const { witnessing } = await county(0)
      expect(await witnessing({ witnesses: [], quorum: 0 }).turn()).toMatchObject({ state: 'none' })
      expect(() => witnessing({ quorum: 4 })).toThrow('a quorum of 4 of 3')
    })
  })

  describe('a receipt', () => {
    it('is refused with any part of it changed', async () => {
      const { log, witnesses, witnessing } = await county(2)
      await log.append(40)
      await log.sequencer().pass()
      await witnessing().turn()
      const policy = policyOf(witnesses, 2)
      const receipt = (await receiptOf(log.reader, log.folder, '7', 2))!
      const code = (change: object, by = policy): string => {
        const found = checkReceipt({ ...receipt, ...change }, by)
        return found.holds ? 'holds' : found.code
      }
      expect(code({})).toBe('holds')
      expect(code({ leaf: `${receipt.leaf} ` })).toBe('not_included')
      expect(code({ index: receipt.index + 1 })).toBe('not_included')
      expect(code({ path: receipt.path.slice(1) })).toBe('not_included')
      expect(code({ path: receipt.path.with(0, '0'.repeat(64)) })).toBe('not_included')
      expect(code({ path: [...receipt.path, 'AA'] })).toBe('receipt_malformed')
      expect(code({ index: -1 })).toBe('receipt_malformed')
      expect(code({ checkpoint: '' })).toBe('checkpoint_malformed')
      expect(code({ checkpoint: receipt.checkpoint.replace(/\n\d+\n/, '\n99\n') })).toBe('not_signed_by_log')
      const plain = `${receipt.checkpoint.split('\n').slice(0, 5).join('\n')}\n`
      expect(code({ checkpoint: plain })).toBe('not_witnessed')
      expect(code({}, { ...policy, log: { ...policy.log, name: 'log.wusheng.example' } })).toBe(
        'not_signed_by_log',
      )
      for (const value of [null, 7, 'x', [], {}])
        expect(checkReceipt(value, policy)).toMatchObject({ holds: false, code: 'receipt_malformed' })
    })

    it('is waited for until the quorum has cosigned, or given without it when the patience is over', async () => {
      const { log, witnesses, witnessing } = await county(2)
      const { rows } = await log.reader.query('select id::text as id from audit.event limit 1')
      const leaf = (await leafIdOfEvent(log.reader, String(rows[0]!['id'])))!
      expect(await leafIdOfEvent(log.reader, randomUUID())).toBeUndefined()
      const wait = (patienceMs: number) =>
        receiptInTime(log.reader, log.folder, leaf, { quorum: 2, patienceMs })
      expect(await wait(0)).toEqual({ receipt: undefined, witnessed: false })
      await log.sequencer().pass()
      expect(await wait(60)).toMatchObject({ receipt: { index: 0 }, witnessed: false })
      const [inTime] = await Promise.all([wait(10_000), witnessing().turn()])
      expect(inTime.witnessed).toBe(true)
      expect(checkReceipt(inTime.receipt, policyOf(witnesses, 2))).toMatchObject({ holds: true })
    })

    it('is not there before the leaf has its place', async () => {
      const { log } = await county(0)
      await log.append(1)
      expect(await receiptOf(log.reader, log.folder, '1', 0)).toBeUndefined()
      await log.sequencer().pass()
      expect(parseCheckpoint((await receiptOf(log.reader, log.folder, '1', 2))!.checkpoint)).toBeDefined()
    })
  })

  /** A log with three witnesses. */
  async function county(quorum: number): Promise<{
    readonly log: LogDatabase
    readonly witnesses: readonly RunningWitness[]
    readonly witnessing: (change?: Partial<WitnessingParts>) => Witnessing
  }> {
    const log = await openLog(kind)
    const witnesses = await Promise.all(NAMES.map((name) => witnessOf(temporaryFolder(), name)))
    const parts: WitnessingParts = {
      sql: log.sql,
      folder: log.folder,
      origin: ORIGIN,
      signer: logSigner,
      witnesses: witnesses.map(({ url, publicKey }, i) => ({
        url,
        name: NAMES[i]!,
        alg: 'ed25519',
        key: toHex(publicKey),
      })),
      quorum,
      now: () => new Date(),
    }
    return { log, witnesses, witnessing: (change = {}) => new Witnessing({ ...parts, ...change }) }
  }
})

function policyOf(witnesses: readonly RunningWitness[], quorum: number): LogPolicy {
  const keys = witnesses.map(({ publicKey }, i) => ({
    name: NAMES[i]!,
    alg: 'ed25519' as const,
    key: toHex(publicKey),
  }))
  return { log: LOG, witnesses: keys, quorum }
}
