import { Type } from 'typebox'
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
import { named } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { findSubject } from '../scope/exclusions.store.ts'
import { findEvidence } from '../tasks/evidence.store.ts'
import { takesOut, whyNotConfirm, whyNotDeclare, whyNotWithdraw } from './visits.rules.ts'
import { NewVisit, Visit, VisitPage, VisitQuery, VisitRef, Withdrawal } from './visits.schema.ts'
import {
  confirmVisit,
  findVisit,
  listVisits,
  lockVisit,
  recordVisit,
  type VisitRow,
  withdrawVisit,
} from './visits.store.ts'

/** 检查频次台账: what caps and 同一年度已抽查 are counted from. */
export function visitRoutes({ book, files }: TasksParts): readonly Route[] {
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
        const { authorityId } = body
        found(await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId), 'authority')
        const subject = found(
          await findSubject(writer, seenIn(access, 'subject.list'), body.subjectId),
          'subject',
        )
        // In one's own name alone: another authority declares for itself.
        demand(access.whyNot('visit.declare', { authorityId }), 403)
        const declarerId = personOf(context as WriteContext).personId
        const evidence = await findEvidence(writer, body.evidenceId)
        const law = await book.read(writer)
        demand(whyNotDeclare(body, evidence, { law, today: dayOf(now), declarerId }))
        const { divisionCode } = subject
        const visit = { ...body, id, divisionCode, authorityIds: [authorityId], enteredBy: declarerId }
        await recordVisit(writer, visit)
        const reach = seenIn(access, 'visit.list')
        return reply(
          201,
          represent(found(await lockVisit(writer, reach, { division: divisionCode, id }), 'visit'), context),
        )
      },
    }),
    write({
      method: 'POST',
      path: '/visits/{division}/{id}/confirmation',
      action: 'visit.confirm',
      about: 'visit',
      summary: '确认登记的检查；确认后才计入，登记人不能自己确认',
      schema: { params: VisitRef },
      replies: { 200: Visit },
      async handler(context) {
        const { writer, access, params, now } = context
        const reach = seenIn(access, 'visit.list')
        const visit = found(await lockVisit(writer, reach, params), 'visit')
        demand(access.whyNot('visit.confirm', placeOf(visit)), 403)
        const by = personOf(context as WriteContext).personId
        demand(whyNotConfirm(visit, by))
        await confirmVisit(writer, visit, { at: now, by })
        return represent(found(await lockVisit(writer, reach, params), 'visit'), context)
      },
    }),
    read({
      method: 'GET',
      path: '/visits/{division}/{id}/evidence',
      action: 'visit.readEvidence',
      about: 'visit',
      summary: '下载登记检查的证据文件；每次查阅均留下记录',
      schema: { params: VisitRef },
      replies: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      recorded: true,
      async handler({ reader, access, params }) {
        const visit = found(await findVisit(reader, seenIn(access, 'visit.list'), params), 'visit')
        demand(access.whyNot('visit.readEvidence', placeOf(visit)), 403)
        const hash = found(visit.evidenceHash, 'visitEvidence')
        found((await files.has(hash)) ? true : undefined, 'visitEvidence')
        return reply(200, await files.read(hash), {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment; filename="evidence"',
        })
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

function represent(row: VisitRow, { access, actor }: Pick<Context, 'access' | 'actor'>): Visit {
  const { withdrawnAt, confirmedAt, declaredAt, authorities } = row
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string) => access.whyNot(`visit.${verb}`, placeOf(row))
  return {
    ...(row as unknown as Visit),
    authorities: [...authorities],
    counts: row.exemptionGround === null && takesOut(row),
    takesOut: takesOut(row),
    declaredBy: named(row.enteredById, row.enteredByName),
    declaredAt: declaredAt?.toISOString() ?? null,
    confirmedBy: named(row.confirmedById, row.confirmedByName),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    hasEvidence: row.evidenceHash !== null,
    isWithdrawn: withdrawnAt !== null,
    can: {
      confirm: canOf(why('confirm') ?? whyNotConfirm(row, viewer)),
      withdraw: canOf(why('withdraw') ?? whyNotWithdraw(row)),
      readEvidence: canOf(why('readEvidence')),
    },
  }
}
