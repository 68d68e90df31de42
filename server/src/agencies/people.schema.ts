import { type Static, Type } from 'typebox'
import { PageQuery } from '../platform/http/pages.ts'
import { Can, Day, Id, Name, OrNull, PageOf, Shape, Sought, Version } from '../platform/http/shapes.ts'

const name = Name(60, '姓名')
const staffNumber = Name(40, '工号；同名人员靠它区分')
const post = Name(60, '职务')
const unitId = Type.String({ format: 'uuid', description: '所在单位或科室' })
const mobile = Type.String({ pattern: '^1[0-9]{10}$', description: '手机号；加密保存，只显示为 138****0000' })

export const Person = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String(),
  unitId: OrNull(Id),
  unitName: OrNull(Type.String({ description: '单位；有科室的为“单位/科室”' })),
  name: Type.String(),
  staffNumber: OrNull(Type.String()),
  post: OrNull(Type.String()),
  mobile: OrNull(Type.String({ description: '遮盖后的手机号' })),
  leftOn: OrNull(Day),
  can: Can('edit', 'transfer', 'leave', 'revealMobile', 'grant'),
})
export type Person = Static<typeof Person>

export const PersonPage = PageOf(Person)

export const PersonQuery = Type.Object(
  {
    authority: Type.Optional(Id),
    unit: Type.Optional(Type.String({ format: 'uuid', description: '单位及其科室' })),
    q: Sought,
    left: Type.Optional(Type.Boolean({ default: false, description: '是否包括已离开的人员' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewPerson = Type.Object(
  {
    authorityId: Id,
    unitId: Type.Optional(unitId),
    name,
    staffNumber: Type.Optional(staffNumber),
    post: Type.Optional(post),
    mobile: Type.Optional(mobile),
  },
  { additionalProperties: false },
)

export const PersonEdit = Type.Object(
  {
    unitId: Type.Optional(OrNull(unitId)),
    name: Type.Optional(name),
    staffNumber: Type.Optional(OrNull(staffNumber)),
    post: Type.Optional(OrNull(post)),
    mobile: Type.Optional(OrNull(mobile)),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type PersonEdit = Static<typeof PersonEdit>

export const Transfer = Type.Object(
  { authorityId: Id, unitId: Type.Optional(unitId) },
  { additionalProperties: false },
)

export const Departure = Type.Object({ leftOn: Day }, { additionalProperties: false })

export const MobileReveal = Type.Object(
  { purpose: Type.Optional(Type.String({ maxLength: 500, description: '用途；没有用途不予显示' })) },
  { additionalProperties: false },
)

export const RevealedMobile = Shape({ mobile: Type.String() })
