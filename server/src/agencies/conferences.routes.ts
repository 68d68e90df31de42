import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import { keyOf, pageOf } from '../platform/http/pages.ts'
import { type Context, read, reply, type Route, write, type WriteContext } from '../platform/http/route.ts'
import type { Access } from '../platform/reach.ts'
import { canOf, demand, found } from '../platform/refusal.ts'
import { whyNotIn } from './authorities.rules.ts'
import { holdAuthority } from './authorities.store.ts'
import {
  groupChanges,
  type GroupSeat,
  whyNotDeputy,
  whyNotGroup,
  whyNotPart,
  whyNotSeat,
} from './conferences.rules.ts'
import {
  ByMember,
  Conference,
  ConferenceEdit,
  ConferencePage,
  ConferenceQuery,
  MemberBody,
  NewConference,
} from './conferences.schema.ts'
import {
  changeGroup,
  type ConferenceRow,
  endMembership,
  findConference,
  groupsOf,
  insertConference,
  insertMember,
  listConferences,
  lockConference,
  membersOf,
  updateConference,
} from './conferences.store.ts'
import { findDivision } from './divisions.store.ts'
import { demandVersion } from '../platform/versions.ts'
import { findPersonRecord, lockPerson } from './people.store.ts'
import { seenIn } from './seen.ts'
import { ById } from '../platform/http/shapes.ts'

/** 联席会议: one for each division, with its office, its members and their responsible deputies (REQ-ACT-1 to 3). */
export function conferenceRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/conferences',
      action: 'conference.list',
      summary: '联席会议',
      schema: { query: ConferenceQuery },
      replies: { 200: ConferencePage },
      async handler({ reader, reach, access, query: { limit = 50, after } }) {
        const rows = await listConferences(reader, reach, { limit, after: keyOf(after, ['text'])?.[0] })
        const show = await representing(reader, access, rows)
        const create = access.reachOf('conference.create') ? null : { code: 'not_allowed' }
        return { ...pageOf(rows, limit, { key: (row) => [row.divisionCode], show }), can: { create } }
      },
    }),
    read({
      method: 'GET',
      path: '/conferences/{id}',
      action: 'conference.show',
      summary: '一个联席会议及其成员单位、领导小组，包括以前的',
      schema: { params: ById },
      replies: { 200: Conference },
      handler: ({ reader, access, params: { id } }) => show(reader, access, id),
    }),
    write({
      method: 'POST',
      path: '/conferences',
      action: 'conference.create',
      about: 'conference',
      summary: '设立联席会议；每个区划一个',
      schema: { body: NewConference },
      replies: { 201: Conference },
      async handler(context) {
        const { writer, access, body, id } = context
        demand(access.whyNot('conference.create', { divisionCode: body.divisionCode }), 403)
        demand(whyNotIn(await findDivision(writer, seenIn(access, 'division.show'), body.divisionCode)))
        await demandParts(context, body.divisionCode, body)
        await insertConference(writer, id, body)
        await setGroup(context, id, body.leadingGroup)
        return reply(201, await show(writer, access, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/conferences/{id}',
      action: 'conference.edit',
      about: 'conference',
      summary: '修改联席会议；领导小组整体给出',
      schema: { params: ById, body: ConferenceEdit },
      replies: { 200: Conference },
      ifMatch: true,
      async handler(context) {
        const { writer, access, body, params } = context
        const conference = await lockedConference(context, 'conference.edit')
        await demandParts(context, conference.divisionCode, body)
        await updateConference(writer, params.id, body)
        await setGroup(context, params.id, body.leadingGroup)
        return show(writer, access, params.id)
      },
    }),
    write({
      method: 'PUT',
      path: '/conferences/{id}/members/{authorityId}',
      action: 'conference.setMember',
      about: 'conference',
      summary: '加入成员单位，或更换其分管同志；If-Match 为联席会议的版本',
      schema: { params: ByMember, body: MemberBody },
      replies: { 200: Conference },
      ifMatch: true,
      async handler(context) {
        const { writer, access, body, now, newId, params } = context
        const { id: conferenceId, authorityId } = params
        const conference = await lockedConference(context, 'conference.setMember')
        await demandParts(context, conference.divisionCode, { officeAuthorityId: authorityId })
        demand(whyNotDeputy(await heldPerson(context, body.responsibleDeputyId), authorityId))
        const on = dayOf(now)
        await endMembership(writer, { conferenceId, authorityId, on })
        await insertMember(writer, { id: newId(), conferenceId, authorityId, on, ...body })
        await updateConference(writer, conferenceId, {})
        return show(writer, access, conferenceId)
      },
    }),
    write({
      method: 'DELETE',
      path: '/conferences/{id}/members/{authorityId}',
      action: 'conference.endMember',
      about: 'conference',
      summary: '成员单位退出；曾经是成员的记录保留',
      schema: { params: ByMember },
      replies: { 200: Conference },
      ifMatch: true,
      async handler(context) {
        const { writer, access, now, params } = context
        await lockedConference(context, 'conference.endMember')
        const { id: conferenceId, authorityId } = params
        const was = await endMembership(writer, { conferenceId, authorityId, on: dayOf(now) })
        demand(was ? undefined : { code: 'conference.not_member' })
        await updateConference(writer, conferenceId, {})
        return show(writer, access, conferenceId)
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access' | 'now' | 'newId'>

/** A conference that may be seen, locked, of the version that was read; the act on it must be allowed where it is. */
async function lockedConference(
  { writer, access, version, params }: Writing & Pick<Context, 'version'> & { params: { id: string } },
  action: string,
): Promise<ConferenceRow> {
  const seen = seenIn(access, 'conference.show')
  const conference = found(await lockConference(writer, seen, params.id), 'conference')
  demand(access.whyNot(action, placeOfConference(conference)), 403)
  demandVersion(conference.version, version)
  return conference
}

async function demandParts(
  { writer, access }: Writing,
  divisionCode: string,
  parts: { readonly officeAuthorityId?: string; readonly oversightAuthorityId?: string | null },
): Promise<void> {
  const seen = seenIn(access, 'authority.show')
  for (const id of [parts.officeAuthorityId, parts.oversightAuthorityId])
    if (id) demand(whyNotPart(await holdAuthority(writer, seen, id), divisionCode))
}

async function setGroup(
  context: Writing,
  conferenceId: string,
  wanted: readonly GroupSeat[] | undefined,
): Promise<void> {
  if (!wanted) return
  const { writer, now, newId } = context
  demand(whyNotGroup(wanted))
  const seats = await groupsOf(writer, [conferenceId])
  const change = groupChanges(
    seats.filter(({ leftOn }) => leftOn === null),
    wanted,
  )
  for (const { personId } of change.join) demand(whyNotSeat(await heldPerson(context, personId)))
  await changeGroup(writer, conferenceId, { ...change, on: dayOf(now), newId })
}

/** A person who does not leave before the transaction ends. */
async function heldPerson({ writer, access, now }: Writing, id: string) {
  await lockPerson(writer, id)
  return findPersonRecord(writer, seenIn(access, 'person.show'), dayOf(now), id)
}

function placeOfConference({ officeAuthorityId, divisionCode }: ConferenceRow) {
  return { authorityId: officeAuthorityId, divisionCode }
}

async function show(reader: Reader, access: Access, id: string): Promise<Conference> {
  const row = found(await findConference(reader, seenIn(access, 'conference.show'), id), 'conference')
  return (await representing(reader, access, [row]))(row)
}

/** Gives what represents each of the conferences. */
async function representing(reader: Reader, access: Access, rows: readonly ConferenceRow[]) {
  const ids = rows.map(({ id }) => id)
  const members = await membersOf(reader, ids)
  const seats = await groupsOf(reader, ids)
  return (row: ConferenceRow): Conference => {
    const place = placeOfConference(row)
    const ofThis = <T extends { readonly conferenceId: string }>(all: readonly T[]) =>
      all.filter(({ conferenceId }) => conferenceId === row.id)
    return {
      ...row,
      members: ofThis(members),
      leadingGroup: ofThis(seats) as Conference['leadingGroup'],
      can: {
        edit: canOf(access.whyNot('conference.edit', place)),
        editMembers: canOf(access.whyNot('conference.setMember', place)),
      },
    }
  }
}
