import { seenIn } from '../../agencies/index.ts'
import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found, type Refusal } from '../../platform/refusal.ts'
import { whyNotAnother } from '../amendments/amendments.rules.ts'
import { insertAmendment } from '../amendments/amendments.store.ts'
import { demandReason, draftedChanges } from '../amendments/drafting.ts'
import { demandWritable } from '../lines/lines.routes.ts'
import type { LineWords } from '../lines/lines.rules.ts'
import { findLine, lockLine, type PlanLine, updateLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lockedPlan } from '../plans/plans.representation.ts'
import { draftPlan, openlyAmended, type PlanRow } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { modesAt } from './consolidation.routes.ts'
import { isFinal, joinedLine, whyNotJoin } from './consolidation.rules.ts'
import { Joining, JoiningDone } from './consolidation.schema.ts'

// 合并为联合检查, of the list of reasons.
const MERGED = 'MERGED'

/** A task of one's own takes in what another authority does at the same subjects: at once in a draft, else by an amendment. */
export function joiningRoutes(parts: PlansParts): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/plan-lines/{id}/joining',
      action: 'planLine.join',
      about: 'planLine',
      summary: '把对象重叠的另一部门的事项列入本部门的任务，改为一次联合检查；已公布的计划拟定调整',
      schema: { params: ById, body: Joining },
      replies: { 200: JoiningDone },
      async handler(context) {
        const { writer, access, params, body } = context
        const seen = seenIn(access, 'planLine.show')
        const { planId } = found(await findLine(writer, seen, params.id), 'planLine')
        const plan = await lockedPlan(context, planId, 'planLine.join')
        const own = found(await lockLine(writer, seen, params.id), 'planLine')
        const other = found(await findLine(writer, seen, body.lineId), 'planLine')
        const isDraft = plan.state === 'draft'
        demand(whyNotPlanStep(plan, isDraft ? 'edit' : 'amend') ?? whyNotJoin(own, other))
        // In the plan of all, tasks are merged and keep their sources; and nobody's draft enters what is published.
        demand(plan.kind === 'consolidated' ? { code: 'consolidation.merge_here' } : undefined)
        demand(isDraft || isFinal(other) ? undefined : { code: 'consolidation.not_decided' })
        const law = await parts.book.read(writer)
        const after = joinedLine(own, other, modesAt(law, plan, own.startsOn))
        const about = { plan, own, after, reason: body.reason }
        const amendmentId = isDraft
          ? await join(context as WriteContext, parts, about)
          : await propose(context as WriteContext, parts, about)
        return { planId: plan.id, amendmentId }
      },
    }),
  ]
}

interface Joined {
  readonly plan: PlanRow
  readonly own: PlanLine
  readonly after: ReturnType<typeof joinedLine>
  readonly reason: string
}

async function join(context: WriteContext, parts: PlansParts, { plan, own, after }: Joined): Promise<null> {
  const { writer } = context
  await demandWritable(context, parts, plan, { ...own, ...after } as LineWords)
  await updateLine(writer, own.id, { ...after, parts: after.parts.map(writable) } as never)
  await draftPlan(writer, plan.id, personOf(context).personId)
  return null
}

async function propose(
  context: WriteContext,
  parts: PlansParts,
  { plan, own, after, reason }: Joined,
): Promise<string> {
  const { writer, newId } = context
  demand(whyNotAnother((await openlyAmended(writer, [plan.id])).has(plan.id)) as Refusal | undefined)
  await demandReason(context, parts, MERGED)
  const said = { ...after, parts: after.parts.map(writable) }
  const change = { op: 'change', lineId: own.id, lineVersion: own.version, after: said } as const
  const changes = await draftedChanges(context, parts, plan, [change as never])
  const id = newId()
  const madeBy = personOf(context).personId
  const written = { id, planId: plan.id, divisionCode: plan.divisionCode, reasonCode: MERGED, reason }
  await insertAmendment(writer, { ...written, madeBy, changes })
  return id
}

function writable({ authorityId, itemIds }: Joined['after']['parts'][number]) {
  return { authorityId, itemIds: [...itemIds] }
}
