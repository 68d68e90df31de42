import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Day, Id, Name, OrNull, PageOf, Shape, Sought, Version } from '../../platform/http/shapes.ts'
import { Tags } from './inspectors.schema.ts'

const kind = Type.Unsafe<'expert' | 'supportStaff'>(
  Type.String({ enum: ['expert', 'supportStaff'], description: '专家或辅助人员' }),
)
const name = Name(60, '姓名')
const organisation = Name(100, '工作单位')
const qualification = Name(200, '资格、职称')
const fields = Tags('专业领域')
const contact = Type.String({
  pattern: '^[0-9+() -]{5,30}$',
  description: '联系电话；加密保存，只显示遮盖后的',
})

export const TechnicalExpert = Shape({
  id: Id,
  version: Version,
  kind,
  name: Type.String(),
  authorityId: Id,
  authorityName: Type.String(),
  organisation: OrNull(Type.String()),
  fields: Type.Array(Type.String()),
  qualification: OrNull(Type.String()),
  contact: OrNull(Type.String({ description: '遮盖后的联系电话' })),
  endedOn: OrNull(Day),
  can: Can('edit', 'end', 'reveal'),
})
export type TechnicalExpert = Static<typeof TechnicalExpert>

export const TechnicalExpertPage = Shape({ ...PageOf(TechnicalExpert).properties, can: Can('create') })

export const TechnicalExpertQuery = Type.Object(
  {
    authority: Type.Optional(Id),
    kind: Type.Optional(kind),
    field: Type.Optional(Type.String({ maxLength: 40, description: '专业领域' })),
    ended: Type.Optional(Type.Boolean({ default: false, description: '是否包括已离库的' })),
    q: Sought,
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewTechnicalExpert = Type.Object(
  {
    authorityId: Id,
    kind,
    name,
    organisation: Type.Optional(organisation),
    fields: Type.Optional(fields),
    qualification: Type.Optional(qualification),
    contact: Type.Optional(contact),
  },
  { additionalProperties: false },
)

export const TechnicalExpertEdit = Type.Object(
  {
    kind: Type.Optional(kind),
    name: Type.Optional(name),
    organisation: Type.Optional(OrNull(organisation)),
    fields: Type.Optional(fields),
    qualification: Type.Optional(OrNull(qualification)),
    contact: Type.Optional(OrNull(contact)),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type TechnicalExpertEdit = Static<typeof TechnicalExpertEdit>

export const ExpertEnding = Type.Object({ endedOn: Day }, { additionalProperties: false })

export const ContactReveal = Type.Object(
  { purpose: Type.Optional(Type.String({ maxLength: 500, description: '用途；没有用途不予显示' })) },
  { additionalProperties: false },
)
