import { type Static, Type } from 'typebox'
import { Can, Id, Instant, Named, OrNull, Shape, Version, Why } from '../../platform/http/shapes.ts'
import { REQUEST_STATES, SKIP_REASONS, VOID_REASONS } from './requests.rules.ts'

const Reason = Type.Enum([...SKIP_REASONS, ...VOID_REASONS], {
  description: '理由；跳过和作废各有封闭的清单',
})
const Kind = Type.Enum(['skip', 'void'], { description: '跳过一户，或者作废整次抽取' })
const Code = Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$', description: '检查对象代码' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: '本人上传的证明文件的 SHA-256' })

export const NewRequest = Type.Object(
  {
    kind: Kind,
    code: Type.Optional(Code),
    reason: Reason,
    statement: Type.String({
      minLength: 2,
      maxLength: 1000,
      pattern: String.raw`\S\S*`,
      description: '情况说明',
    }),
    evidence: Hash,
  },
  { additionalProperties: false },
)

export const DrawRequest = Shape({
  id: Id,
  version: Version,
  kind: Kind,
  code: OrNull(Code),
  reason: Reason,
  statement: Type.String(),
  state: Type.Enum([...REQUEST_STATES], { description: '办理到哪一步' }),
  proposedBy: Named,
  proposedAt: Instant,
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  eventN: OrNull(Type.Integer()),
  can: Can('approve', 'reject', 'withdraw', 'readEvidence'),
})
export type DrawRequest = Static<typeof DrawRequest>

const DrawEvent = Shape({
  n: Type.Integer({ description: '变更编号，从 1 起不间断' }),
  type: Type.Enum(['skip', 'substitute', 'void', 'open'], { description: '跳过、替补、作废、开启' }),
  reason: OrNull(Type.String()),
  code: OrNull(Type.String({ description: '检查对象代码' })),
  alias: OrNull(Type.String({ description: '离开的检查人员的代号' })),
  entered: OrNull(Type.String({ description: '进入的对象或者人员；空白为没有' })),
  source: OrNull(Type.Enum(['drand', 'dice', 'lottery'], { description: '替补的随机源' })),
  by: Type.String(),
  approvedBy: Type.String(),
  at: Instant,
  settledAt: OrNull(Instant),
  stale: Why,
  hash: Type.String({ description: '变更文件的指纹' }),
})
export const DrawEvents = Shape({
  events: Type.Array(DrawEvent),
  requests: Type.Array(DrawRequest),
  maxSkips: OrNull(Type.Integer({ description: '每层最多跳过几户' })),
  can: Can('skip', 'void', 'request'),
})
export type DrawEvents = Static<typeof DrawEvents>
