import { type Static, Type } from 'typebox'
import { Day, Id, Name, OrNull, Shape, Version } from '../../platform/http/shapes.ts'
import { MaybeText, Township } from './shapes.ts'

export const Premises = Shape({
  id: Id,
  version: Version,
  name: MaybeText,
  address: Type.String(),
  townshipCode: MaybeText,
  openedOn: OrNull(Day),
  closedOn: OrNull(Day),
})
export type Premises = Static<typeof Premises>

const name = Name(200, '场所名称')
const address = Name(500, '地址')

export const NewPremises = Type.Object(
  {
    name: Type.Optional(name),
    address,
    townshipCode: Type.Optional(Township),
    openedOn: Type.Optional(Day),
  },
  { additionalProperties: false },
)

export const PremisesEdit = Type.Object(
  {
    name: Type.Optional(OrNull(name)),
    address: Type.Optional(address),
    townshipCode: Type.Optional(OrNull(Township)),
    openedOn: Type.Optional(OrNull(Day)),
  },
  { additionalProperties: false, minProperties: 1 },
)

export const PremisesClosure = Type.Object({ closedOn: Day }, { additionalProperties: false })
