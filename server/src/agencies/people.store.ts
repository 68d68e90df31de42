// 人员: every statement about people.

import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { stateOn } from './grants.store.ts'
import { isLastAdministrator } from './administrators.store.ts'
import { containing } from '../platform/database/like.ts'

/** Which people are asked for; `after` is the name and id of the last of the page before. */
export interface PersonFilter {
  readonly authority?: string | undefined
  readonly unit?: string | undefined
  readonly q?: string | undefined
  readonly left: boolean
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** What is written of a person; what is left out stays as it is. */
export interface PersonColumns {
  readonly authorityId?: string | undefined
  readonly unitId?: string | null | undefined
  readonly name?: string | undefined
  readonly staffNumber?: string | null | undefined
  readonly post?: string | null | undefined
  readonly mobileCipher?: string | null | undefined
  readonly leftOn?: string | undefined
}

/** One more than the limit, by name. `today` as YYYY-MM-DD. */
export function listPeople(reader: Reader, reach: Reach, today: string, filter: PersonFilter) {
  const { authority, unit, q, left, after, limit } = filter
  return shown(reader, reach, today)
    .$if(!left, (query) => query.where('p.left_on', 'is', null))
    .$if(authority !== undefined, (query) => query.where('p.authority_id', '=', authority!))
    .$if(unit !== undefined, (query) =>
      query.where((eb) => eb.or([eb('u.id', '=', unit!), eb('u.parent_id', '=', unit!)])),
    )
    .$if(q !== undefined, (query) =>
      query.where((eb) => eb.or([eb('p.name', 'like', containing(q!)), eb('p.staff_number', '=', q!)])),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('p.name', 'p.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(limit + 1)
    .execute()
}

export type PersonRow = Awaited<ReturnType<typeof listPeople>>[number]

/** A person. */
export function findPersonRecord(
  reader: Reader,
  reach: Reach,
  today: string,
  id: string,
): Promise<PersonRow | undefined> {
  return shown(reader, reach, today).where('p.id', '=', id).executeTakeFirst()
}

/** Nobody else changes the person, or what he holds, until the transaction ends. */
export async function lockPerson(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('agencies.person').select('id').where('id', '=', id).forUpdate().execute()
}

export async function insertPerson(
  writer: Writer,
  id: string,
  person: PersonColumns & { readonly authorityId: string; readonly name: string },
): Promise<void> {
  await writer
    .insertInto('agencies.person')
    .values({ id, authority_id: person.authorityId, name: person.name, ...columnsOf(person) })
    .execute()
}

export async function updatePerson(writer: Writer, id: string, person: PersonColumns): Promise<void> {
  await writer
    .updateTable('agencies.person')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(person) }))
    .where('id', '=', id)
    .execute()
}

/** Ends what a person holds on `today`: roles (also proposed ones) and his seat in a leading group. */
export async function endWhatHeHeld(
  writer: Writer,
  personId: string,
  end: { readonly by: string; readonly now: Date; readonly today: string },
): Promise<void> {
  await writer
    .updateTable('agencies.role_grant as g')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: 'withdrawn',
      withdrawn_by: end.by,
      withdrawn_at: end.now,
    }))
    .where('g.person_id', '=', personId)
    .where(stateOn(end.today), 'in', ['proposed', 'effective'])
    .execute()
  await writer
    .updateTable('agencies.leading_group_member')
    .set((eb) => ({ version: eb('version', '+', 1), left_on: end.today }))
    .where('person_id', '=', personId)
    .where('left_on', 'is', null)
    .execute()
}

function columnsOf(person: PersonColumns) {
  const { authorityId, unitId, name, staffNumber, post, mobileCipher, leftOn } = person
  return {
    ...(authorityId === undefined ? {} : { authority_id: authorityId }),
    ...(unitId === undefined ? {} : { unit_id: unitId }),
    ...(name === undefined ? {} : { name: name.normalize('NFC') }),
    ...(staffNumber === undefined ? {} : { staff_number: staffNumber?.normalize('NFC') ?? null }),
    ...(post === undefined ? {} : { post: post?.normalize('NFC') ?? null }),
    ...(mobileCipher === undefined ? {} : { mobile_cipher: mobileCipher }),
    ...(leftOn === undefined ? {} : { left_on: leftOn }),
  }
}

function shown(reader: Reader, reach: Reach, today: string) {
  return reader
    .selectFrom('agencies.person as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .leftJoin('agencies.unit as u', 'u.id', 'p.unit_id')
    .leftJoin('agencies.unit as o', 'o.id', 'u.parent_id')
    .select(['p.id', 'p.version', 'p.name', 'p.post', 'a.name as authorityName'])
    .select([
      'p.authority_id as authorityId',
      'p.unit_id as unitId',
      'p.staff_number as staffNumber',
      'p.mobile_cipher as mobileCipher',
      'p.left_on as leftOn',
      'a.division_code as divisionCode',
      'a.closed_on as authorityClosedOn',
    ])
    .select([
      sql<string | null>`concat_ws('/', o.name, u.name)`.as('unitPath'),
      sql<string | null>`(select c.name from agencies.conference_member m
        join agencies.conference c on c.id = m.conference_id
        where m.responsible_deputy_id = p.id and m.left_on is null limit 1)`.as('deputyIn'),
      sql<boolean>`exists (select from agencies.role_grant g
        where g.person_id = p.id and ${isLastAdministrator(today)})`.as('lastAdministrator'),
    ])
    .where(within(reach, { authority: 'a.id', division: 'a.division_code', person: 'p.id' }))
}
