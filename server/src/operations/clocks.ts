// Whether the clocks agree: that of this machine, of its database, of the witnesses (threats I11). Looked at in the
// background, so that no request waits for it.

import { type Clock, machineClock } from '../platform/clock.ts'
import type { Engine } from '../platform/database/engine.ts'
import type { WitnessStatus } from '../platform/log/index.ts'
import { every } from '../platform/every.ts'

/** What is compared. */
export interface ClockWatchParts {
  readonly engine: Engine
  /** The machine's, not that of a simulated database. */
  readonly machine: Clock
  readonly witnesses: () => WitnessStatus
  readonly onChange?: (skewed: boolean, seconds: number) => void
}

/** How far clocks may be apart (threats I11), in milliseconds. */
export const SKEW_MS = 60_000
const INTERVAL_MS = 5_000
const PATIENCE_MS = 2_000

/** The clocks as they were a moment ago. */
export class ClockWatch {
  readonly #parts: ClockWatchParts
  #databaseMs = 0
  #stop: (() => Promise<void>) | undefined

  constructor(parts: ClockWatchParts) {
    this.#parts = parts
  }

  /** Looks once, then every five seconds. */
  async start(): Promise<void> {
    await this.look()
    this.#stop = every(INTERVAL_MS, () => this.look())
  }

  async stop(): Promise<void> {
    await this.#stop?.()
  }

  /** How far the clock that differs most is from ours, in seconds without sign. */
  get seconds(): number {
    return Math.round(Math.max(Math.abs(this.#databaseMs), this.#witnessMs()) / 1000)
  }

  get skewed(): boolean {
    return Math.max(Math.abs(this.#databaseMs), this.#witnessMs()) > SKEW_MS
  }

  /** A database that does not answer keeps the last answer: it takes no writes either. */
  async look(): Promise<void> {
    const { engine, machine, onChange } = this.#parts
    const before = this.skewed
    this.#databaseMs = (await skewOf(engine, machine)) ?? this.#databaseMs
    if (this.skewed !== before) onChange?.(this.skewed, this.seconds)
  }

  /** What a quorum of witnesses agrees on: one whose own clock is wrong must not stop an office. */
  #witnessMs(): number {
    const { witnesses, quorum } = this.#parts.witnesses()
    const skews = witnesses.flatMap(({ skewSeconds }) =>
      skewSeconds === undefined ? [] : Math.abs(skewSeconds) * 1000,
    )
    return quorum === 0 ? 0 : (skews.toSorted((a, b) => b - a)[quorum - 1] ?? 0)
  }
}

/** How far the database's clock is ahead of ours, in milliseconds; nothing where it does not answer in two seconds. */
export async function skewOf(engine: Engine, machine: Clock = machineClock): Promise<number | undefined> {
  const asked = machine.now().getTime()
  const answered = await Promise.race([
    engine.pool
      .query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
      .catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined).unref()),
  ])
  const ms = answered?.rows[0]?.ms
  return ms === undefined ? undefined : ms - (asked + machine.now().getTime()) / 2
}
