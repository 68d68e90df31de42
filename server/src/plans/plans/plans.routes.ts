import { conferenceOf, findAuthority, holdAuthority, seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import type { PlansParts } from '../parts.ts'
import { decisionRoutes } from './decisions.routes.ts'
import { lockedPlan, openPlan, representPlans } from './plans.representation.ts'
import { whyNotPlan, whyNotPlanning } from './plans.rules.ts'
import { Invitation, NewPlan, Plan, PlanEdit, PlanPage, PlanQuery } from './plans.schema.ts'
import { draftPlan, insertPlan, inviteTo, listPlans, type PlanRow } from './plans.store.ts'
import { whyNotPlanStep } from './steps.rules.ts'

/** 年度抽查工作计划: listed, drafted, shown to whom it is to be agreed with. */
export function planRoutes(parts: PlansParts): readonly Route[] {
  const { book } = parts
  const show = openPlan(parts)
  return [
    read({
      method: 'GET',
      path: '/plans',
      action: 'plan.list',
      summary: '年度抽查工作计划：本部门的、受邀的，以及本行政区划内已公布的',
      schema: { query: PlanQuery },
      replies: { 200: PlanPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listPlans(reader, reach, {
          ...rest,
          limit,
          after: keyOf(after, ['integer', 'id']),
        })
        const key = ({ year, id }: PlanRow) => [String(year), id]
        const page = pageOf(rows, limit, { key, show: (row) => row })
        return {
          ...page,
          items: await representPlans(await book.read(reader), reader, context, page.items, {
            isChecked: false,
          }),
          can: { create: access.reachOf('plan.create') ? null : { code: 'not_allowed' } },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/plans/{id}',
      action: 'plan.show',
      summary: '一份年度抽查工作计划',
      schema: { params: ById },
      replies: { 200: Plan },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/plans',
      action: 'plan.create',
      about: 'plan',
      summary: '编制年度抽查工作计划（草稿）；汇总计划由联席会议办公室编制',
      schema: { body: NewPlan },
      replies: { 201: Plan },
      async handler(context) {
        const { writer, access, body, id } = context
        const { authorityId, half = null, ...rest } = body
        const seen = seenIn(access, 'authority.show')
        const authority = found(await holdAuthority(writer, seen, authorityId), 'authority')
        demand(access.whyNot('plan.create', { authorityId }), 403)
        const conference = await conferenceOf(writer, authority.divisionCode)
        demand(whyNotPlan({ ...body, half }) ?? whyNotPlanning(authority, body.kind, conference?.officeId))
        await insertPlan(writer, {
          ...rest,
          id,
          authorityId,
          half,
          divisionCode: authority.divisionCode,
          lawVersion: (await book.read(writer)).version,
          madeBy: personOf(context).personId,
        })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/plans/{id}',
      action: 'plan.edit',
      about: 'plan',
      summary: '修改计划草稿的名称',
      schema: { params: ById, body: PlanEdit },
      replies: { 200: Plan },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version } = context
        const plan = await lockedPlan(context, params.id, 'plan.edit')
        demandVersion(plan.version, version)
        demand(whyNotPlanStep(plan, 'edit'))
        await draftPlan(writer, params.id, personOf(context as WriteContext).personId, body)
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/invitations',
      action: 'plan.invite',
      about: 'plan',
      summary: '请其他部门在公布前看这份草稿',
      schema: { params: ById, body: Invitation },
      replies: { 200: Plan },
      async handler(context) {
        const { writer, access, params, body } = context
        const plan = await lockedPlan(context, params.id, 'plan.invite')
        demand(whyNotPlanStep(plan, 'edit'))
        const seen = seenIn(access, 'authority.show')
        for (const authorityId of body.authorityIds)
          demand(
            (await findAuthority(writer, seen, authorityId)) ? undefined : { code: 'plan.authority_unknown' },
          )
        await inviteTo(writer, params.id, body.authorityIds)
        return show(writer, context, params.id)
      },
    }),
    ...decisionRoutes(parts),
  ]
}
