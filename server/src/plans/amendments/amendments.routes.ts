import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { endLine, insertLines, updateLine, type WrittenLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lockedPlan, placeOfPlan } from '../plans/plans.representation.ts'
import { ApprovalNote, WithReason } from '../plans/plans.schema.ts'
import { findPlan, type PlanRow, stepPlan } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { representAmendments, showAmendment } from './amendments.representation.ts'
import { type Change, whyNotAmendmentStep, whyNotAnother, whyNotDecideAmendment } from './amendments.rules.ts'
import { Amendment, AmendmentEdit, AmendmentPage, NewAmendment } from './amendments.schema.ts'
import {
  type AmendmentRow,
  type AmendmentStep,
  changesOf,
  findAmendment,
  insertAmendment,
  insertChanges,
  listAmendments,
  stepAmendment,
} from './amendments.store.ts'
import { demandReason, draftedChanges, whyNotAmendable } from './drafting.ts'

// A plan that was amended more often has other troubles.
const MOST = 200

/** 计划调整: drafted with a reason, approved by a second person, and with that published and applied. */
export function amendmentRoutes(parts: PlansParts): readonly Route[] {
  return [...draftingRoutes(parts), ...decidingRoutes(parts)]
}

function draftingRoutes(parts: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/plans/{id}/amendments',
      action: 'amendment.list',
      summary: '一份计划的历次调整',
      schema: { params: ById },
      replies: { 200: AmendmentPage },
      async handler(context) {
        const { reader, reach, access, params } = context
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        const rows = await listAmendments(reader, reach, { planId: plan.id, limit: MOST })
        const why =
          access.whyNot('amendment.create', placeOfPlan(plan)) ??
          whyNotPlanStep(plan, 'amend') ??
          whyNotAnother(rows.some(({ state }) => state === 'draft' || state === 'proposed'))
        return { items: await representAmendments(parts, reader, context, rows), can: { create: canOf(why) } }
      },
    }),
    read({
      method: 'GET',
      path: '/amendments/{id}',
      action: 'amendment.show',
      summary: '一次计划调整：原来怎样，改为怎样',
      schema: { params: ById },
      replies: { 200: Amendment },
      handler: (context) => showAmendment(parts, context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/amendments',
      action: 'amendment.create',
      about: 'plan',
      summary: '拟定对已公布计划的调整',
      schema: { params: ById, body: NewAmendment },
      replies: { 201: Amendment },
      async handler(context) {
        const { writer, params, body, newId } = context
        const plan = await lockedPlan(context, params.id, 'amendment.create')
        demand(whyNotPlanStep(plan, 'amend'))
        await demandReason(context, parts, body.reasonCode)
        const changes = await draftedChanges(context as WriteContext, parts, plan, body.changes)
        const id = newId()
        const about = { id, planId: plan.id, divisionCode: plan.divisionCode }
        await insertAmendment(writer, { ...body, ...about, changes, madeBy: personOf(context).personId })
        return reply(201, await showAmendment(parts, writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/amendments/{id}',
      action: 'amendment.edit',
      about: 'amendment',
      summary: '修改计划调整的草稿',
      schema: { params: ById, body: AmendmentEdit },
      replies: { 200: Amendment },
      ifMatch: true,
      async handler(context) {
        const { writer, body, version } = context
        const { plan, amendment } = await locked(context as WriteContext, context.params.id, 'amendment.edit')
        demandVersion(amendment.version, version)
        demand(whyNotAmendmentStep(amendment, 'edit'))
        const { changes, reasonCode, reason } = body
        if (reasonCode !== undefined) await demandReason(context, parts, reasonCode)
        // A set of none would leave the one before standing.
        if (changes?.length === 0 && (await changesOf(writer, [amendment.id])).size > 0)
          demand({ code: 'amendment.empty' })
        if (changes !== undefined)
          await insertChanges(
            writer,
            amendment.id,
            await draftedChanges(context as WriteContext, parts, plan, changes),
          )
        const draftedBy = personOf(context).personId
        await stepAmendment(writer, amendment.id, { reasonCode, reason, draftedBy })
        return showAmendment(parts, writer, context, amendment.id)
      },
    }),
  ]
}

function decidingRoutes(parts: PlansParts): readonly Route[] {
  const act = { method: 'POST', about: 'amendment', replies: { 200: Amendment } } as const
  const stepped = async (context: WriteContext, id: string, step: AmendmentStep) => {
    await stepAmendment(context.writer, id, step)
    return showAmendment(parts, context.writer, context, id)
  }
  return [
    write({
      ...act,
      path: '/amendments/{id}/proposal',
      action: 'amendment.propose',
      summary: '提交审核',
      schema: { params: ById },
      async handler(context) {
        const { writer, params, now } = context
        const { plan, amendment } = await locked(context as WriteContext, params.id, 'amendment.propose')
        demand(whyNotAmendmentStep(amendment, 'propose'))
        const changes = (await changesOf(writer, [params.id])).get(params.id) ?? []
        demand(await whyNotAmendable(writer, now, parts, plan, changes))
        const proposal = { proposedBy: personOf(context).personId, proposedAt: now }
        return stepped(context as WriteContext, params.id, { state: 'proposed', ...proposal })
      },
    }),
    write({
      ...act,
      path: '/amendments/{id}/withdrawal',
      action: 'amendment.withdraw',
      summary: '撤回',
      schema: { params: ById },
      async handler(context) {
        const { amendment } = await locked(context as WriteContext, context.params.id, 'amendment.withdraw')
        demand(whyNotAmendmentStep(amendment, 'withdraw'))
        return stepped(context as WriteContext, amendment.id, { state: 'withdrawn' })
      },
    }),
    write({
      ...act,
      path: '/amendments/{id}/rejection',
      action: 'amendment.reject',
      summary: '不通过；提交人不能审核自己提交的',
      schema: { params: ById, body: WithReason },
      async handler(context) {
        const { params, body, now } = context
        const { amendment } = await locked(context as WriteContext, params.id, 'amendment.reject')
        const decidedBy = personOf(context).personId
        demand(whyNotDecideAmendment(amendment, 'reject', decidedBy))
        const decision = { decidedBy, decidedAt: now, decisionNote: body.reason }
        return stepped(context as WriteContext, amendment.id, { state: 'rejected', ...decision })
      },
    }),
    write({
      ...act,
      path: '/amendments/{id}/approval',
      action: 'amendment.approve',
      summary: '通过、公布并生效，一次办成',
      schema: { params: ById, body: ApprovalNote },
      async handler(context) {
        const { writer, params, body, now } = context
        const { plan, amendment } = await locked(context as WriteContext, params.id, 'amendment.approve')
        const decidedBy = personOf(context).personId
        demand(whyNotDecideAmendment(amendment, 'approve', decidedBy))
        const changes = (await changesOf(writer, [params.id])).get(params.id) ?? []
        demand(await whyNotAmendable(writer, now, parts, plan, changes))
        await apply(context as WriteContext, plan, changes)
        const decision = { decidedBy, decidedAt: now, decisionNote: body.note ?? null }
        const publication = { state: 'published', publishedOn: dayOf(now) } as const
        return stepped(context as WriteContext, amendment.id, { ...publication, ...decision })
      },
    }),
  ]
}

/** The plan first, then what hangs on it. A plan that has since been closed is amended no more. */
async function locked(
  context: WriteContext,
  id: string,
  action: string,
): Promise<{ readonly plan: PlanRow; readonly amendment: AmendmentRow }> {
  const seen = seenIn(context.access, 'amendment.show')
  const { planId } = found(await findAmendment(context.writer, seen, id), 'amendment')
  const plan = await lockedPlan(context, planId, action)
  const amendment = found(await findAmendment(context.writer, seen, id), 'amendment')
  return { plan, amendment }
}

async function apply({ writer }: WriteContext, plan: PlanRow, changes: readonly Change[]): Promise<void> {
  for (const { op, lineId, after } of changes) {
    if (op === 'end') await endLine(writer, lineId)
    if (op === 'change') await updateLine(writer, lineId, after ?? {})
    if (op === 'add') await insertLines(writer, plan, [{ ...after, id: lineId } as WrittenLine])
  }
  await stepPlan(writer, plan.id)
}
