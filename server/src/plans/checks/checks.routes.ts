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
import { findPlan, type PlanRow } from '../plans/plans.store.ts'
import { FindingList } from './checks.schema.ts'
import { findingsOf } from './findings.ts'
import { representFinding } from './findings.representation.ts'

type Asking = Pick<Context, 'now' | 'header'>

/** 核查: a plan, or what an amendment would make of it, against the law, the catalogue and the other plans. */
export function checkRoutes(parts: PlansParts): readonly Route[] {
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
