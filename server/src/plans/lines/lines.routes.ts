import { findAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { findItems } from '../../registers/index.ts'
import type { PlansParts } from '../parts.ts'
import { lockedPlan, placeOfPlan } from '../plans/plans.representation.ts'
import { draftPlan, findPlan, type PlanRow } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { representLine } from './lines.representation.ts'
import { type LineWords, whyNotCoded, whyNotItems, whyNotLine, whyNotPart } from './lines.rules.ts'
import { Line, LineEdit, LinePage, LineQuery, NewLine } from './lines.schema.ts'
import {
  endLine,
  findLine,
  insertLines,
  listLines,
  lockLine,
  type PlanLine,
  updateLine,
} from './lines.store.ts'

/** 任务安排: the lines of a plan, each with a version of its own, so that two may work on one plan. */
export function lineRoutes(parts: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/plans/{id}/lines',
      action: 'planLine.list',
      summary: '计划中的任务',
      schema: { params: ById, query: LineQuery },
      replies: { 200: LinePage },
      async handler(context) {
        const { reader, reach, access, params, query } = context
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        const { limit = 50, after, ...rest } = query
        const filter = { ...rest, planId: plan.id, limit, after: keyOf(after, ['integer']) }
        const rows = await listLines(reader, reach, filter)
        const key = ({ number }: PlanLine) => [String(number)]
        const page = pageOf(rows, limit, { key, show: (row) => representLine(row, access) })
        const why = access.whyNot('planLine.create', placeOfPlan(plan)) ?? whyNotPlanStep(plan, 'edit')
        return { ...page, about: plan.lines, can: { create: canOf(why) } }
      },
    }),
    read({
      method: 'GET',
      path: '/plan-lines/{id}',
      action: 'planLine.show',
      summary: '计划中的一项任务',
      schema: { params: ById },
      replies: { 200: Line },
      handler: async ({ reader, reach, access, params }) =>
        representLine(found(await findLine(reader, reach, params.id), 'planLine'), access),
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/lines',
      action: 'planLine.create',
      about: 'plan',
      summary: '在草稿中增加一项任务',
      schema: { params: ById, body: NewLine },
      replies: { 201: Line },
      async handler(context) {
        const { writer, access, params, body, newId } = context
        const plan = await lockedPlan(context, params.id, 'planLine.create')
        demand(whyNotPlanStep(plan, 'edit'))
        await demandWritable(context as WriteContext, parts, plan, { ...EMPTY_LINE, ...body } as LineWords)
        const id = newId()
        await insertLines(writer, plan, [{ ...body, id }])
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        const line = await findLine(writer, seenIn(access, 'planLine.show'), id)
        return reply(201, representLine(found(line, 'planLine'), access))
      },
    }),
    write({
      method: 'PATCH',
      path: '/plan-lines/{id}',
      action: 'planLine.edit',
      about: 'planLine',
      summary: '修改草稿中的一项任务；两人改同一项，后者先看到前者改了什么',
      schema: { params: ById, body: LineEdit },
      replies: { 200: Line },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, body, version } = context
        const { plan, line } = await lockedLine(context as WriteContext, params.id, 'planLine.edit')
        demandVersion(line.version, version)
        demand(whyNotPlanStep(plan, 'edit') ?? whyNotEnded(line))
        await demandWritable(context as WriteContext, parts, plan, { ...line, ...body } as LineWords)
        await updateLine(writer, line.id, body)
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        const changed = await findLine(writer, seenIn(access, 'planLine.show'), line.id)
        return representLine(found(changed, 'planLine'), access)
      },
    }),
    write({
      method: 'POST',
      path: '/plan-lines/{id}/removal',
      action: 'planLine.remove',
      about: 'planLine',
      summary: '把一项任务移出草稿',
      schema: { params: ById },
      replies: { 200: Line },
      async handler(context) {
        const { writer, access, params } = context
        const { plan, line } = await lockedLine(context as WriteContext, params.id, 'planLine.remove')
        demand(whyNotPlanStep(plan, 'edit') ?? whyNotEnded(line))
        await endLine(writer, line.id)
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        const removed = await findLine(writer, seenIn(access, 'planLine.show'), line.id)
        return representLine(found(removed, 'planLine'), access)
      },
    }),
  ]
}

/** What a line says where nothing is said. */
export const EMPTY_LINE = {
  mode: null,
  crossRegion: false,
  fullCoverage: false,
  ratio: null,
  quantity: null,
  frequencyLeast: null,
  frequencyMost: null,
}

/** The plan first, then the line: everybody takes the locks in this order. */
async function lockedLine(
  context: WriteContext,
  id: string,
  action: string,
): Promise<{ readonly plan: PlanRow; readonly line: PlanLine }> {
  const seen = seenIn(context.access, 'planLine.show')
  const { planId } = found(await findLine(context.writer, seen, id), 'planLine')
  const plan = await lockedPlan(context, planId, action)
  return { plan, line: found(await lockLine(context.writer, seen, id), 'planLine') }
}

function whyNotEnded({ state }: PlanLine) {
  return state === 'ended' ? { code: 'planLine.removed_already' } : undefined
}

/** Throws where a line makes no sense, or names authorities or items that cannot stand in it. */
export async function demandWritable(
  { writer, access, now }: Pick<WriteContext, 'writer' | 'access' | 'now'>,
  { book }: Pick<PlansParts, 'book'>,
  plan: PlanRow,
  line: LineWords,
): Promise<void> {
  demand(whyNotLine(line, plan) ?? whyNotCoded(line, await book.read(writer), line.startsOn))
  const seen = seenIn(access, 'authority.show')
  for (const { authorityId } of line.parts) {
    const authority = await findAuthority(writer, seen, authorityId)
    demand(authority ? whyNotPart(authority) : { code: 'planLine.authority_unknown' })
  }
  const ids = line.parts.flatMap(({ itemIds }) => itemIds)
  const items = await findItems(writer, seenIn(access, 'item.show'), dayOf(now), ids)
  demand(whyNotItems(line.parts, new Map(items.map((item) => [item.id, item]))))
}
