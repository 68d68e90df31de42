// CAL-PLAN … CAL-PROGRESS in 待办: what of plans the law wants by a day of this year, until it is done.

import { findAuthority } from '../../agencies/index.ts'
import type { LawBook } from '../../law/index.ts'
import type { Person } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Contribution, ReachOf, Waiting } from '../../platform/waiting.ts'
import { type Duty, openSince } from './due.rules.ts'
import { dutiesIn, shownDuty } from './duties.ts'

/** The duties of the authorities for which somebody keeps plans, on the first page. */
export function planDueContribution(reachOf: ReachOf, book: LawBook): Contribution {
  return {
    waitingFor: async (reader, person, now) => {
      const ids = new Set(
        person.grants
          .filter(({ role }) => role === 'clerk' || role === 'conferenceOffice')
          .map(({ authorityId }) => authorityId),
      )
      const owed: Waiting[] = []
      for (const id of ids) owed.push(...(await owedBy(reader, person, { id, now, reachOf, book })))
      return owed
    },
  }
}

interface Asked {
  readonly id: string
  readonly now: Date
  readonly reachOf: ReachOf
  readonly book: LawBook
}

async function owedBy(reader: Reader, person: Person, { id, now, reachOf, book }: Asked): Promise<Waiting[]> {
  const seen = reachOf('authority.show', person)
  const authority = seen && (await findAuthority(reader, seen, id))
  if (!authority || authority.closedOn !== null) return []
  const law = await book.read(reader)
  const today = dayOf(now)
  const division = authority.divisionCode
  const duties = await dutiesIn(reader, law, authority, Number(today.slice(0, 4)))
  return duties
    .filter((duty) => duty.doneOn === null && openSince(law, duty, division) <= today)
    .map((duty) => waiting(duty, authority.name, division, shownDuty(law, division, duty, today)))
}

function waiting(
  duty: Duty,
  authority: string,
  division: string,
  { citation, workingDays }: Pick<ReturnType<typeof shownDuty>, 'citation' | 'workingDays'>,
): Waiting {
  return {
    code: `plans.due.${duty.kind}`,
    params: { authority, year: duty.dueOn.slice(0, 4), division },
    link:
      duty.kind === 'progress' ? '/plans/filings' : duty.planId === null ? '/plans' : `/plans/${duty.planId}`,
    since: new Date(`${duty.dueOn.slice(0, 4)}-01-01T00:00:00+08:00`).toISOString(),
    due: {
      on: duty.dueOn,
      law: duty.law,
      ...(citation === null ? {} : { citation }),
      ...(workingDays === null ? {} : { workingDays }),
    },
  }
}
