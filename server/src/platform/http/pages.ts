// Keyset paging: a page begins after the last key of the one before, so that no page is slower than the first.

import { Type } from 'typebox'
import { Refused } from '../refusal.ts'

/** The query parameters of every list. */
export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 400, description: '上一页返回的 next' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '每页条数' })),
}

/** A page of representations. */
export interface Page<T> {
  readonly items: readonly T[]
  /** The cursor of the next page; absent on the last. */
  readonly next?: string
}

/** The sort key in a cursor: as many texts as the list has sort columns. Throws Refused where it is not one of ours. */
export function keyOf(cursor: string | undefined, columns: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const key = parse(cursor)
  if (key?.length !== columns) throw new Refused({ code: 'cursor_malformed' }, 400)
  return key
}

/** A page from one row more than its limit; `key` gives the sort key of a row. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { key, show }: { readonly key: (row: Row) => readonly string[]; readonly show: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? { next: cursorOf(key(last)) } : {}
  return { items: shown.map((row) => show(row)), ...next }
}

function cursorOf(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function parse(cursor: string): readonly string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(key) && key.every((part) => typeof part === 'string') ? key : undefined
  } catch {
    return undefined
  }
}
