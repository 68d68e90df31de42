import { codesOn } from '../../law/index.ts'
import { type AuthorityRow, holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { Type } from 'typebox'
import { citationsThere } from './citations.store.ts'
import { itemsCsv } from './items.csv.ts'
import { openItem, placeOfItem, representItems } from './items.representation.ts'
import { whyNotOwner, whyNotWritten } from './items.rules.ts'
import { Item, ItemEdit, ItemFileQuery, ItemPage, ItemQuery, NewItem } from './items.schema.ts'
import { findItem, type ItemRow, listItems, lockItem } from './items.store.ts'
import { insertItem, type ItemColumns, updateItem, type WrittenBasis } from './items.writing.store.ts'
import { whyNotDraft } from './lifecycle.rules.ts'
import type { CatalogueParts } from './parts.ts'

/** More than any authority has; a county's whole catalogue. */
const MOST_IN_FILE = 20_000

/** 抽查事项清单: an authority's whole list of inspection items. */
export function itemRoutes(parts: CatalogueParts): readonly Route[] {
  const show = openItem(parts)
  return [
    read({
      method: 'GET',
      path: '/items',
      action: 'item.list',
      summary: '抽查事项清单：列入和未列入双随机的全部事项',
      schema: { query: ItemQuery },
      replies: { 200: ItemPage },
      async handler(context) {
        const { reader, reach, access, now, query } = context
        const { limit = 50, after, ...rest } = query
        const filter = { ...rest, limit, after: keyOf(after, ['text', 'id']) }
        const rows = await listItems(reader, reach, dayOf(now), filter)
        const key = ({ code, id }: ItemRow) => [code, id]
        const page = pageOf(rows, limit, { key, show: (row) => row })
        const create = access.reachOf('item.create') ? null : { code: 'not_allowed' }
        return {
          ...page,
          items: await representItems(parts, reader, context, page.items),
          can: { create, export: null },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/items.csv',
      action: 'item.export',
      summary: '抽查事项清单（CSV），按同样的条件筛选',
      schema: { query: ItemFileQuery },
      replies: { 200: Type.String() },
      async handler(context) {
        const { reader, reach, now, query } = context
        const filter = { ...query, limit: MOST_IN_FILE, after: undefined }
        const rows = await listItems(reader, reach, dayOf(now), filter)
        if (rows.length > MOST_IN_FILE)
          demand({ code: 'item.too_many_to_export', params: { most: MOST_IN_FILE } })
        const items = await representItems(parts, reader, context, rows)
        const methods = codesOn(await parts.book.read(reader), 'inspection-methods', dayOf(now))
        const name = `抽查事项清单-${dayOf(now)}.csv`
        return csvFile(itemsCsv(items, methods), name, 'items.csv')
      },
    }),
    read({
      method: 'GET',
      path: '/items/{id}',
      action: 'item.show',
      summary: '一项抽查事项',
      schema: { params: ById },
      replies: { 200: Item },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/items',
      action: 'item.create',
      about: 'item',
      summary: '新增抽查事项（草稿）；提交审定并由另一人批准后公布',
      schema: { body: NewItem },
      replies: { 201: Item },
      async handler(context) {
        const { writer, body, id } = context
        const { divisionCode } = await owner(context, body.authorityId)
        const { bases = [], ...columns } = body
        demand(whyNotWritten({ ...NO_DAYS_AND_RATIOS, ...columns }))
        await demandKnown(context, parts, { ...columns, bases })
        const enteredBy = personOf(context as WriteContext).personId
        const reason = reasonOf(columns)
        await insertItem(writer, { ...columns, ...reason, bases, id, divisionCode, enteredBy })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/items/{id}',
      action: 'item.edit',
      about: 'item',
      summary: '修改抽查事项的草稿；有效的事项须另起修订',
      schema: { params: ById, body: ItemEdit },
      replies: { 200: Item },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version } = context
        const item = await lockedItem(context, params.id, 'item.edit')
        demandVersion(item.version, version)
        demand(whyNotDraft(item))
        demand(whyNotWritten({ ...item, ...body }))
        await demandKnown(context, parts, body)
        await updateItem(writer, params.id, { ...body, ...reasonOf({ ...item, ...body }) })
        return show(writer, context, params.id)
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access' | 'now'>

/** An item that may be seen, locked; the act on it must be allowed where it is. */
export async function lockedItem(
  { writer, access, now }: Writing,
  id: string,
  action: string,
): Promise<ItemRow> {
  await lockItem(writer, id)
  const item = found(await findItem(writer, seenIn(access, 'item.show'), dayOf(now), id), 'item')
  demand(access.whyNot(action, placeOfItem(item)), 403)
  return item
}

/** The authority whose item it becomes: within reach of the act, open, and one that inspects. */
async function owner({ writer, access }: Writing, authorityId: string): Promise<AuthorityRow> {
  const authority = found(
    await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId),
    'authority',
  )
  const { divisionCode } = authority
  demand(access.whyNot('item.create', { authorityId, divisionCode }), 403)
  demand(whyNotOwner(authority))
  return authority
}

/** Citations that exist, and codes that the law of today has. */
async function demandKnown(
  { writer, now }: Writing,
  { book }: CatalogueParts,
  item: ItemColumns & { readonly bases?: readonly WrittenBasis[] | undefined },
): Promise<void> {
  const ids = [...new Set((item.bases ?? []).map(({ citationId }) => citationId))]
  const there = await citationsThere(writer, ids)
  if (ids.some((id) => !there.has(id))) demand({ code: 'citation.unknown' })
  const law = await book.read(writer)
  for (const [list, given] of [
    ['inspection-methods', item.methods],
    ['inspector-categories', item.inspectorCategories],
  ] as const) {
    const known = codesOn(law, list, dayOf(now)).map(({ code }) => code)
    const unknown = given?.find((code) => !known.includes(code))
    if (unknown !== undefined) demand({ code: 'item.code_unknown', params: { code: unknown } })
  }
}

/** What is drawn needs no reason why it is not. */
function reasonOf({ isRandom }: Pick<ItemColumns, 'isRandom'>) {
  return isRandom === true ? { notRandomReason: null } : {}
}

const NO_DAYS_AND_RATIOS = { ratioFloor: null, ratioCap: null, effectiveFrom: null, effectiveUntil: null }
