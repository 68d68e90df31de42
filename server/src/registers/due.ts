// CAL-LISTS in 待办: what of 一单两库 the law wants by a day, until it is there. The clerk sees what his authority owes, the
// conference's office what is owed jointly.

import { citationText, type Law, type LawBook, resolve, workingDaysUntil } from '../law/index.ts'
import type { Person } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Contribution, Waiting } from '../platform/waiting.ts'
import { AUTHORITY_DUTIES, type Duty, dutyPeriods, OFFICE_DUTIES } from './due.rules.ts'
import { divisionName, inspectingAmong, isMet } from './due.store.ts'

/** What is due by the law, on the first page. */
export function dueContribution(book: LawBook): Contribution {
  return {
    waitingFor: async (reader, person, now) => {
      const law = await book.read(reader)
      return [
        ...(await owedByAuthorities(reader, person, { law, today: dayOf(now) })),
        ...(await owedByOffices(reader, person, { law, today: dayOf(now) })),
      ]
    },
  }
}

interface Looking {
  readonly law: Law
  readonly today: string
}

async function owedByAuthorities(reader: Reader, person: Person, looking: Looking): Promise<Waiting[]> {
  const ids = grantsOf(person, 'clerk').map(({ authorityId }) => authorityId)
  const authorities = ids.length === 0 ? [] : await inspectingAmong(reader, ids)
  const owed: Waiting[] = []
  for (const { id, name, divisionCode } of authorities) {
    const debtor = { authorityId: id, divisionCode, params: { authority: name } }
    for (const duty of AUTHORITY_DUTIES) owed.push(...(await openDuty(reader, duty, { ...looking, debtor })))
  }
  return owed
}

async function owedByOffices(reader: Reader, person: Person, looking: Looking): Promise<Waiting[]> {
  const owed: Waiting[] = []
  for (const { authorityId, divisionCode } of grantsOf(person, 'conferenceOffice')) {
    const params = { division: await divisionName(reader, divisionCode) }
    const debtor = { authorityId, divisionCode, params }
    for (const duty of OFFICE_DUTIES) owed.push(...(await openDuty(reader, duty, { ...looking, debtor })))
  }
  return owed
}

interface Debt extends Looking {
  readonly debtor: {
    readonly authorityId: string
    readonly divisionCode: string
    readonly params: Waiting['params']
  }
}

/** The first period of a duty that is not met; nothing where all are. */
async function openDuty(reader: Reader, duty: Duty, { law, today, debtor }: Debt): Promise<Waiting[]> {
  const { authorityId, divisionCode, params } = debtor
  for (const { on, since } of dutyPeriods(law, duty.law, { division: divisionCode, on: today })) {
    if (await isMet(reader, duty.what, { authorityId, divisionCode, today, since })) continue
    const rule = resolve(law, duty.law, { division: divisionCode, on })
    return [
      {
        code: `registers.due.${duty.what}`,
        params,
        link: duty.link,
        since: new Date(`${since ?? rule?.from ?? today}T00:00:00+08:00`).toISOString(),
        due: {
          on,
          law: duty.law,
          ...(rule ? { citation: citationText(rule.source) } : {}),
          ...countOf(workingDaysUntil(law, { division: divisionCode, on: today }, on)),
        },
      },
    ]
  }
  return []
}

function countOf(workingDays: number | undefined) {
  return workingDays === undefined ? {} : { workingDays }
}

/** The grants of a role, one for each place. */
function grantsOf({ grants }: Person, role: string): Person['grants'] {
  const ofRole = grants.filter((grant) => grant.role === role)
  const placeOf = (grant: Person['grants'][number]) => `${grant.authorityId} ${grant.divisionCode}`
  return ofRole.filter((grant, at) => ofRole.findIndex((other) => placeOf(other) === placeOf(grant)) === at)
}
