// What an authority owes in a year, with its days: for the page of filings, for the head of a plan, and for 待办.

import { conferenceOf } from '../../agencies/index.ts'
import { type Law, workingDaysUntil } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { placeIn } from '../../registers/index.ts'
import { type Duty, dutiesOf } from './due.rules.ts'
import { citationOf } from './filings.representation.ts'
import { ownOf } from './filings.store.ts'

/** An authority whose duties are asked. */
export interface Debtor {
  readonly id: string
  readonly divisionCode: string
  readonly inspects: boolean
}

/** What an authority owes in a year, by its days, with what was done. */
export async function dutiesIn(
  reader: Reader,
  law: Law,
  { id, divisionCode, inspects }: Debtor,
  year: number,
): Promise<readonly Duty[]> {
  const conference = await conferenceOf(reader, divisionCode)
  const own = await ownOf(reader, id, year)
  return dutiesOf(law, {
    division: divisionCode,
    isOffice: conference?.officeId === id,
    inspects,
    year,
    ...own,
  })
}

/** A duty with its basis and how many working days are left or have passed, on a day. */
export function shownDuty(law: Law, division: string, duty: Duty, today: string) {
  const on = duty.doneOn ?? today
  return {
    ...duty,
    citation: citationOf(law, duty.law, division, duty.dueOn),
    isLate: on > duty.dueOn,
    workingDays: workingDaysUntil(law, placeIn(law, division, on), duty.dueOn) ?? null,
  }
}
