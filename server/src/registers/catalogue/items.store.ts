// 抽查事项: every statement about items and their legal basis.

import { sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import type { AppliesTo } from './items.schema.ts'

/** Which items are asked for; `after` is the code and id of the last of the page before. */
export interface ItemFilter {
  readonly q?: string | undefined
  readonly authority?: string | undefined
  readonly division?: string | undefined
  readonly state?: string | undefined
  readonly field?: string | undefined
  readonly tier?: string | undefined
  readonly random?: boolean | undefined
  readonly citation?: string | undefined
  /** Only those whose first day has come: the public is told what is in force. */
  readonly begun?: true
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** By code, one more than the limit. `today` as YYYY-MM-DD. */
export function listItems(reader: Reader, reach: Reach, today: string, filter: ItemFilter) {
  const { q, authority, division, state, field, tier, random, citation, begun, after, limit } = filter
  return shown(reader, reach, today)
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('i.name', 'like', containing(q!)),
          eb('i.sub_item', 'like', containing(q!)),
          eb('i.object', 'like', containing(q!)),
          eb('i.code', '=', q!.normalize('NFC')),
        ]),
      ),
    )
    .$if(authority !== undefined, (query) => query.where('i.authority_id', '=', authority!))
    .$if(division !== undefined, (query) =>
      query.where('i.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(state !== undefined, (query) => query.where(stateOn(today), '=', state!))
    .$if(state === undefined, (query) => query.where('i.state', '<>', 'discarded'))
    .$if(field !== undefined, (query) => query.where('i.field', '=', field!))
    .$if(tier !== undefined, (query) => query.where('i.tier', '=', tier!))
    .$if(random !== undefined, (query) => query.where('i.is_random', '=', random!))
    .$if(begun === true, (query) => query.where('i.effective_from', '<=', today))
    .$if(citation !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from registers.item_basis b
          where b.citation_id = ${citation} and b.item_id = i.id and b.set_number = i.basis_set)`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('i.code', 'i.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('i.code')
    .orderBy('i.id')
    .limit(limit + 1)
    .execute()
}

export type ItemRow = Awaited<ReturnType<typeof listItems>>[number]

/** An item. */
export function findItem(
  reader: Reader,
  reach: Reach,
  today: string,
  id: string,
): Promise<ItemRow | undefined> {
  return shown(reader, reach, today).where('i.id', '=', id).executeTakeFirst()
}

/** Items by id, as far as they are within reach. */
export function findItems(
  reader: Reader,
  reach: Reach,
  today: string,
  ids: readonly string[],
): Promise<readonly ItemRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return shown(reader, reach, today)
    .where('i.id', 'in', [...ids])
    .execute()
}

/** Nobody else changes or decides on the item until the transaction ends. */
export async function lockItem(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('registers.inspection_item').select('id').where('id', '=', id).forUpdate().execute()
}

/** The legal basis of items as it stands, in order, with the citations. */
export function basesOf(reader: Reader, itemIds: readonly string[]) {
  return reader
    .selectFrom('registers.item_basis as b')
    .innerJoin('registers.inspection_item as i', (join) =>
      join.onRef('i.id', '=', 'b.item_id').onRef('i.basis_set', '=', 'b.set_number'),
    )
    .innerJoin('registers.citation as c', 'c.id', 'b.citation_id')
    .select(['b.item_id as itemId', 'b.citation_id as citationId', 'b.article', 'b.phrase'])
    .select(['c.title', 'c.doubtful', 'c.document_number as documentNumber'])
    .select([
      'c.in_force_from as inForceFrom',
      'c.in_force_until as inForceUntil',
      'c.repealed_by as repealedById',
    ])
    .where('b.item_id', 'in', itemIds.length === 0 ? [NOTHING] : [...itemIds])
    .orderBy('b.ordinal')
    .execute()
}

export type BasisRow = Awaited<ReturnType<typeof basesOf>>[number]

/** Open items of one authority by code, the newest first. */
export function byCodes(reader: Reader, authorityId: string, codes: readonly string[]) {
  return reader
    .selectFrom('registers.inspection_item as i')
    .select([
      'i.id',
      'i.code',
      'i.state',
      'i.name',
      'i.object',
      'i.scope',
      'i.field',
      'i.tier',
      'i.frequency',
    ])
    .select(['i.methods', 'i.note', 'i.sub_item as subItem', 'i.is_random as isRandom'])
    .select([
      'i.not_random_reason as notRandomReason',
      'i.ratio_floor as ratioFloor',
      'i.ratio_cap as ratioCap',
      'i.ratio_note as ratioNote',
      'i.effective_from as effectiveFrom',
      'i.effective_until as effectiveUntil',
    ])
    .where('i.authority_id', '=', authorityId)
    .where('i.code', 'in', codes.length === 0 ? [''] : [...codes])
    .where('i.state', 'in', ['draft', 'proposed', 'effective'])
    .orderBy('i.id', 'desc')
    .execute()
}

/** The same, and nobody else changes them until the transaction ends. */
export async function lockByCodes(writer: Writer, authorityId: string, codes: readonly string[]) {
  await writer
    .selectFrom('registers.inspection_item')
    .select('id')
    .where('authority_id', '=', authorityId)
    .where('code', 'in', codes.length === 0 ? [''] : [...codes])
    .where('state', 'in', ['draft', 'proposed', 'effective'])
    .forUpdate()
    .execute()
  return byCodes(writer, authorityId, codes)
}

/** Those of the ids that are drafts, locked. */
export async function lockDrafts(writer: Writer, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await writer
    .selectFrom('registers.inspection_item')
    .select('id')
    .where('id', 'in', ids.length === 0 ? [NOTHING] : [...ids])
    .where('state', '=', 'draft')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

/** The state of the item `i` on a day (YYYY-MM-DD): one whose last day has passed is ended, whoever wrote that down. */
export function stateOn(today: string) {
  return sql<string>`case when i.state = 'effective' and i.effective_until < ${today}::date then 'ended' else i.state end`
}

// `in ()` is not SQL.
const NOTHING = '00000000-0000-0000-0000-000000000000'

function shown(reader: Reader, reach: Reach, today: string) {
  return reader
    .selectFrom('registers.inspection_item as i')
    .innerJoin('agencies.authority as a', 'a.id', 'i.authority_id')
    .innerJoin('agencies.division as d', 'd.code', 'i.division_code')
    .leftJoin('agencies.person as p', 'p.id', 'i.proposed_by')
    .leftJoin('agencies.person as q', 'q.id', 'i.decided_by')
    .select([
      'i.id',
      'i.version',
      'i.code',
      'i.name',
      'i.object',
      'i.scope',
      'i.field',
      'i.tier',
      'i.frequency',
    ])
    .select(['i.methods', 'i.note', 'i.revises', 'a.name as authorityName', 'd.name as divisionName'])
    .select([
      'i.authority_id as authorityId',
      'i.division_code as divisionCode',
      'i.sub_item as subItem',
      'i.is_random as isRandom',
      'i.not_random_reason as notRandomReason',
      'i.ratio_floor as ratioFloor',
      'i.ratio_cap as ratioCap',
      'i.ratio_note as ratioNote',
      'i.by_batches as byBatches',
      'i.method_requirement as methodRequirement',
      'i.implementing_levels as implementingLevels',
      'i.inspector_categories as inspectorCategories',
      'i.inspector_qualifications as inspectorQualifications',
      'i.effective_from as effectiveFrom',
      'i.effective_until as effectiveUntil',
      'i.proposed_by as proposedById',
      'p.name as proposedByName',
      'i.proposed_at as proposedAt',
      'i.decided_by as decidedById',
      'q.name as decidedByName',
      'i.decided_at as decidedAt',
      'i.decision_note as decisionNote',
      'i.end_reason as endReason',
    ])
    .select([
      stateOn(today).as('state'),
      sql<AppliesTo>`i.applies_to`.as('appliesTo'),
      sql<number>`(select count(*)::int from registers.checklist k where k.item_id = i.id)`.as(
        'checklistCount',
      ),
    ])
    .where(within(reach, { authority: 'i.authority_id', division: 'i.division_code' }))
}
