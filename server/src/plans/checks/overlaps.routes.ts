import { dayOf } from '../../platform/clock.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { found, Refused } from '../../platform/refusal.ts'
import type { Reader } from '../../platform/database/database.ts'
import { type Access, divisionPrefix, type Reach } from '../../platform/reach.ts'
import { isFinal } from '../consolidation/consolidation.rules.ts'
import { linesOf } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { placeOfPlan } from '../plans/plans.representation.ts'
import { findPlan, listPlans, type PlanRow } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { type OfferView, OverlapList, type OverlapListView, PlanOverlapQuery } from './checks.schema.ts'
import { meetingAmong, readChecked } from './findings.ts'
import { type Meeting, overlapsOf } from './overlaps.rules.ts'
import { type NamedLine, namedLines } from './overlaps.store.ts'

// A page of pairs; those by which most are visited twice come first.
const MOST_PAIRS = 100
// Pairs grow with the square of the lines; a county has some hundreds.
const MOST_PLANS = 300
const MOST_LINES = 2000

/** 重复检查: tasks about the same subjects at the same time, of one plan or of all that one sees, and what can be made of them. */
export function overlapRoutes({ book }: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/plan-overlaps',
      action: 'planOverlap.list',
      summary:
        '一个行政区划一年中您能看到的各部门计划之间，对象相同、时间相接的任务，按预计重复上门的次数排列',
      schema: { query: PlanOverlapQuery },
      replies: { 200: OverlapList },
      async handler(context) {
        const { reader, reach, actor, now, query } = context
        const acting = actor.kind === 'person' ? actor.acting?.divisionCode : undefined
        const { division = acting, year = Number(dayOf(now).slice(0, 4)) } = query
        const asked = { year, after: undefined, limit: MOST_PLANS }
        const here = await listPlans(reader, reach, { ...asked, division })
        // The plan of all may be that of the division above.
        const ofAll = (await listPlans(reader, reach, { ...asked, kind: 'consolidated' })).filter(
          ({ id, divisionCode }) =>
            here.every((plan) => plan.id !== id) &&
            divisionPrefix(division ?? '').startsWith(divisionPrefix(divisionCode)),
        )
        const plans = [...here, ...ofAll]
        const lines = await linesOf(
          reader,
          plans.map(({ id }) => id),
        )
        if (plans.length > MOST_PLANS || lines.length > MOST_LINES)
          throw new Refused({ code: 'planOverlap.too_many', params: { most: MOST_LINES } })
        const open = plans.find((plan) => mayMerge(plan, context.access))
        return overlapList(context, await meetingAmong(reader, lines), open)
      },
    }),
    read({
      method: 'GET',
      path: '/plans/{id}/overlaps',
      action: 'plan.overlaps',
      summary: '与计划中的任务对象相同、时间相接的任务，按预计重复上门的次数排列',
      schema: { params: ById },
      replies: { 200: OverlapList },
      async handler(context) {
        const { reader, reach, now, params } = context
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        const { meeting } = await readChecked(reader, await book.read(reader), plan, { now })
        return overlapList(context, meeting, mayMerge(plan, context.access) ? plan : undefined)
      },
    }),
  ]
}

/** Whether a plan is the plan of all, still being drafted, and the viewer's to draft. */
function mayMerge(plan: PlanRow, access: Access): boolean {
  return (
    plan.kind === 'consolidated' &&
    whyNotPlanStep(plan, 'edit') === undefined &&
    access.whyNot('plan.merge', placeOfPlan(plan)) === undefined
  )
}

interface Viewing {
  readonly reader: Reader
  readonly reach: Reach
  readonly access: Access
}

async function overlapList(
  { reader, reach, access }: Viewing,
  meeting: Meeting,
  consolidated: PlanRow | undefined,
): Promise<OverlapListView> {
  const overlaps = overlapsOf(meeting)
  const shown = overlaps.slice(0, MOST_PAIRS)
  const names = await namedLines(
    reader,
    reach,
    shown.flatMap(({ lines }) => lines.map(({ id }) => id)),
  )
  const subjectsOf = new Map(meeting.lines.map(({ id }, at) => [id, meeting.counts[at]!.subjects]))
  return {
    items: shown.map(({ lines: pair, subjects, expectedDouble }) => {
      const named = pair.flatMap(({ id }) => names.get(id) ?? [])
      return {
        lines: named.map((line) => ({ ...line, subjects: subjectsOf.get(line.id) ?? 0 })),
        hidden: pair.length - named.length,
        subjects,
        expectedDouble: tenths(expectedDouble),
        offers: named.length === pair.length ? [...offersOf(named, consolidated, access)] : [],
      }
    }),
    about: {
      pairs: overlaps.length,
      subjects: overlaps.reduce((sum, { subjects }) => sum + subjects, 0),
      expectedDouble: tenths(overlaps.reduce((sum, one) => sum + one.expectedDouble, 0)),
    },
  }
}

/** What the viewer may do to make one visit of two: in the plan of all, or with a task of his own. */
function offersOf(
  pair: readonly NamedLine[],
  consolidated: PlanRow | undefined,
  access: Access,
): readonly OfferView[] {
  const merge =
    consolidated && pair.every((line) => line.planId === consolidated.id || isFinal(line))
      ? [{ act: 'merge' as const, planId: consolidated.id, lineId: null }]
      : []
  const own = pair.flatMap((line) => {
    const isHis =
      access.whyNot('planLine.join', placeOfPlan({ authorityId: line.planAuthorityId })) === undefined
    if (!isHis || line.planKind === 'consolidated') return []
    const act = { draft: 'join', published: 'amend' }[line.planState as string] as
      | 'join'
      | 'amend'
      | undefined
    return act ? [{ act, planId: line.planId, lineId: line.id }] : []
  })
  return [...merge, ...own]
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
