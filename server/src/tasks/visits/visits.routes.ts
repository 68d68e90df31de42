import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { findSubject } from '../scope/exclusions.store.ts'
import { whyNotDeclare, whyNotWithdraw } from './visits.rules.ts'
import { NewVisit, Visit, VisitPage, VisitQuery, VisitRef, Withdrawal } from './visits.schema.ts'
import { listVisits, lockVisit, recordVisit, type VisitRow, withdrawVisit } from './visits.store.ts'

/** 检查频次台账: what caps and 同一年度已抽查 are counted from. */
export function visitRoutes({ book }: TasksParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/visits',
      action: 'visit.list',
      summary: '检查频次台账',
      schema: { query: VisitQuery },
      replies: { 200: VisitPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listVisits(reader, reach, { ...rest, limit, after: keyOf(after, ['id'])?.[0] })
        const page = pageOf(rows, limit, {
          key: ({ id }) => [id],
          show: (row) => represent(row, context),
        })
        const declare = access.reachOf('visit.declare') ? null : { code: 'not_allowed' }
        return { ...page, can: { declare } }
      },
    }),
    write({
      method: 'POST',
      path: '/visits',
      action: 'visit.declare',
      about: 'visit',
      summary: '登记一次检查：由任务以外或上级部门实施的',
      schema: { body: NewVisit },
      replies: { 201: Visit },
      async handler(context) {
        const { writer, access, body, id, now } = context
        const seen = seenIn(access, 'authority.show')
        for (const each of body.authorityIds) found(await holdAuthority(writer, seen, each), 'authority')
        const subject = found(
          await findSubject(writer, seenIn(access, 'subject.list'), body.subjectId),
          'subject',
        )
        // Who supervises a subject may also write down that another level came.
        const place = { authorityIds: [...body.authorityIds, ...subject.authorityIds] }
        demand(access.whyNot('visit.declare', place), 403)
        demand(whyNotDeclare(body, await book.read(writer), dayOf(now)))
        const { divisionCode } = subject
        const enteredBy = personOf(context as WriteContext).personId
        await recordVisit(writer, { ...body, id, divisionCode, enteredBy })
        const reach = seenIn(access, 'visit.list')
        return reply(
          201,
          represent(found(await lockVisit(writer, reach, { division: divisionCode, id }), 'visit'), context),
        )
      },
    }),
    write({
      method: 'POST',
      path: '/visits/{division}/{id}/withdrawal',
      action: 'visit.withdraw',
      about: 'visit',
      summary: '撤回登记；撤回的不再计数，仍然保留',
      schema: { params: VisitRef, body: Withdrawal },
      replies: { 200: Visit },
      async handler(context) {
        const { writer, access, params, body, now } = context
        const reach = seenIn(access, 'visit.list')
        const visit = found(await lockVisit(writer, reach, params), 'visit')
        demand(access.whyNot('visit.withdraw', placeOf(visit)), 403)
        demand(whyNotWithdraw(visit))
        await withdrawVisit(writer, visit, { at: now, reason: body.reason })
        return represent(found(await lockVisit(writer, reach, params), 'visit'), context)
      },
    }),
  ]
}

function placeOf({ authorityIds, divisionCode }: VisitRow) {
  return { authorityIds, divisionCode }
}

function represent(row: VisitRow, { access }: Pick<Context, 'access'>): Visit {
  const { withdrawnAt, authorities, authorityIds: _, ...plain } = row
  return {
    ...plain,
    level: row.level as Visit['level'],
    source: row.source as Visit['source'],
    authorities: [...authorities],
    counts: row.exemptionGround === null && withdrawnAt === null,
    isWithdrawn: withdrawnAt !== null,
    can: { withdraw: canOf(access.whyNot('visit.withdraw', placeOf(row)) ?? whyNotWithdraw(row)) },
  }
}
