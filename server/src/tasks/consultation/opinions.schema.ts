import { type Static, Type } from 'typebox'
import { Can, Id, Instant, OrNull, Shape, Version } from '../../platform/http/shapes.ts'
import { Words } from '../../registers/index.ts'

const SectionCode = Type.String({
  pattern: '^[A-Z_]{2,40}$',
  description: '针对实施方案的哪一部分；代码见 scheme-sections',
})

export const Opinion = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String(),
  round: Type.Integer({ description: '第几轮征求意见' }),
  section: OrNull(SectionCode),
  text: Type.String(),
  givenBy: Type.String(),
  givenAt: Instant,
  adopted: OrNull(Type.Boolean({ description: '是否采纳；未答复的为空' })),
  reply: OrNull(Type.String()),
  repliedBy: OrNull(Type.String()),
  repliedAt: OrNull(Instant),
  can: Can('reply'),
})
export type Opinion = Static<typeof Opinion>

export const OpinionList = Shape({ items: Type.Array(Opinion), can: Can('give') })

export const NewOpinion = Type.Object(
  { section: Type.Optional(SectionCode), text: Words(4000, '意见', 2) },
  { additionalProperties: false },
)

export const OpinionReply = Type.Object(
  {
    adopted: Type.Boolean({ description: '是否采纳' }),
    reply: Type.Optional(Words(2000, '采纳情况；不采纳的须写明理由', 2)),
  },
  { additionalProperties: false },
)
