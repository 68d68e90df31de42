import { keyOf, pageOf } from '../platform/http/pages.ts'
import { read, type Route } from '../platform/http/route.ts'
import { found } from '../platform/refusal.ts'
import { ByCode, DivisionPage, DivisionQuery, DivisionWithChain } from './divisions.schema.ts'
import { chainOfDivision, findDivision, listDivisions } from './divisions.store.ts'

/** 行政区划: the tree of codes, current and revoked. */
export function divisionRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/divisions',
      action: 'division.list',
      summary: '行政区划：某一级的下级，或按名称、代码查找；不带条件时为各省级',
      schema: { query: DivisionQuery },
      replies: { 200: DivisionPage },
      async handler({ reader, reach, query: { limit = 50, revoked = true, after, ...rest } }) {
        const filter = { ...rest, revoked, limit, after: keyOf(after, ['text'])?.[0] }
        const rows = await listDivisions(reader, reach, filter)
        return pageOf(rows, limit, { key: ({ code }) => [code], show: (row) => row })
      },
    }),
    read({
      method: 'GET',
      path: '/divisions/{code}',
      action: 'division.show',
      summary: '一个行政区划及其各上级',
      schema: { params: ByCode },
      replies: { 200: DivisionWithChain },
      async handler({ reader, reach, params: { code } }) {
        const division = found(await findDivision(reader, reach, code), 'division')
        return { ...division, chain: await chainOfDivision(reader, reach, code) }
      },
    }),
  ]
}
