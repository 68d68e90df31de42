import { type Static, Type } from 'typebox'
import { Day, Id, Name, OrNull, Reason, Shape, Version } from '../../platform/http/shapes.ts'
import { AuthorityName, MaybeText, Words } from './shapes.ts'

export const Licence = Shape({
  id: Id,
  version: Version,
  kind: Type.String(),
  number: Type.String(),
  authority: AuthorityName,
  scope: MaybeText,
  validFrom: OrNull(Day),
  validUntil: OrNull(Day),
  revokedOn: OrNull(Day),
})
export type Licence = Static<typeof Licence>

const validFrom = Day
const validUntil = Type.String({ format: 'date', description: '有效期止；长期的不填' })
const scope = Words(2000, '许可范围')

export const NewLicence = Type.Object(
  {
    kind: Name(100, '许可种类，如 食品经营许可证'),
    number: Name(100, '许可证编号'),
    authorityId: Type.String({ format: 'uuid', description: '发证部门；随之成为监管部门' }),
    scope: Type.Optional(scope),
    validFrom: Type.Optional(validFrom),
    validUntil: Type.Optional(validUntil),
  },
  { additionalProperties: false },
)

export const LicenceEdit = Type.Object(
  {
    scope: Type.Optional(OrNull(scope)),
    validFrom: Type.Optional(OrNull(validFrom)),
    validUntil: Type.Optional(OrNull(validUntil)),
  },
  { additionalProperties: false, minProperties: 1 },
)

export const LicenceRevocation = Type.Object(
  { revokedOn: Day, reason: Reason('理由：注销、吊销、撤销或到期') },
  { additionalProperties: false },
)
