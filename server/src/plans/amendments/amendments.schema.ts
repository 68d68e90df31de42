import { type Static, Type } from 'typebox'
import {
  Can,
  Day,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'
import { LineEdit } from '../lines/lines.schema.ts'
import { AMENDMENT_STATES } from './amendments.rules.ts'

const Op = Type.Enum(['add', 'change', 'end'], { description: '增加、变更、移出' })
const ReasonCode = Type.String({
  pattern: '^[A-Z_]{2,40}$',
  description: '调整理由；代码见 amendment-reasons',
})
const Words = Type.Record(Type.String(), Type.Unknown())

const NewChange = Type.Object(
  {
    op: Op,
    lineId: Type.Optional(Id),
    lineVersion: Type.Optional(Type.Integer({ minimum: 1, description: '拟定时所见的任务版本' })),
    after: Type.Optional(LineEdit),
  },
  { additionalProperties: false },
)
export type NewChange = Static<typeof NewChange>

export const NewAmendment = Type.Object(
  {
    reasonCode: ReasonCode,
    reason: Reason('调整的理由'),
    changes: Type.Array(NewChange, { maxItems: 300 }),
  },
  { additionalProperties: false },
)
export type NewAmendment = Static<typeof NewAmendment>

export const AmendmentEdit = Type.Object(
  { ...Type.Partial(NewAmendment).properties },
  { additionalProperties: false, minProperties: 1 },
)

const Change = Shape({
  op: Op,
  lineId: Id,
  lineVersion: OrNull(Type.Integer()),
  lineNumber: OrNull(Type.Integer()),
  taskName: Type.String(),
  before: OrNull(Words),
  after: OrNull(Words),
})

/** What anybody may read of a published amendment. */
export const amendmentProperties = {
  id: Id,
  number: Type.Integer({ description: '第几次调整' }),
  reasonCode: Type.String(),
  reason: Type.String(),
  publishedOn: OrNull(Day),
  changes: Type.Array(Change, { description: '差异：原来怎样，改为怎样' }),
  names: Type.Record(Type.String(), Type.String(), { description: '差异中的部门、事项各叫什么' }),
}

export const Amendment = Shape({
  ...amendmentProperties,
  version: Version,
  planId: Id,
  planTitle: Type.String(),
  state: Type.Enum([...AMENDMENT_STATES], { description: '草稿、待审核、已公布、未通过、已撤回' }),
  madeBy: OrNull(Named),
  proposedBy: OrNull(Named),
  proposedAt: OrNull(Instant),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: OrNull(Type.String()),
  can: Can('edit', 'propose', 'withdraw', 'reject', 'approve'),
})
export type Amendment = Static<typeof Amendment>

export const AmendmentPage = Shape({ ...PageOf(Amendment).properties, can: Can('create') })
