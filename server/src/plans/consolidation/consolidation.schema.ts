import { type Static, Type } from 'typebox'
import { Can, Id, Name, OrNull, Reason, Shape } from '../../platform/http/shapes.ts'
import { lineProperties } from '../lines/lines.schema.ts'

const Candidate = Shape({
  ...lineProperties,
  planId: Id,
  planTitle: Type.String({ description: '报送的计划' }),
  authorityName: Type.String({ description: '报送的部门' }),
  isChanged: Type.Boolean({ description: '报送后又作了调整；纳入的是报送时的内容' }),
  receipt: OrNull(Type.String({ description: '回执号' })),
})

export type CandidateView = Static<typeof Candidate>

export const CandidateList = Shape({
  items: Type.Array(Candidate),
  about: Shape({ plans: Type.Integer({ description: '收到几份报送的计划' }), taken: Type.Integer() }),
  can: Can('consolidate', 'merge'),
})

const LineIds = (minItems: number) => Type.Array(Id, { minItems, maxItems: 1000, uniqueItems: true })

export const Consolidation = Type.Object({ lineIds: LineIds(1) }, { additionalProperties: false })
export const ConsolidationDone = Shape({ taken: Type.Integer({ description: '纳入了几项' }) })

export const Joining = Type.Object(
  { lineId: Id, reason: Reason('为什么改为联合检查') },
  { additionalProperties: false },
)
export const JoiningDone = Shape({
  planId: Id,
  amendmentId: OrNull(Id),
})

export const MergeBody = Type.Object(
  {
    lineIds: LineIds(2),
    taskName: Name(200, '任务名称', 2),
    leadAuthorityId: Id,
    ratio: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: '万分之一' })),
    quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: '户' })),
  },
  { additionalProperties: false },
)
