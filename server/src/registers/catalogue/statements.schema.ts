import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Shape,
  Version,
  Why,
} from '../../platform/http/shapes.ts'
import { Words } from './shapes.ts'

const STATES = ['submitted', 'received', 'returned'] as const
const state = Type.Enum([...STATES], { description: '已报送、已签收、已退回' })
const reportedTo = OrNull(Type.String({ description: '报送机关代码，见 bodies；无规定的为空' }))

const UnsuitableItem = Shape({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  subItem: OrNull(Type.String()),
  object: Type.String(),
  reason: Type.String({ description: '不适宜双随机的理由' }),
  bases: Type.Array(Type.String()),
})

export const UnsuitableStatement = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String(),
  reportedTo,
  receiver: OrNull(Named),
  explanation: Type.String(),
  items: Type.Array(UnsuitableItem, { description: '报送当日清单中未列入双随机的事项；此后不变' }),
  submittedBy: Named,
  submittedOn: Day,
  dueOn: OrNull(Day),
  isLate: Type.Boolean({ description: '报送迟于规定的日期' }),
  state,
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  returnReason: OrNull(Type.String()),
  can: Can('receive', 'return'),
})
export type UnsuitableStatement = Static<typeof UnsuitableStatement>

export const UnsuitableStatementPage = Shape({
  ...PageOf(UnsuitableStatement).properties,
  can: Can('create'),
})

export const UnsuitableStatementQuery = Type.Object(
  { authority: Type.Optional(Id), state: Type.Optional(state), ...PageQuery },
  { additionalProperties: false },
)

export const PreviewQuery = Type.Object({ authority: Id }, { additionalProperties: false })

/** What would be submitted today. */
export const StatementPreview = Shape({
  authorityId: Id,
  authorityName: Type.String(),
  reportedTo,
  receiver: OrNull(Named),
  items: Type.Array(UnsuitableItem),
  dueOn: OrNull(Day),
  can: Shape({ submit: Why }),
})

export const NewStatement = Type.Object(
  { authorityId: Id, explanation: Words(2000, '总体说明', 2) },
  { additionalProperties: false },
)
