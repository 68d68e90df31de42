// Keyset paging: a page begins after the last key of the one before, so that no page is slower than the first.

import { Type } from 'typebox'
import { Refused } from '../refusal.ts'
import { isStorable } from './storable.ts'

/** The query parameters of every list. */
export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 2000, description: '上一页返回的 next' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '每页条数' })),
}

/** A page of representations. */
export interface Page<T> {
  readonly items: readonly T[]
  /** The cursor of the next page; absent on the last. */
  readonly next?: string
}

/** What a sort column holds: a cursor is what a client sends, and the database takes no other text for a date or an id. */
export type KeyColumn = 'text' | 'id' | 'instant' | 'number' | 'integer'

/** The sort key in a cursor, a text for each sort column. Throws Refused where it is not one of ours. */
export function keyOf(
  cursor: string | undefined,
  columns: readonly KeyColumn[],
): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const key = parse(cursor)
  const fits = key?.length === columns.length && key.every((part, at) => FITS[columns[at]!](part))
  if (!fits) throw new Refused({ code: 'cursor_malformed' }, 400)
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

const FITS: Readonly<Record<KeyColumn, (part: string) => boolean>> = {
  text: isStorable,
  id: (part) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
  // As the database writes it: `2026-11-20 08:00:00.123456+00`.
  instant: (part) =>
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/.test(part) &&
    isMoment(part),
  number: (part) => /^\d{1,9}$/.test(part),
  integer: (part) => /^-?\d{1,9}$/.test(part),
}

/** Whether the calendar has the day, and the day the hour. */
function isMoment(part: string): boolean {
  const utc = `${part.slice(0, 10)}T${part.slice(11, 19)}Z`
  const moment = new Date(utc)
  return (
    !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(utc.slice(0, 19)) && part >= '0001'
  )
}

function parse(cursor: string): readonly string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(key) && key.every((part) => typeof part === 'string') ? key : undefined
  } catch {
    return undefined
  }
}
