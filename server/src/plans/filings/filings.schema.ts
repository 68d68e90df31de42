import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Day, Id, Instant, Named, OrNull, PageOf, Shape, Version } from '../../platform/http/shapes.ts'
import { Words } from '../../registers/index.ts'
import { FILING_KINDS, FILING_STATES } from './filings.rules.ts'
import { DUTY_KINDS } from './due.rules.ts'

const Kind = Type.Enum([...FILING_KINDS], { description: '报送、备案、推进情况总结' })
const State = Type.Enum([...FILING_STATES], { description: '已报送、已接收、已退回、已撤回' })
const Year = Type.Integer({ minimum: 2000, maximum: 2200 })
const Body = Type.String({ pattern: '^[A-Z_]{2,40}$', description: '机关；代码见 bodies' })
const LateDays = OrNull(Type.Integer({ description: '逾期几个工作日；没有工作日历时为空' }))

/** What was counted when a progress report was made. */
export const Figures = Shape({
  lines: Type.Integer({ description: '年度计划中本部门发起的任务' }),
  tasks: Type.Integer({ description: '已建立的抽查任务' }),
  agreed: Type.Integer({ description: '其中已商定的' }),
  visits: Type.Integer({ description: '本年度入户检查次数' }),
})
export type Figures = Static<typeof Figures>

export const Filing = Shape({
  id: Id,
  version: Version,
  kind: Kind,
  plan: OrNull(Named),
  planVersion: OrNull(Type.Integer({ description: '报送时计划的版本' })),
  authority: Named,
  year: Year,
  receiver: Named,
  body: Body,
  isReviewed: Type.Boolean({ description: '备案审核：对方可以退回修改' }),
  summary: OrNull(Type.String()),
  figures: OrNull(Figures),
  law: OrNull(Type.String({ description: '规定期限的法规参数' })),
  citation: OrNull(Type.String()),
  dueOn: OrNull(Day),
  submittedBy: Named,
  submittedAt: Instant,
  submittedOn: Day,
  isLate: Type.Boolean(),
  lateDays: LateDays,
  state: State,
  receipt: OrNull(Type.String({ description: '回执号' })),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  returnReason: OrNull(Type.String()),
  can: Can('receive', 'return', 'withdraw'),
})
export type Filing = Static<typeof Filing>

export const FilingPage = Shape({ ...PageOf(Filing).properties, can: Can('report') })

export const FilingQuery = Type.Object(
  {
    direction: Type.Optional(Type.Enum(['in', 'out'], { description: '报给我的、我报送的' })),
    plan: Type.Optional(Id),
    state: Type.Optional(State),
    year: Type.Optional(Year),
    kind: Type.Optional(Kind),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewFiling = Type.Object({ body: Body }, { additionalProperties: false })

export const NewReport = Type.Object(
  { authorityId: Id, summary: Words(10_000, '工作推进情况', 2) },
  { additionalProperties: false },
)

export const DutyQuery = Type.Object(
  { authority: Id, year: Type.Optional(Year) },
  { additionalProperties: false },
)

export const Duties = Shape({
  year: Year,
  items: Type.Array(
    Shape({
      kind: Type.Enum([...DUTY_KINDS], { description: '公布入库、汇总、报送、备案、推进情况总结' }),
      half: OrNull(Type.Integer()),
      body: OrNull(Body),
      law: Type.String(),
      citation: OrNull(Type.String()),
      dueOn: Day,
      doneOn: OrNull(Day),
      planId: OrNull(Id),
      receipt: OrNull(Type.String()),
      isLate: Type.Boolean(),
      workingDays: OrNull(
        Type.Integer({ description: '还剩几个工作日；小于 0 为逾期几个。已办的，按办理日计算' }),
      ),
    }),
  ),
})
