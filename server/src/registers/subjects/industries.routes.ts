import { type Static, Type } from 'typebox'
import { read, type Route } from '../../platform/http/route.ts'
import { OrNull, Shape, Sought } from '../../platform/http/shapes.ts'
import type { Industries, Industry } from '../../law/index.ts'
import type { SubjectParts } from './parts.ts'
import { Industry as IndustryCode } from './shapes.ts'

const ShownIndustry = Shape({
  code: Type.String({ description: '门类字母加数字，如 F5212' }),
  name: Type.String(),
  parent: OrNull(Type.String()),
  hasChildren: Type.Boolean(),
})
const IndustryPage = Shape({ items: Type.Array(ShownIndustry) })
const IndustryQuery = Type.Object(
  { under: Type.Optional(IndustryCode), q: Sought },
  { additionalProperties: false },
)
type IndustryQuery = Static<typeof IndustryQuery>

const MOST = 100

/** 国民经济行业分类 (GB/T 4754-2017): the tree of codes. */
export function industryRoutes({ book }: SubjectParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/industries',
      action: 'industry.list',
      summary: '国民经济行业分类：某一行业的下级，或按名称、代码查找；不带条件时为各门类',
      schema: { query: IndustryQuery },
      replies: { 200: IndustryPage },
      async handler({ reader, query }) {
        const { industries } = await book.read(reader)
        const parents = new Set([...industries.values()].map(({ parent }) => parent))
        const items = sought(industries, query).map(({ code, name, parent = null }) => {
          const hasChildren = parents.has(code)
          return { code, name, parent, hasChildren }
        })
        return { items }
      },
    }),
  ]
}

/** By code or its beginning, with or without the letter; else by name. */
function sought(industries: Industries, { under, q }: IndustryQuery): readonly Industry[] {
  const all = [...industries.values()]
  if (q === undefined) return all.filter(({ parent }) => parent === under)
  const text = q.normalize('NFKC').trim()
  const code = text.toUpperCase()
  const fits = /^(?:[A-T]|[A-T]?\d{2,4})$/.test(code)
    ? (one: Industry) => one.code.startsWith(code) || one.code.slice(1).startsWith(code)
    : (one: Industry) => one.name.includes(text)
  return all.filter((one) => fits(one) && (under === undefined || one.code.startsWith(under))).slice(0, MOST)
}
