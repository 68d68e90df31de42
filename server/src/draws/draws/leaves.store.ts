// Places of leaves, and the leaves beside a draw's own that its proofs need. Asks for no reach: the log is public.

import { sql } from 'kysely'
import { eventValuesName } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'

/** Which place each leaf has in the log; those that have none yet are left out. */
export async function indexesOf(
  reader: Reader,
  leafIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('log.sequence')
    .select(['leaf_id as id', 'leaf_index as index'])
    .where(sql<boolean>`leaf_id = any(${[...leafIds]}::bigint[])`)
    .execute()
  return new Map(rows.map(({ id, index }) => [String(id), index]))
}

/** The plan entry's leaf, that of the authority's commitment before this one, and those that ended what this one supersedes. */
export async function leavesBeside(reader: Reader, drawId: string, planLeaf: string | null) {
  const rows = await reader
    .selectFrom('draws.leaf as l')
    .innerJoin('draws.draw as o', 'o.id', 'l.draw_id')
    .innerJoin('draws.draw as d', (join) => join.on('d.id', '=', drawId))
    .select(['l.id', 'l.body'])
    .where((eb) =>
      eb.or([
        eb('l.id', '=', Number(planLeaf ?? 0)),
        eb.and([
          eb('l.type', '=', 'commit'),
          eb('o.lead_authority_id', '=', eb.ref('d.lead_authority_id')),
          sql<boolean>`o.seq = d.seq - 1`,
        ]),
        eb.and([eb('o.id', '=', eb.ref('d.supersedes_id')), eb('l.type', 'in', ['commit', 'void', 'cert'])]),
      ]),
    )
    .orderBy('l.id')
    .execute()
  return rows.map(({ id, body }) => ({ id: String(id), body }))
}

/** The records of values that people read, each with the file of the bundle that repeats it. */
export async function recordsOf(
  reader: Reader,
  drawId: string,
): Promise<readonly { readonly leafId: string; readonly of: string }[]> {
  const rows = await reader
    .selectFrom('draws.leaf as l')
    .innerJoin('draws.source_value as v', (join) =>
      join.onRef('v.draw_id', '=', 'l.draw_id').onRef('v.record_hash', '=', 'l.hash'),
    )
    .select(['l.id', 'v.event_n as n'])
    .where('l.draw_id', '=', drawId)
    .where('l.type', '=', 'record')
    .execute()
  return rows.map(({ id, n }) => ({
    leafId: String(id),
    of: n === 0 ? 'certificate.json' : eventValuesName(n),
  }))
}

/** Which place each leaf has, and how many witnesses have cosigned a checkpoint over it: the most that any checkpoint has. */
export async function witnessedOf(
  reader: Reader,
  leafIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly index: number; readonly witnesses: number }>> {
  const rows = await reader
    .selectFrom('log.sequence as s')
    .select(['s.leaf_id as id', 's.leaf_index as index'])
    .select((eb) =>
      eb
        .selectFrom('log.cosignature as c')
        .select(({ fn }) => fn.count<number>('c.witness').distinct().as('witnesses'))
        .where('c.size', '>', eb.ref('s.leaf_index'))
        .as('witnesses'),
    )
    .where(sql<boolean>`s.leaf_id = any(${[...leafIds]}::bigint[])`)
    .execute()
  return new Map(rows.map(({ id, index, witnesses }) => [String(id), { index, witnesses: witnesses ?? 0 }]))
}
