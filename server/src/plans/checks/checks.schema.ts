import { type Static, Type } from 'typebox'
import { DivisionCode, Id, OrNull, Shape } from '../../platform/http/shapes.ts'
import { CHECKS } from './findings.rules.ts'

export const Finding = Shape({
  code: Type.Enum([...CHECKS], { description: '核查项' }),
  severity: Type.Enum(['error', 'warning'], { description: '必须改正、请说明' }),
  lineIds: Type.Array(Id, { description: '哪几项任务；空为整份计划' }),
  numbers: Type.Array(Type.Integer(), { description: '这些任务的序号' }),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  title: Type.String({ description: '核查项的名称' }),
  sentence: Type.String({ description: '查出了什么，怎样改' }),
  law: OrNull(Shape({ key: Type.String(), citation: Type.String({ description: '依据' }) })),
  mend: Type.Enum(['line', 'item', 'plan', 'merge', 'publish', 'file'], {
    description: '到哪里改正：任务、抽查事项、整份计划、合并、公布、备案',
  }),
  answered: OrNull(Type.String({ description: '提交审核时作的说明' })),
})
export type FindingView = Static<typeof Finding>

export const FindingList = Shape({
  items: Type.Array(Finding),
  about: Shape({ lines: Type.Integer({ description: '核查了多少项任务' }), ms: Type.Integer() }),
})

const Side = Shape({
  id: Id,
  planId: Id,
  number: Type.Integer(),
  taskName: Type.String(),
  authorityName: Type.String({ description: '发起部门' }),
  planTitle: Type.String(),
  subjects: Type.Integer({ description: '对象数' }),
})

const Offer = Shape({
  act: Type.Enum(['merge', 'join', 'amend'], {
    description: '在汇总计划中合并、在自己的草稿中改为联合任务、拟定计划调整改为联合任务',
  }),
  planId: Id,
  lineId: OrNull(Id),
})
export type OfferView = Static<typeof Offer>

export const PlanOverlapQuery = Type.Object(
  {
    division: Type.Optional(DivisionCode),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
  },
  { additionalProperties: false },
)

export const OverlapList = Shape({
  items: Type.Array(
    Shape({
      lines: Type.Array(Side, { description: '相重叠的任务；无权查看的不列' }),
      hidden: Type.Integer({ description: '其中无权查看的任务数' }),
      subjects: Type.Integer({ description: '两项任务共同的对象数' }),
      expectedDouble: Type.Number({ description: '预计重复上门的次数' }),
      offers: Type.Array(Offer, { description: '可以怎样改成一次联合检查；空为由有权办理的部门办理' }),
    }),
  ),
  about: Shape({ pairs: Type.Integer(), subjects: Type.Integer(), expectedDouble: Type.Number() }),
})
export type OverlapListView = Static<typeof OverlapList>
