import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'
import { CHANGE_KINDS } from './changes.rules.ts'
import { MaybeText } from './shapes.ts'

const kind = Type.Enum([...CHANGE_KINDS], { description: '入库、变更、出库、恢复、迁移' })
const state = Type.Enum(['proposed', 'effective', 'rejected', 'withdrawn'], {
  description: '待决定、生效、驳回、撤回',
})
const source = Type.Enum(['hand', 'import', 'push', 'undo'], {
  description: '人工、导入、接口推送、撤销导入',
})

/** One field of a change. Personal numbers appear as `***`: changed, no more. */
const ChangedField = Shape({
  field: Type.String(),
  before: MaybeText,
  after: MaybeText,
})

export const SubjectChange = Shape({
  id: Id,
  version: Version,
  subjectId: Id,
  subjectCode: Type.String(),
  subjectName: Type.String(),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  kind,
  state,
  fields: Type.Array(ChangedField),
  reason: MaybeText,
  source,
  importId: OrNull(Id),
  proposedBy: OrNull(Named),
  proposedAt: Instant,
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: MaybeText,
  returnedAfterDays: OrNull(Type.Integer({ description: '恢复的：出库后几天，在核查期内的' })),
  can: Can('approve', 'reject', 'withdraw'),
})
export type SubjectChange = Static<typeof SubjectChange>

export const SubjectChangePage = PageOf(SubjectChange)

export const SubjectChangeQuery = Type.Object(
  {
    division: Type.Optional(DivisionCode),
    subject: Type.Optional(Id),
    kind: Type.Optional(kind),
    state: Type.Optional(state),
    source: Type.Optional(source),
    returned: Type.Optional(Type.Boolean({ description: '只看出库后在核查期内又恢复的' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const ChangeApproval = Type.Object(
  { note: Type.Optional(Reason('说明')) },
  { additionalProperties: false },
)

/** The whole history of a subject: what happened to it, the newest first. */
export const SubjectHistory = Shape({
  enteredOn: Day,
  enteredBy: Type.Enum(['hand', 'import']),
  importId: OrNull(Id),
  items: Type.Array(SubjectChange),
  more: Type.Boolean({ description: '是否还有更早的' }),
})

/** A change as anybody may read it: natural persons are not named, nor anybody who decided. */
export const PublicSubjectChange = Shape({
  id: Id,
  on: Day,
  divisionCode: DivisionCode,
  kind,
  code: MaybeText,
  name: MaybeText,
  fields: Type.Array(Type.String(), { description: '变更的项目' }),
  reason: MaybeText,
  returnedAfterDays: OrNull(Type.Integer()),
})

export const PublicSubjectChangePage = PageOf(PublicSubjectChange)

export const PublicSubjectChangeQuery = Type.Object(
  { division: DivisionCode, ...PageQuery },
  { additionalProperties: false },
)
