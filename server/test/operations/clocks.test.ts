// I11: a server whose clock disagrees with its database, or with a quorum of witnesses, records nothing and shows all.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AdvancedClock, machineClock } from '../../src/platform/clock.ts'
import { ClockWatch } from '../../src/operations/clocks.ts'
import type { WitnessStatus } from '../../src/platform/log/index.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'
import { attempt, serving } from './serving.ts'

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]

/** Witnesses whose clocks are so many seconds ahead of ours. */
const witnessing =
  (...skews: readonly number[]) =>
  (): WitnessStatus => ({
    state: 'witnessed',
    witnessedSize: 1,
    quorum: skews.length === 0 ? 0 : Math.floor(skews.length / 2) + 1,
    awaitingSince: undefined,
    witnesses: skews.map((skewSeconds, i) => ({
      name: `witness-${i}`,
      size: 1,
      at: undefined,
      skewSeconds,
      last: 'cosigned',
    })),
  })

onEachEngine((kind) => {
  describe('clocks', () => {
    let migrated: Migrated
    beforeAll(async () => {
      migrated = await freshMigrated(kind)
    }, 120_000)
    afterAll(() => migrated.close())

    const watched = async (aheadMs: number, witnesses: () => WitnessStatus): Promise<boolean> => {
      const machine = new AdvancedClock(machineClock)
      machine.setAhead(aheadMs)
      const watch = new ClockWatch({ engine: migrated.engine, machine, witnesses })
      await watch.look()
      return watch.skewed
    }

    it.each([0, 50_000, -50_000])('I11: agree where ours is off by %i ms', async (ms) => {
      expect(await watched(ms, witnessing())).toBe(false)
    })

    it.each([70_000, -70_000, HOUR, -HOUR, DAY, -DAY, 366 * DAY])(
      'I11: differ where ours is off the database by %i ms',
      async (ms) => expect(await watched(ms, witnessing())).toBe(true),
    )

    it.each([
      [[3600], true],
      [[-90, 0, 0], false],
      [[-90, 120, 0], true],
      [[59, -59, 10], false],
    ])('I11: by witnesses that are %j seconds off differ: %s', async (skews, differs) => {
      expect(await watched(0, witnessing(...skews))).toBe(differs)
    })
  })
})

describe('a server whose clock is set', () => {
  let place: Installation
  beforeAll(async () => {
    place = await install('pglite')
  }, 240_000)
  afterAll(() => place.remove())

  it('I11: refuses what would be written, goes on showing, and recovers by itself', async () => {
    let tried = 0
    const machine = new AdvancedClock(machineClock)
    const { address, stop } = await serving(place.settings, machine)
    expect(await attempt(address, place.token, '青石县甲局')).toBe('201')
    for (const ms of [2 * MINUTE, -2 * MINUTE]) {
      machine.setAhead(ms)
      await expect
        .poll(() => attempt(address, place.token, `青石县第${++tried}局`), { timeout: 10_000 })
        .toBe('503 clock_skew')
      expect((await fetch(`${address}api/v1/system`)).status).toBe(200)
      expect((await fetch(`${address}readyz`)).status).toBe(503)
    }
    machine.setAhead(0)
    await expect
      .poll(() => attempt(address, place.token, `青石县第${++tried}局`), { timeout: 10_000 })
      .toBe('201')
    await stop()
  }, 60_000)
})
