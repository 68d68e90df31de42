import { findAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { found, NotFound } from '../../platform/refusal.ts'
import { covers } from '../../platform/reach.ts'
import type { PlansParts } from '../parts.ts'
import { dutiesIn, shownDuty } from './duties.ts'
import { Duties, DutyQuery } from './filings.schema.ts'

/** What an authority owes in a year, by which document, and when it did it. */
export function dutyRoutes({ book }: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/filing-duties',
      action: 'filing.duties',
      summary: '一个部门一年中要公布、汇总、报送、备案的，及其期限和办理情况',
      schema: { query: DutyQuery },
      replies: { 200: Duties },
      async handler({ reader, reach, access, query, now }) {
        if (!covers(reach, { authorityId: query.authority })) throw new NotFound('authority')
        const seen = seenIn(access, 'authority.show')
        const authority = found(await findAuthority(reader, seen, query.authority), 'authority')
        const today = dayOf(now)
        const year = query.year ?? Number(today.slice(0, 4))
        const law = await book.read(reader)
        const duties = await dutiesIn(reader, law, authority, year)
        return { year, items: duties.map((duty) => shownDuty(law, authority.divisionCode, duty, today)) }
      },
    }),
  ]
}
