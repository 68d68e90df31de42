// 所属单位 and 科室: every statement about units.

import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { containing } from '../platform/database/like.ts'
import type { NewUnit, UnitEdit } from './units.schema.ts'

/** The units of an authority, each before its sections. */
export function listUnits(reader: Reader, reach: Reach, authorityId: string) {
  return shown(reader, reach)
    .where('u.authority_id', '=', authorityId)
    .orderBy(sql`coalesce(o.name, u.name)`)
    .orderBy(sql`coalesce(o.id, u.id)`)
    .orderBy(sql`u.parent_id is not null`)
    .orderBy('u.name')
    .execute()
}

export type UnitRow = Awaited<ReturnType<typeof listUnits>>[number]

/** A unit. */
export function findUnit(reader: Reader, reach: Reach, id: string): Promise<UnitRow | undefined> {
  return shown(reader, reach).where('u.id', '=', id).executeTakeFirst()
}

/** A unit that nobody else changes until the transaction ends, and into which nothing new is put. */
export function lockUnit(writer: Writer, reach: Reach, id: string): Promise<UnitRow | undefined> {
  return shown(writer, reach).where('u.id', '=', id).forUpdate('u').executeTakeFirst()
}

/** A unit that nobody closes until the transaction ends. */
export function holdUnit(writer: Writer, reach: Reach, id: string): Promise<UnitRow | undefined> {
  return shown(writer, reach).where('u.id', '=', id).forShare('u').executeTakeFirst()
}

/** Open units whose name contains a text, with their authorities. */
export function searchUnits(reader: Reader, reach: Reach, text: string, limit: number) {
  return shown(reader, reach)
    .select('a.name as authorityName')
    .where('u.closed_on', 'is', null)
    .where('u.name', 'like', containing(text))
    .orderBy('u.name')
    .orderBy('u.id')
    .limit(limit)
    .execute()
}

export async function insertUnit(
  writer: Writer,
  unit: NewUnit & { readonly id: string; readonly authorityId: string },
): Promise<void> {
  await writer
    .insertInto('agencies.unit')
    .values({
      id: unit.id,
      authority_id: unit.authorityId,
      parent_id: unit.parentId ?? null,
      name: unit.name.normalize('NFC'),
    })
    .execute()
}

export async function updateUnit(
  writer: Writer,
  id: string,
  { name, parentId, closedOn }: UnitEdit & { readonly closedOn?: string },
): Promise<void> {
  await writer
    .updateTable('agencies.unit')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name === undefined ? {} : { name: name.normalize('NFC') }),
      ...(parentId === undefined ? {} : { parent_id: parentId }),
      ...(closedOn === undefined ? {} : { closed_on: closedOn }),
    }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('agencies.unit as u')
    .innerJoin('agencies.authority as a', 'a.id', 'u.authority_id')
    .leftJoin('agencies.unit as o', 'o.id', 'u.parent_id')
    .select(['u.id', 'u.version', 'u.name', 'o.name as parentName'])
    .select(['u.authority_id as authorityId', 'u.parent_id as parentId', 'u.closed_on as closedOn'])
    .select([
      'a.division_code as divisionCode',
      sql<number>`(select count(*)::int from agencies.unit s where s.parent_id = u.id and s.closed_on is null)`.as(
        'sections',
      ),
      sql<number>`(select count(*)::int from agencies.person p where p.unit_id = u.id and p.left_on is null)`.as(
        'people',
      ),
    ])
    .where(within(reach, { authority: 'a.id', division: 'a.division_code' }))
}
