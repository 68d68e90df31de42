// 回避、替换、跳过、作废: what happens to a draw afterwards.

import { read, type Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'
import { evidenceRoutes } from './evidence.routes.ts'
import { replacementRates } from './rates.store.ts'
import { replacementRoutes } from './replacements.routes.ts'
import { Rates, RatesQuery } from './replacements.schema.ts'
import { requestRoutes } from './requests.routes.ts'

/** Replacements, requests, events. */
export function eventRoutes(parts: DrawsParts): readonly Route[] {
  return [
    ...replacementRoutes(parts),
    ...requestRoutes(parts),
    ...evidenceRoutes(parts),
    read({
      method: 'GET',
      path: '/replacement-rates',
      action: 'replacement.rates',
      summary: '替换率：按人或者按部门，与被抽中的次数相比',
      schema: { query: RatesQuery },
      replies: { 200: Rates },
      async handler({ reader, reach, query }) {
        const rows = await replacementRates(reader, reach, query)
        const items = rows.map(({ authorityId, authorityName, personId, personName, ...counts }) => ({
          ...counts,
          authority: { id: authorityId, name: authorityName },
          person: personId === null || personName === null ? null : { id: personId, name: personName },
        }))
        return { items }
      },
    }),
  ]
}
