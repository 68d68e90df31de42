import { type Static, Type } from 'typebox'
import { Can, Day, Id, Name, OrNull, Shape, Version } from '../platform/http/shapes.ts'

const name = Name(100, '名称，如“综合行政执法大队”“信用监管股”')
const parentId = Type.String({ format: 'uuid', description: '所属单位；科室须有，单位没有' })

export const Unit = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  parentId: OrNull(Id),
  parentName: OrNull(Type.String()),
  name: Type.String(),
  closedOn: OrNull(Day),
  can: Can('edit', 'close'),
})
export type Unit = Static<typeof Unit>

export const UnitList = Shape({ items: Type.Array(Unit) })

export const NewUnit = Type.Object(
  { name, parentId: Type.Optional(parentId) },
  { additionalProperties: false },
)
export type NewUnit = Static<typeof NewUnit>

export const UnitEdit = Type.Object(
  { name: Type.Optional(name), parentId: Type.Optional(OrNull(parentId)) },
  { additionalProperties: false, minProperties: 1 },
)
export type UnitEdit = Static<typeof UnitEdit>
