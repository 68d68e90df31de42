import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { type Context, read, type Route } from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import { ById } from '../../platform/http/shapes.ts'
import { found } from '../../platform/refusal.ts'
import { findAmendment, changesOf } from '../amendments/amendments.store.ts'
import { amended } from '../amendments/drafting.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { findPlan, type PlanRow } from '../plans/plans.store.ts'
import { FindingList, OverlapList, type OverlapListView } from './checks.schema.ts'
import { findingsOf, readChecked } from './findings.ts'
import { representFinding } from './findings.representation.ts'
import { type Meeting, type Overlap, overlapsOf } from './overlaps.rules.ts'
import { namedLines } from './overlaps.store.ts'

// A page of pairs; those by which most are visited twice come first.
const MOST_PAIRS = 100

type Asking = Pick<Context, 'now' | 'header'>

/** 核查: a plan, or what an amendment would make of it, against the law, the catalogue and the other plans. */
export function checkRoutes(parts: PlansParts): readonly Route[] {
  const { book } = parts
  return [
    read({
      method: 'GET',
      path: '/plans/{id}/checks',
      action: 'plan.check',
      summary: '核查一份计划：必须改正的和需要说明的，各有依据',
      schema: { params: ById },
      replies: { 200: FindingList },
      async handler(context) {
        const { reader, reach, params } = context
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        return findingList(context, parts, plan, await linesOf(reader, [plan.id]))
      },
    }),
    read({
      method: 'GET',
      path: '/amendments/{id}/checks',
      action: 'amendment.check',
      summary: '核查调整后的计划',
      schema: { params: ById },
      replies: { 200: FindingList },
      async handler(context) {
        const { reader, reach, params } = context
        const { planId } = found(await findAmendment(reader, reach, params.id), 'amendment')
        const plan = found(await findPlan(reader, reach, planId), 'plan')
        const changes = (await changesOf(reader, [params.id])).get(params.id) ?? []
        return findingList(context, parts, plan, amended(await linesOf(reader, [planId]), changes, plan))
      },
    }),
    read({
      method: 'GET',
      path: '/plans/{id}/overlaps',
      action: 'plan.overlaps',
      summary: '与计划中的任务对象相同、时间相接的任务，按预计重复上门的次数排列',
      schema: { params: ById },
      replies: { 200: OverlapList },
      async handler({ reader, reach, now, params }) {
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        const { meeting } = await readChecked(reader, await book.read(reader), plan, { now })
        const overlaps = overlapsOf(meeting)
        const ids = overlaps.slice(0, MOST_PAIRS).flatMap(({ lines }) => lines.map(({ id }) => id))
        return overlapList(plan, meeting, overlaps, await namedLines(reader, reach, ids))
      },
    }),
  ]
}

async function findingList(
  { reader, now, header }: Asking & { readonly reader: Reader },
  { book }: PlansParts,
  plan: PlanRow,
  lines: readonly PlanLine[],
) {
  const began = performance.now()
  const law = await book.read(reader)
  const findings = await findingsOf(reader, law, plan, { now, lines })
  const saying = {
    law,
    on: dayOf(now),
    language: languageOf(header('accept-language')),
    numbers: new Map(lines.map(({ id, number }) => [id, number])),
    acknowledged: plan.acknowledged,
  }
  return {
    items: findings.map((finding) => representFinding(finding, saying)),
    about: { lines: lines.length, ms: Math.round(performance.now() - began) },
  }
}

function overlapList(
  plan: PlanRow,
  { lines, counts }: Meeting,
  overlaps: readonly Overlap[],
  names: Awaited<ReturnType<typeof namedLines>>,
): OverlapListView {
  const isOpen = plan.kind === 'consolidated' && whyNotPlanStep(plan, 'edit') === undefined
  const subjectsOf = new Map(lines.map(({ id }, at) => [id, counts[at]!.subjects]))
  return {
    items: overlaps.slice(0, MOST_PAIRS).map(({ lines: pair, subjects, expectedDouble }) => {
      const shown = pair.flatMap(({ id }) => {
        const line = names.get(id)
        return line ? [{ ...line, subjects: subjectsOf.get(id) ?? 0 }] : []
      })
      return {
        lines: shown,
        hidden: pair.length - shown.length,
        subjects,
        expectedDouble: Math.round(expectedDouble * 10) / 10,
        offer: isOpen && pair.every(({ isOwn }) => isOwn) ? ('merge' as const) : null,
      }
    }),
    about: {
      pairs: overlaps.length,
      subjects: overlaps.reduce((sum, { subjects }) => sum + subjects, 0),
      expectedDouble: Math.round(overlaps.reduce((sum, one) => sum + one.expectedDouble, 0) * 10) / 10,
    },
  }
}
