// Who inspects by which items in a line: every statement about the parts of lines.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { grouped } from '../../registers/index.ts'
import type { PartOfLine } from '../shapes.ts'

/** An authority of a line, with the items that it inspects by. */
export interface WrittenPart {
  readonly authorityId: string
  readonly itemIds: readonly string[]
}

/** The lead first. */
export function ordered(parts: readonly WrittenPart[], lead: string): readonly WrittenPart[] {
  const isLead = ({ authorityId }: WrittenPart) => authorityId === lead
  return [...parts.filter(isLead), ...parts.filter((part) => !isLead(part))]
}

/** A row for each item; one without an item for an authority that has named none yet. */
export async function insertParts(
  writer: Writer,
  sets: readonly {
    readonly lineId: string
    readonly set: number
    readonly parts: readonly WrittenPart[]
  }[],
): Promise<void> {
  const rows = sets.flatMap(({ lineId, set, parts }) =>
    parts
      .flatMap(({ authorityId, itemIds }) =>
        (itemIds.length === 0 ? [null] : itemIds).map((itemId) => ({ authorityId, itemId })),
      )
      .map(({ authorityId, itemId }, at) => ({
        line_id: lineId,
        set_number: set,
        ordinal: at + 1,
        authority_id: authorityId,
        item_id: itemId,
      })),
  )
  if (rows.length > 0) await writer.insertInto('plans.plan_line_part').values(rows).execute()
}

/** The parts of a line from its rows. */
export function partsIn(rows: readonly PartRow[]): readonly PartOfLine[] {
  return [...grouped(rows, ({ authorityId }) => authorityId)].map(([authorityId, few]) => ({
    authorityId,
    authorityName: few[0]?.authorityName ?? '',
    itemIds: few.flatMap(({ itemId }) => itemId ?? []),
  }))
}

/** The parts of lines as they stand, in order. */
export function partsOf(reader: Reader, lineIds: readonly string[]) {
  return reader
    .selectFrom('plans.plan_line_part as m')
    .innerJoin('plans.plan_line as l', (join) =>
      join.onRef('l.id', '=', 'm.line_id').onRef('l.part_set', '=', 'm.set_number'),
    )
    .innerJoin('agencies.authority as a', 'a.id', 'm.authority_id')
    .leftJoin('registers.inspection_item as i', 'i.id', 'm.item_id')
    .select(['m.line_id as lineId', 'm.authority_id as authorityId', 'a.name as authorityName'])
    .select(['m.item_id as itemId', 'i.code as itemCode', 'i.name as itemName'])
    .where(sql<boolean>`m.line_id = any(${[...lineIds]}::uuid[])`)
    .orderBy('m.line_id')
    .orderBy('m.ordinal')
    .execute()
}
export type PartRow = Awaited<ReturnType<typeof partsOf>>[number]
