// Running clocks: start and length, so that a day that is not certain yet can be computed again.

import type { Reader, Writer } from '../platform/database/database.ts'
import { countingOf, deadlineOf } from './clock.ts'
import type { Day } from './days.ts'
import type { Law } from './shapes.ts'
import { addWorkingDays } from './working-days.ts'

/** A clock to start: of what, by which parameter, where, from when. */
export interface NewDeadline {
  readonly id: string
  /** `type/id` of the record that the clock is of. */
  readonly about: string
  readonly key: string
  readonly division: string
  readonly start: Day
}

/** Starts a clock by the law as it stands. Gives the day, or nothing while it is provisional or no law sets one. */
export async function startDeadline(writer: Writer, law: Law, clock: NewDeadline): Promise<Day | undefined> {
  const deadline = deadlineOf(law, clock.key, { division: clock.division, on: clock.start }, clock.start)
  if (!deadline) return undefined
  const due = deadline.kind === 'certain' ? deadline.date : undefined
  await writer
    .insertInto('law.deadline')
    .values({
      id: clock.id,
      about: clock.about,
      parameter: clock.key,
      division_code: clock.division,
      starts_on: clock.start,
      length: deadline.length,
      due_on: due ?? null,
      provisional: due === undefined,
      law_version: law.version,
    })
    .execute()
  return due
}

/**
 * Computes the running clocks again that the calendar of a year can move: those that await it, and those that end in it or
 * in the year before, which its notice may reach into. By their own start and length. Gives how many days changed.
 */
export async function settleDeadlines(writer: Writer, law: Law, year: number): Promise<number> {
  let settled = 0
  for (const row of await deadlinesTouchedBy(writer, year)) {
    // By the length that it was started with: a later change of the law does not move a clock that runs.
    const counting = countingOf(law, { division: row.division_code, on: row.starts_on })
    const deadline = addWorkingDays(law.calendars, row.starts_on, row.length, counting)
    const due = deadline.kind === 'certain' ? deadline.date : null
    if (due === row.due_on) continue
    settled++
    await writer
      .updateTable('law.deadline')
      .set((eb) => ({ due_on: due, provisional: due === null, version: eb('version', '+', 1) }))
      .where('id', '=', row.id)
      .execute()
  }
  return settled
}

function deadlinesTouchedBy(reader: Reader, year: number) {
  return reader
    .selectFrom('law.deadline')
    .select(['id', 'division_code', 'starts_on', 'length', 'due_on'])
    .where('met_at', 'is', null)
    .where((eb) => eb.or([eb('provisional', '=', true), eb('due_on', '>=', `${year - 1}-01-01`)]))
    .orderBy('id')
    .execute()
}
