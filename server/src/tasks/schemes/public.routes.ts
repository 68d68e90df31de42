import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { representPublic, saidSections } from './schemes.representation.ts'
import { PublicSchemePage, PublicSchemeQuery, PublicSchemeText } from './schemes.schema.ts'
import { findPublished, listPublished, type SchemeRow } from './schemes.store.ts'

const CACHED = { 'cache-control': 'public, max-age=300' }

/** 公布: the schemes in force, for anybody (REQ-SCH-3). */
export function publicSchemeRoutes({ book }: TasksParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/schemes',
      action: 'publicScheme.list',
      summary: '向社会公布的实施方案',
      schema: { query: PublicSchemeQuery },
      replies: { 200: PublicSchemePage },
      async handler({ reader, query }) {
        const { limit = 50, after, division } = query
        const rows = await listPublished(reader, { division, limit, after: keyOf(after, ['text', 'id']) })
        const key = (row: SchemeRow) => [row.publishedOn ?? '', row.id]
        return reply(200, pageOf(rows, limit, { key, show: representPublic }), CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/public/schemes/{id}',
      action: 'publicScheme.show',
      summary: '一份向社会公布的实施方案',
      schema: { params: ById },
      replies: { 200: PublicSchemeText },
      async handler({ reader, params }) {
        const row = found(await findPublished(reader, params.id), 'scheme')
        const sections = saidSections(row, await book.read(reader))
        return reply(200, { ...representPublic(row), sections }, CACHED)
      },
    }),
  ]
}
