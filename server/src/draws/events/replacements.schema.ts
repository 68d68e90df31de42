// 回避和替换 over HTTP. No body names who should come instead: that is drawn.

import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'
import { REPLACEMENT_STATES } from './replacements.rules.ts'

const Evidence = Type.String({ pattern: '^[0-9a-f]{64}$', description: '本人上传的证明文件的 SHA-256' })
const ReasonCode = Type.String({ pattern: '^[A-Z_]{2,40}$', description: '理由代码（replacement-reasons）' })
const Statement = Type.String({
  minLength: 2,
  maxLength: 1000,
  pattern: String.raw`\S\S*`,
  description: '情况说明',
})
const Subject = Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$', description: '检查对象代码' })
const State = Type.Enum([...REPLACEMENT_STATES], { description: '办理到哪一步' })

export const NewReplacement = Type.Object(
  { reasonCode: ReasonCode, statement: Statement, evidence: Evidence, subject: Type.Optional(Subject) },
  { additionalProperties: false },
)
export const RecusalRequest = Type.Object(
  {
    subject: Subject,
    alias: Type.String({ pattern: '^[0-9a-f]{48}$', description: '要求回避的检查人员的代号' }),
    statement: Statement,
    evidence: Evidence,
  },
  { additionalProperties: false },
)
export const Approval = Type.Object(
  {
    source: Type.Optional(
      Type.Enum(['drand', 'dice'], {
        description: '新的随机源：公共信标，或者现场骰子；省略时与原抽取相同',
      }),
    ),
  },
  { additionalProperties: false },
)
export const Rejection = Type.Object({ note: Reason('不同意的理由') }, { additionalProperties: false })

export const ReplacementQuery = Type.Object(
  {
    ...PageQuery,
    draw: Type.Optional(Id),
    authority: Type.Optional(Id),
    state: Type.Optional(State),
    mine: Type.Optional(Type.Boolean({ description: '只看本人的' })),
  },
  { additionalProperties: false },
)

const Done = OrNull(Shape({ by: OrNull(Named), at: Instant }))
export const Replacement = Shape({
  id: Id,
  version: Version,
  draw: Named,
  task: Type.String(),
  authority: Named,
  person: Named,
  alias: Type.String({ description: '代号' }),
  subject: OrNull(Subject),
  subjectName: OrNull(Type.String({ description: '检查对象的名称；整个小组的为空' })),
  origin: Type.Enum(['inspector', 'subject', 'check'], { description: '本人、检查对象、系统核对' }),
  reasonCode: ReasonCode,
  statement: OrNull(Type.String({ description: '情况说明；只给办理的人看' })),
  steps: Type.Array(Type.String(), { description: '本地规定的程序' }),
  state: State,
  requested: Done,
  applied: Done,
  reviewed: Done,
  approved: Done,
  ended: Done,
  note: OrNull(Type.String({ description: '不同意的理由' })),
  event: OrNull(
    Shape({
      n: Type.Integer({ description: '变更编号' }),
      source: Type.Enum(['drand', 'dice', 'lottery'], { description: '新的随机源' }),
      entered: OrNull(Type.String({ description: '替补人员的代号；空白为没有人可以替补' })),
      settledAt: OrNull(Instant),
    }),
  ),
  can: Can('accede', 'review', 'approve', 'reject', 'withdraw', 'readEvidence'),
})
export type Replacement = Static<typeof Replacement>
export const ReplacementPage = PageOf(Replacement)

export const MyPosts = Shape({
  items: Type.Array(
    Shape({
      draw: Named,
      task: Type.String(),
      place: Type.String({ description: '小组，或检查对象代码' }),
      name: OrNull(Type.String({ description: '逐户配人的，检查对象的名称' })),
      mode: Type.Enum(['teams', 'subjects'], { description: '小组检查，或逐户配人' }),
      alias: Type.String(),
      subjects: Type.Integer({ description: '检查几户' }),
      mates: Type.Array(Shape({ name: Type.String(), authority: Type.String() }), {
        description: '同组人员',
      }),
      reasons: Type.Array(Type.String(), { description: '本地允许的理由' }),
      steps: Type.Array(Type.String()),
      open: OrNull(
        Type.Object({ id: Id, state: State }, { additionalProperties: false, description: '正在办理的申请' }),
      ),
    }),
  ),
  sealed: Type.Array(Shape({ draw: Named, task: Type.String(), openAt: OrNull(Instant) }), {
    description: '本人在备选库中、名单还密封的抽取：开启以后才能申请',
  }),
})

export const RatesQuery = Type.Object(
  {
    year: Type.Integer({ minimum: 2000, maximum: 2199 }),
    by: Type.Enum(['person', 'authority'], { description: '按人或按部门' }),
  },
  { additionalProperties: false },
)
const Count = Type.Integer({ minimum: 0 })
export const Rates = Shape({
  items: Type.Array(
    Shape({
      authority: Named,
      person: OrNull(Named),
      drawn: Type.Integer({ minimum: 0, description: '被抽中几次' }),
      applied: Count,
      approved: Count,
      substituted: Count,
      rejected: Count,
    }),
  ),
})

export const Uploaded = Shape({ hash: Type.String({ description: '文件的 SHA-256' }), bytes: Type.Integer() })
