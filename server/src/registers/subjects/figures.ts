// The figures of the register: counted in the background, each night and when somebody asks, and shown with their time.

import { SYSTEM } from '../../platform/actor.ts'
import { type Clock, dayOf } from '../../platform/clock.ts'
import { every } from '../../platform/every.ts'
import type { JobKind } from '../../platform/jobs/jobs.ts'
import { record, type Recording } from '../../platform/record.ts'
import { countedAt, countSubjects } from './figures.store.ts'

/** The kind of job, and the action that asks for it. */
export const COUNTING = 'subjectFigure.count'

/** What counting works on. */
export interface CountingParts {
  readonly recording: Recording
}

/** The job. Its result is when the figures are of. */
export function countingKind({ recording }: CountingParts): JobKind {
  return {
    name: COUNTING,
    retries: 1,
    async run({ progress }) {
      await progress(0, 1, 'count')
      const at = await count(recording)
      await progress(1, 1)
      return { asOf: at?.toISOString() ?? null }
    },
  }
}

const INTERVAL_MS = 3_600_000

/** Counts once in every legal day; gives what stops it. An hour after a start at the earliest, so that no start is slowed down. */
export function countNightly(parts: {
  readonly recording: Recording
  readonly clock: Clock
  /** A database that is away: the next hour asks again. */
  readonly onError: (error: unknown) => void
}): () => Promise<void> {
  return every(INTERVAL_MS, () => countIfDue(parts).catch(parts.onError))
}

async function countIfDue({
  recording,
  clock,
}: {
  readonly recording: Recording
  readonly clock: Clock
}): Promise<void> {
  const last = await recording.database.read(countedAt)
  if (last === undefined || dayOf(last) < dayOf(clock.now())) await count(recording)
}

function count(recording: Recording): Promise<Date | undefined> {
  return record(recording, SYSTEM, { action: COUNTING }, async (writer) => {
    await countSubjects(writer)
    return countedAt(writer)
  })
}
