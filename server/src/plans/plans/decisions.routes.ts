import { dayOf } from '../../platform/clock.ts'
import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { linesOf } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lawPlaceOf, lockedPlan, openPlan } from './plans.representation.ts'
import {
  libraryDue,
  whyNotClose,
  whyNotDecide,
  whyNotDiscard,
  whyNotProposed,
  whyNotPublish,
} from './plans.rules.ts'
import { ApprovalNote, Plan, Proposal, Publication, WithReason } from './plans.schema.ts'
import { isFiled, type PlanStep, stepPlan } from './plans.store.ts'
import { demandSound } from './sound.ts'
import { whyNotPlanStep } from './steps.rules.ts'

/** What moves a plan on: review by a second person, publication, and its end. */
export function decisionRoutes(parts: PlansParts): readonly Route[] {
  const { book } = parts
  const show = openPlan(parts)
  const act = { method: 'POST', about: 'plan', replies: { 200: Plan } } as const
  const stepped = async (context: WriteContext, id: string, step: PlanStep) => {
    await stepPlan(context.writer, id, step)
    return show(context.writer, context, id)
  }
  return [
    write({
      ...act,
      path: '/plans/{id}/proposal',
      action: 'plan.propose',
      summary: '提交审核；核查出的错误须先改正，提示须逐项说明',
      schema: { params: ById, body: Proposal },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, now, version } = context
        const plan = await lockedPlan(context, params.id, 'plan.propose')
        demandVersion(plan.version, version)
        demand(whyNotProposed(plan, plan.lines))
        const law = await book.read(writer)
        const acknowledged = body.acknowledged ?? []
        await demandSound(writer, law, plan, { now, acknowledged })
        const proposedBy = personOf(context).personId
        const undecided = { decidedBy: null, decidedAt: null, decisionNote: null }
        const proposal = { proposedBy, proposedAt: now, acknowledged, lawVersion: law.version }
        return stepped(context as WriteContext, params.id, { state: 'inReview', ...proposal, ...undecided })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/withdrawal',
      action: 'plan.withdraw',
      summary: '撤回审核',
      schema: { params: ById },
      async handler(context) {
        const plan = await lockedPlan(context, context.params.id, 'plan.withdraw')
        demand(whyNotPlanStep(plan, 'withdraw'))
        return stepped(context as WriteContext, plan.id, { state: 'draft' })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/return',
      action: 'plan.return',
      summary: '退回修改；提交人不能退回自己提交的',
      schema: { params: ById, body: WithReason },
      async handler(context) {
        const { params, body, now } = context
        const plan = await lockedPlan(context, params.id, 'plan.return')
        const decidedBy = personOf(context).personId
        demand(whyNotDecide(plan, 'return', decidedBy))
        const decision = { decidedBy, decidedAt: now, decisionNote: body.reason }
        return stepped(context as WriteContext, plan.id, { state: 'draft', ...decision })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/approval',
      action: 'plan.approve',
      summary: '审核通过；提交人不能通过自己提交的。核查再做一遍',
      schema: { params: ById, body: ApprovalNote },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, now, version } = context
        const plan = await lockedPlan(context, params.id, 'plan.approve')
        demandVersion(plan.version, version)
        const decidedBy = personOf(context).personId
        demand(whyNotDecide(plan, 'approve', decidedBy))
        await demandSound(writer, await book.read(writer), plan, { now })
        const decision = { decidedBy, decidedAt: now, decisionNote: body.note ?? null }
        return stepped(context as WriteContext, plan.id, { state: 'approved', ...decision })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/publication',
      action: 'plan.publish',
      summary: '公布并入库',
      schema: { params: ById, body: Publication },
      async handler(context) {
        const { writer, params, body, now } = context
        const plan = await lockedPlan(context, params.id, 'plan.publish')
        const law = await book.read(writer)
        const publishedIn = body.publishedIn ?? null
        demand(whyNotPublish(plan, publishedIn, law, lawPlaceOf(law, plan, now)))
        const publication = { publishedBy: personOf(context).personId, publishedAt: now, publishedIn }
        const days = { publishedOn: dayOf(now), libraryDueOn: libraryDue(law, plan)?.on ?? null }
        return stepped(context as WriteContext, plan.id, { state: 'published', ...publication, ...days })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/closure',
      action: 'plan.close',
      summary: '办结：全部任务的时间已过',
      schema: { params: ById },
      async handler(context) {
        const { writer, params, now } = context
        const plan = await lockedPlan(context, params.id, 'plan.close')
        demand(whyNotClose(plan, await linesOf(writer, [plan.id]), dayOf(now)))
        return stepped(context as WriteContext, plan.id, {
          state: 'closed',
          endedBy: personOf(context).personId,
        })
      },
    }),
    write({
      ...act,
      path: '/plans/{id}/discarding',
      action: 'plan.discard',
      summary: '作废草稿；报送过的不能作废',
      schema: { params: ById, body: WithReason },
      async handler(context) {
        const { writer, params, body } = context
        const plan = await lockedPlan(context, params.id, 'plan.discard')
        demand(whyNotDiscard(plan, await isFiled(writer, plan.id)))
        const ending = { endedBy: personOf(context).personId, endReason: body.reason }
        return stepped(context as WriteContext, plan.id, { state: 'discarded', ...ending })
      },
    }),
  ]
}
