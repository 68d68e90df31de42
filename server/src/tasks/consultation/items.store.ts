// Which items an authority brings into a task, with all that decides whether they may be used. For rules: no reach.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type AppliesTo, basesOf, grouped } from '../../registers/index.ts'
import type { ItemRef } from './shapes.ts'

/** The present items of participations, in order. */
export async function itemsOf(
  reader: Reader,
  participationIds: readonly string[],
): Promise<readonly (ItemRef & { readonly participationId: string })[]> {
  if (participationIds.length === 0) return []
  const rows = await items(reader)
    .innerJoin('tasks.participation_item as s', 's.item_id', 'i.id')
    .innerJoin('tasks.participation as m', (join) =>
      join.onRef('m.id', '=', 's.participation_id').onRef('m.item_set', '=', 's.set_number'),
    )
    .select('s.participation_id as participationId')
    .where('s.participation_id', 'in', [...participationIds])
    .orderBy('s.participation_id')
    .orderBy('s.ordinal')
    .execute()
  return withBases(reader, rows)
}

/** Items by id, in the order asked for, as one might bring them in. */
export async function itemsById(reader: Reader, ids: readonly string[]): Promise<readonly ItemRef[]> {
  if (ids.length === 0) return []
  const rows = await items(reader)
    .where('i.id', 'in', [...ids])
    .execute()
  const order = new Map(ids.map((id, at) => [id, at]))
  return withBases(
    reader,
    rows.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
  )
}

/** Writes sets of items, all in one statement. */
export async function insertItems(
  writer: Writer,
  sets: readonly {
    readonly participationId: string
    readonly set: number
    readonly itemIds: readonly string[]
  }[],
): Promise<void> {
  const values = sets.flatMap(({ participationId, set, itemIds }) =>
    itemIds.map((itemId, at) => ({
      participation_id: participationId,
      set_number: set,
      ordinal: at + 1,
      item_id: itemId,
    })),
  )
  if (values.length > 0) await writer.insertInto('tasks.participation_item').values(values).execute()
}

async function withBases<T extends { readonly id: string }>(reader: Reader, rows: readonly T[]) {
  const ids = [...new Set(rows.map(({ id }) => id))]
  const bases = grouped(await basesOf(reader, ids), ({ itemId }) => itemId)
  return rows.map((row) => ({ ...row, bases: bases.get(row.id) ?? [] }))
}

function items(reader: Reader) {
  return reader
    .selectFrom('registers.inspection_item as i')
    .select(['i.id', 'i.code', 'i.name', 'i.tier', 'i.object', 'i.scope', 'i.methods', 'i.state'])
    .select(['i.sub_item as subItem', 'i.authority_id as authorityId', 'i.is_random as isRandom'])
    .select(['i.ratio_floor as ratioFloor', 'i.ratio_cap as ratioCap'])
    .select(['i.method_requirement as methodRequirement', 'i.implementing_levels as implementingLevels'])
    .select(['i.effective_from as effectiveFrom', 'i.effective_until as effectiveUntil'])
    .select(sql<AppliesTo>`i.applies_to`.as('appliesTo'))
}
