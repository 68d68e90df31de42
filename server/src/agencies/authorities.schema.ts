import { type Static, Type } from 'typebox'
import { PageQuery } from '../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Name,
  OrNull,
  PageOf,
  Shape,
  Sought,
  Version,
} from '../platform/http/shapes.ts'

const name = Name(100, '全称，如“青石县市场监督管理局”', 2)
const shortName = Name(40, '简称，如“市场监管局”')
const superiorId = Type.String({ format: 'uuid', description: '上级主管部门' })
const inspects = Type.Boolean({ description: '是否为检查主体（可以开展检查）' })

export const Authority = Shape({
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  name: Type.String(),
  shortName: Type.String(),
  superiorId: OrNull(Id),
  superiorName: OrNull(Type.String()),
  inspects: Type.Boolean(),
  closedOn: OrNull(Day),
  can: Can('edit', 'close', 'addUnit', 'addPerson'),
})
export type Authority = Static<typeof Authority>

export const AuthorityPage = Shape({ ...PageOf(Authority).properties, can: Can('create') })

export const AuthorityQuery = Type.Object(
  {
    division: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', description: '本级及以下' })),
    q: Sought,
    closed: Type.Optional(Type.Boolean({ default: false, description: '是否包括已撤销的部门' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewAuthority = Type.Object(
  { divisionCode: DivisionCode, name, shortName, superiorId: Type.Optional(superiorId), inspects },
  { additionalProperties: false },
)
export type NewAuthority = Static<typeof NewAuthority>

export const AuthorityEdit = Type.Object(
  {
    name: Type.Optional(name),
    shortName: Type.Optional(shortName),
    superiorId: Type.Optional(OrNull(superiorId)),
    inspects: Type.Optional(inspects),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type AuthorityEdit = Static<typeof AuthorityEdit>

export const Closure = Type.Object({ closedOn: Day }, { additionalProperties: false })
