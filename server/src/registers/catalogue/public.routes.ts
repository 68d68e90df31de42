import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route } from '../../platform/http/route.ts'
import { grouped } from './grouped.ts'
import { representPublic } from './items.representation.ts'
import { PublicItemPage, PublicItemQuery } from './items.schema.ts'
import { basesOf, type ItemRow, listItems } from './items.store.ts'

/** 公布: the items in force, for anybody (REQ-ITEM-6). */
export function publicItemRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/items',
      action: 'publicItem.list',
      summary: '向社会公布的抽查事项清单：现行有效的事项',
      schema: { query: PublicItemQuery },
      replies: { 200: PublicItemPage },
      async handler({ reader, reach, now, query }) {
        const { limit = 50, after, ...rest } = query
        const today = dayOf(now)
        const filter = {
          ...rest,
          state: 'effective',
          begun: true as const,
          limit,
          after: keyOf(after, ['text', 'id']),
        }
        const rows = await listItems(reader, reach, today, filter)
        const bases = grouped(
          await basesOf(
            reader,
            rows.map(({ id }) => id),
          ),
          ({ itemId }) => itemId,
        )
        const key = ({ code, id }: ItemRow) => [code, id]
        const show = (row: ItemRow) => representPublic(row, bases.get(row.id) ?? [])
        return reply(200, pageOf(rows, limit, { key, show }), { 'cache-control': 'public, max-age=300' })
      },
    }),
  ]
}
