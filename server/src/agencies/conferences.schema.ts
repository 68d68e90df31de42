import { type Static, Type } from 'typebox'
import { PageQuery } from '../platform/http/pages.ts'
import { Can, Day, DivisionCode, Id, Name, OrNull, PageOf, Shape, Version } from '../platform/http/shapes.ts'

const post = Type.Enum(['head', 'deputyHead', 'member'], { description: '组长、副组长、成员' })
const name = Name(100, '名称，如“青石县‘双随机、一公开’监管联席会议”', 2)
const officeAuthorityId = Type.String({ format: 'uuid', description: '联席会议办公室所在部门' })
const oversightAuthorityId = Type.String({ format: 'uuid', description: '监督指导的部门，如司法局' })
const leadingGroup = Type.Array(Type.Object({ personId: Id, post }, { additionalProperties: false }), {
  maxItems: 100,
  description: '领导小组现任全体；不在其中的即为离任',
})

const Member = Shape({
  authorityId: Id,
  authorityName: Type.String(),
  responsibleDeputyId: Id,
  responsibleDeputyName: Type.String({ description: '分管同志' }),
  joinedOn: Day,
  leftOn: OrNull(Day),
})

const GroupMember = Shape({
  personId: Id,
  name: Type.String(),
  authorityName: Type.String(),
  post,
  joinedOn: Day,
  leftOn: OrNull(Day),
})

export const Conference = Shape({
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  name: Type.String(),
  officeAuthorityId: Id,
  officeAuthorityName: Type.String(),
  oversightAuthorityId: OrNull(Id),
  oversightAuthorityName: OrNull(Type.String()),
  members: Type.Array(Member, { description: '成员单位，包括已退出的' }),
  leadingGroup: Type.Array(GroupMember, { description: '领导小组，包括已离任的' }),
  can: Can('edit', 'editMembers'),
})
export type Conference = Static<typeof Conference>

export const ConferencePage = Shape({ ...PageOf(Conference).properties, can: Can('create') })
export const ConferenceQuery = Type.Object(PageQuery, { additionalProperties: false })

export const NewConference = Type.Object(
  {
    divisionCode: DivisionCode,
    name,
    officeAuthorityId,
    oversightAuthorityId: Type.Optional(oversightAuthorityId),
    leadingGroup: Type.Optional(leadingGroup),
  },
  { additionalProperties: false },
)
export type NewConference = Static<typeof NewConference>

export const ConferenceEdit = Type.Object(
  {
    name: Type.Optional(name),
    officeAuthorityId: Type.Optional(officeAuthorityId),
    oversightAuthorityId: Type.Optional(OrNull(oversightAuthorityId)),
    leadingGroup: Type.Optional(leadingGroup),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type ConferenceEdit = Static<typeof ConferenceEdit>

export const ByMember = Type.Object({ id: Id, authorityId: Id }, { additionalProperties: false })
export const MemberBody = Type.Object(
  { responsibleDeputyId: Type.String({ format: 'uuid', description: '分管同志，须为该部门人员' }) },
  { additionalProperties: false },
)
