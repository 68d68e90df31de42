import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Instant,
  Name,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Sought,
  Version,
} from '../../platform/http/shapes.ts'
import { PLAN_FIELDS, PLAN_KINDS, PLAN_STATES } from '../shapes.ts'

const Kind = Type.Enum([...PLAN_KINDS], { description: '年度计划、半年计划、汇总计划' })
const State = Type.Enum([...PLAN_STATES], {
  description: '草稿、审核中、已通过待公布、已公布、已办结、已作废',
})
const PlanField = Type.Enum([...PLAN_FIELDS], { description: '市场监管领域、市场监管领域外、不分领域' })
const Year = Type.Integer({ minimum: 2000, maximum: 2200 })
const Half = Type.Integer({ minimum: 1, maximum: 2, description: '上半年、下半年' })
const Title = Name(200, '计划名称', 2)

const Acknowledgement = Type.Object(
  {
    code: Type.String({ maxLength: 60, description: '核查提示的代码' }),
    lineId: Type.Optional(Id),
    reason: Reason('为什么仍这样安排'),
  },
  { additionalProperties: false },
)

export const Plan = Shape({
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  authority: Named,
  kind: Kind,
  year: Year,
  half: OrNull(Half),
  title: Type.String(),
  field: PlanField,
  state: State,
  parties: Type.Array(Named, { description: '公布前能看到它的部门' }),
  lines: Type.Integer({ description: '任务数' }),
  jointLines: Type.Integer({ description: '其中联合任务数' }),
  proposedBy: OrNull(Named),
  proposedAt: OrNull(Instant),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: OrNull(Type.String()),
  acknowledged: Type.Array(Acknowledgement, { description: '提交审核时对核查提示的说明' }),
  publishedBy: OrNull(Named),
  publishedOn: OrNull(Day),
  publishedIn: OrNull(Type.String()),
  libraryDueOn: OrNull(Day),
  libraryDueBy: OrNull(Type.String({ description: '规定入库日的法规参数' })),
  isLate: Type.Boolean({ description: '过了入库日才公布，或到今天仍未公布' }),
  placeNeeded: Type.Boolean({ description: '公布时须写明在哪里公布' }),
  endReason: OrNull(Type.String()),
  filedWith: Type.Array(
    Shape({ body: Type.String({ description: '机关；代码见 bodies' }), can: Can('file') }),
    {
      description: '本地规定向哪些机关备案',
    },
  ),
  can: Can(
    'edit',
    'invite',
    'propose',
    'withdraw',
    'return',
    'approve',
    'publish',
    'close',
    'discard',
    'addLine',
    'amend',
    'submit',
    'file',
  ),
})
export type Plan = Static<typeof Plan>

export const PlanPage = Shape({ ...PageOf(Plan).properties, can: Can('create') })

export const PlanQuery = Type.Object(
  {
    year: Type.Optional(Year),
    kind: Type.Optional(Kind),
    authority: Type.Optional(Id),
    state: Type.Optional(State),
    q: Sought,
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewPlan = Type.Object(
  {
    authorityId: Id,
    kind: Kind,
    year: Year,
    half: Type.Optional(OrNull(Half)),
    field: PlanField,
    title: Title,
  },
  { additionalProperties: false },
)

export const PlanEdit = Type.Object({ title: Title }, { additionalProperties: false })

export const Invitation = Type.Object(
  { authorityIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { additionalProperties: false },
)

export const Proposal = Type.Object(
  { acknowledged: Type.Optional(Type.Array(Acknowledgement, { maxItems: 500 })) },
  { additionalProperties: false },
)

export const ApprovalNote = Type.Object(
  { note: Type.Optional(Reason('审核意见')) },
  { additionalProperties: false },
)

export const Publication = Type.Object(
  { publishedIn: Type.Optional(Name(300, '在哪里公布：网站、公告栏', 2)) },
  { additionalProperties: false },
)

export const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })
