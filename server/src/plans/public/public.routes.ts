import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { found } from '../../platform/refusal.ts'
import { differencesOf } from '../amendments/amendments.representation.ts'
import { listAmendments } from '../amendments/amendments.store.ts'
import { representLineWords } from '../lines/lines.representation.ts'
import { linesOf } from '../lines/lines.store.ts'
import { findPlan, listPlans, type PlanRow } from '../plans/plans.store.ts'
import { PublicPlan, PublicPlanPage, PublicPlanQuery } from './public.schema.ts'

const CACHED = { 'cache-control': 'public, max-age=300' }
const MOST_AMENDMENTS = 200

/** 公布: the published plans with their amendments, for anybody (REQ-PLAN-2, -10). */
export function publicPlanRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/plans',
      action: 'publicPlan.list',
      summary: '向社会公布的年度抽查工作计划',
      schema: { query: PublicPlanQuery },
      replies: { 200: PublicPlanPage },
      async handler({ reader, reach, query }) {
        const { limit = 50, after, ...rest } = query
        const filter = { ...rest, open: true as const, limit, after: keyOf(after, ['integer', 'id']) }
        const rows = await listPlans(reader, reach, filter)
        const key = ({ year, id }: PlanRow) => [String(year), id]
        return reply(200, pageOf(rows, limit, { key, show: (row) => row }), CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/public/plans/{id}',
      action: 'publicPlan.show',
      summary: '一份向社会公布的计划：现行的任务安排，和历次调整的差异',
      schema: { params: ById },
      replies: { 200: PublicPlan },
      async handler({ reader, reach, params }) {
        const row = await findPlan(reader, reach, params.id)
        const plan = found(row?.openDivisionCode === null ? undefined : row, 'plan')
        const filter = { planId: plan.id, state: 'published', limit: MOST_AMENDMENTS } as const
        const amendments = await listAmendments(reader, reach, filter)
        const difference = await differencesOf(
          reader,
          amendments.map(({ id }) => id),
        )
        const items = (await linesOf(reader, [plan.id])).map(representLineWords)
        const shown = amendments.map((amendment) => ({ ...amendment, ...difference(amendment.id) }))
        return reply(200, { ...plan, items, amendments: shown }, CACHED)
      },
    }),
  ]
}
