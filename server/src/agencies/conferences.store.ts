// 联席会议: every statement about conferences, their members and leading groups.

import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import type { ConferenceEdit, NewConference } from './conferences.schema.ts'
import type { GroupSeat } from './conferences.rules.ts'

/** By division, one more than the limit; `after` is the last division code of the page before. */
export function listConferences(
  reader: Reader,
  reach: Reach,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
) {
  return shown(reader, reach)
    .$if(after !== undefined, (query) => query.where('c.division_code', '>', after!))
    .orderBy('c.division_code')
    .limit(limit + 1)
    .execute()
}

export type ConferenceRow = Awaited<ReturnType<typeof listConferences>>[number]

/** A conference. */
export function findConference(reader: Reader, reach: Reach, id: string): Promise<ConferenceRow | undefined> {
  return shown(reader, reach).where('c.id', '=', id).executeTakeFirst()
}

/** A conference that nobody else changes until the transaction ends. */
export function lockConference(writer: Writer, reach: Reach, id: string): Promise<ConferenceRow | undefined> {
  return shown(writer, reach).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
}

/** Members of conferences, former ones too, by authority, the present one first. */
export function membersOf(reader: Reader, conferenceIds: readonly string[]) {
  return reader
    .selectFrom('agencies.conference_member as m')
    .innerJoin('agencies.authority as a', 'a.id', 'm.authority_id')
    .innerJoin('agencies.person as p', 'p.id', 'm.responsible_deputy_id')
    .select(['m.conference_id as conferenceId', 'm.authority_id as authorityId', 'a.name as authorityName'])
    .select(['m.responsible_deputy_id as responsibleDeputyId', 'p.name as responsibleDeputyName'])
    .select(['m.joined_on as joinedOn', 'm.left_on as leftOn'])
    .where('m.conference_id', 'in', conferenceIds.length === 0 ? [NOBODY] : [...conferenceIds])
    .orderBy('a.name')
    .orderBy('m.left_on', (order) => order.asc().nullsFirst())
    .orderBy('m.id')
    .execute()
}

/** Leading groups of conferences, former members too, by time. */
export function groupsOf(reader: Reader, conferenceIds: readonly string[]) {
  return reader
    .selectFrom('agencies.leading_group_member as l')
    .innerJoin('agencies.person as p', 'p.id', 'l.person_id')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .select([
      'l.conference_id as conferenceId',
      'l.person_id as personId',
      'p.name',
      'a.name as authorityName',
    ])
    .select(['l.post', 'l.joined_on as joinedOn', 'l.left_on as leftOn'])
    .where('l.conference_id', 'in', conferenceIds.length === 0 ? [NOBODY] : [...conferenceIds])
    .orderBy('l.id')
    .execute()
}

export async function insertConference(writer: Writer, id: string, body: NewConference): Promise<void> {
  await writer
    .insertInto('agencies.conference')
    .values({
      id,
      division_code: body.divisionCode,
      name: body.name.normalize('NFC'),
      office_authority_id: body.officeAuthorityId,
      oversight_authority_id: body.oversightAuthorityId ?? null,
    })
    .execute()
}

/** Changes a conference; its version moves on also where only its members or its leading group changed. */
export async function updateConference(writer: Writer, id: string, edit: ConferenceEdit): Promise<void> {
  const { name, officeAuthorityId, oversightAuthorityId } = edit
  await writer
    .updateTable('agencies.conference')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name === undefined ? {} : { name: name.normalize('NFC') }),
      ...(officeAuthorityId === undefined ? {} : { office_authority_id: officeAuthorityId }),
      ...(oversightAuthorityId === undefined ? {} : { oversight_authority_id: oversightAuthorityId }),
    }))
    .where('id', '=', id)
    .execute()
}

/** An authority is no longer a member, or no longer with this deputy. Gives whether it was one. */
export async function endMembership(
  writer: Writer,
  { conferenceId, authorityId, on }: { conferenceId: string; authorityId: string; on: string },
): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable('agencies.conference_member')
    .set((eb) => ({ version: eb('version', '+', 1), left_on: on }))
    .where('conference_id', '=', conferenceId)
    .where('authority_id', '=', authorityId)
    .where('left_on', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function insertMember(
  writer: Writer,
  member: { id: string; conferenceId: string; authorityId: string; responsibleDeputyId: string; on: string },
): Promise<void> {
  await writer
    .insertInto('agencies.conference_member')
    .values({
      id: member.id,
      conference_id: member.conferenceId,
      authority_id: member.authorityId,
      responsible_deputy_id: member.responsibleDeputyId,
      joined_on: member.on,
    })
    .execute()
}

/** Moves people out of and into the leading group of a conference. */
export async function changeGroup(
  writer: Writer,
  conferenceId: string,
  change: {
    readonly leave: readonly string[]
    readonly join: readonly GroupSeat[]
    readonly on: string
    readonly newId: () => string
  },
): Promise<void> {
  if (change.leave.length > 0)
    await writer
      .updateTable('agencies.leading_group_member')
      .set((eb) => ({ version: eb('version', '+', 1), left_on: change.on }))
      .where('conference_id', '=', conferenceId)
      .where('person_id', 'in', [...change.leave])
      .where('left_on', 'is', null)
      .execute()
  const joining = change.join.map(({ personId, post }) => ({
    id: change.newId(),
    conference_id: conferenceId,
    person_id: personId,
    post,
    joined_on: change.on,
  }))
  if (joining.length > 0) await writer.insertInto('agencies.leading_group_member').values(joining).execute()
}

// `in ()` is not SQL.
const NOBODY = '00000000-0000-0000-0000-000000000000'

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('agencies.conference as c')
    .innerJoin('agencies.division as d', 'd.code', 'c.division_code')
    .innerJoin('agencies.authority as o', 'o.id', 'c.office_authority_id')
    .leftJoin('agencies.authority as s', 's.id', 'c.oversight_authority_id')
    .select(['c.id', 'c.version', 'c.name', 'c.division_code as divisionCode', 'd.name as divisionName'])
    .select(['c.office_authority_id as officeAuthorityId', 'o.name as officeAuthorityName'])
    .select(['c.oversight_authority_id as oversightAuthorityId', 's.name as oversightAuthorityName'])
    .where(within(reach, { authority: 'c.office_authority_id', division: 'c.division_code' }))
}
