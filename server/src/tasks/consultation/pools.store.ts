// 备选库: every statement about whom authorities name for the draw of a task. For rules and the draw: no reach.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { PoolMember } from './shapes.ts'

/** The present pools of participations, by name. */
export async function poolsOf(
  reader: Reader,
  participationIds: readonly string[],
): Promise<readonly (PoolMember & { readonly participationId: string })[]> {
  if (participationIds.length === 0) return []
  return inspectors(reader)
    .innerJoin('tasks.pool_member as s', 's.inspector_id', 'i.id')
    .innerJoin('tasks.participation as m', (join) =>
      join.onRef('m.id', '=', 's.participation_id').onRef('m.pool_set', '=', 's.set_number'),
    )
    .select(['s.participation_id as participationId', 's.classes'])
    .where('s.participation_id', 'in', [...participationIds])
    .orderBy('s.participation_id')
    .orderBy('i.initials')
    .orderBy('i.id')
    .execute()
}

/** Inspectors as one might name them. */
export async function inspectorsById(reader: Reader, ids: readonly string[]): Promise<readonly PoolMember[]> {
  if (ids.length === 0) return []
  const rows = await inspectors(reader)
    .where('i.id', 'in', [...ids])
    .execute()
  return rows.map((row) => ({ ...row, classes: [] }))
}

/** Somebody whom an authority might name. */
export interface Candidate extends PoolMember {
  readonly specialisms: readonly string[]
}

/** Whom an authority might name: all of its register who have not left, by name. */
export async function inspectorsOf(reader: Reader, authorityId: string): Promise<readonly Candidate[]> {
  const rows = await inspectors(reader)
    .where('i.authority_id', '=', authorityId)
    .where('i.state', '<>', 'left')
    .orderBy('i.initials')
    .orderBy('i.id')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ ...row, classes: [] }))
}

/** Writes a pool, in one statement. */
export async function insertPool(
  writer: Writer,
  pool: {
    readonly participationId: string
    readonly set: number
    readonly members: readonly { readonly inspectorId: string; readonly classes: readonly string[] }[]
  },
): Promise<void> {
  if (pool.members.length === 0) return
  const values = pool.members.map(({ inspectorId, classes }) => ({
    participation_id: pool.participationId,
    set_number: pool.set,
    inspector_id: inspectorId,
    classes: [...new Set(classes.map((each) => each.normalize('NFC')))],
  }))
  await writer.insertInto('tasks.pool_member').values(values).execute()
}

/** How many declarations in force on a day (YYYY-MM-DD) stand against inspectors: their number, never what they say. */
export async function declaredBy(
  reader: Reader,
  inspectorIds: readonly string[],
  onDay: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly id: string; readonly count: number }>`
    select i.id, count(*)::int as count
      from registers.inspector i join registers.declaration d on d.person_id = i.person_id
     where i.id = any(${[...inspectorIds]}::uuid[]) and d.withdrawn_at is null
       and (d.from_on is null or d.from_on <= ${onDay}::date) and (d.until_on is null or d.until_on >= ${onDay}::date)
     group by i.id`.execute(reader)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

// More than any authority of a county has; a pool is chosen on one screen.
const MOST = 2000

function inspectors(reader: Reader) {
  return reader
    .selectFrom('registers.inspector as i')
    .innerJoin('agencies.person as p', 'p.id', 'i.person_id')
    .leftJoin('agencies.unit as u', (join) =>
      join.onRef('u.id', '=', 'p.unit_id').onRef('u.authority_id', '=', 'i.authority_id'),
    )
    .select(['i.id as inspectorId', 'i.person_id as personId', 'p.name', 'u.name as unitName'])
    .select(['i.authority_id as authorityId', 'i.division_code as divisionCode', 'i.category', 'i.state'])
    .select(['i.warrant_number as warrantNumber', 'i.warrant_from as warrantFrom'])
    .select(['i.warrant_until as warrantUntil', 'i.specialisms'])
    .select(
      sql<
        PoolMember['leaves']
      >`(select coalesce(jsonb_agg(jsonb_build_object('from', l.from_on, 'until', l.until_on)
        order by l.from_on), '[]') from registers.inspector_leave l
        where l.inspector_id = i.id and l.withdrawn_at is null)`.as('leaves'),
    )
}
