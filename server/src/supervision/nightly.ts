// Asks for a verification once in every legal day, by the server's own clock, whichever server of several is first.

import { SYSTEM } from '../platform/actor.ts'
import { type Clock, dayOf } from '../platform/clock.ts'
import { every } from '../platform/every.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import { recordOnce, type Recording } from '../platform/record.ts'
import { VERIFICATION } from './verification.ts'
import { isVerificationDue } from './verification.rules.ts'
import { idOfNight, isJobThere, lockNights } from './verification.store.ts'

/** What it is made of. */
export interface NightlyParts {
  readonly recording: Recording
  readonly jobs: Jobs
  readonly clock: Clock
  /** A database that is away: the next minute asks again. */
  readonly onError: (error: unknown) => void
}

const INTERVAL_MS = 60_000

/** The watch that does not sleep. */
export class NightlyVerification {
  readonly #parts: NightlyParts
  #stop: (() => Promise<void>) | undefined

  constructor(parts: NightlyParts) {
    this.#parts = parts
  }

  /** Looks every minute; the first time after a minute, so that a start is not slowed down. */
  start(): void {
    this.#stop = every(INTERVAL_MS, () => this.look().catch(this.#parts.onError))
  }

  async stop(): Promise<void> {
    await this.#stop?.()
  }

  /** Asks for the verification of today where it is due and nobody has. */
  async look(): Promise<void> {
    const { recording, jobs, clock } = this.#parts
    const now = clock.now()
    const day = dayOf(now)
    const id = idOfNight(day)
    if (!isVerificationDue(now) || (await recording.database.read((reader) => isJobThere(reader, id)))) return
    await recordOnce(
      recording,
      SYSTEM,
      { action: VERIFICATION, about: { type: 'job', id } },
      {
        earlier: async (writer) => {
          await lockNights(writer)
          return (await isJobThere(writer, id)) || undefined
        },
        work: async (writer) => {
          await jobs.ask(writer, { id, kind: VERIFICATION, input: { night: day } })
          return true
        },
      },
    )
  }
}
