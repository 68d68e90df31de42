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
import { ScopeShape } from '../../plans/index.ts'
import { PARTICIPATION_STATES } from '../consultation/shapes.ts'
import { WAIVABLE } from '../scope/exclusions.rules.ts'
import { Design, Figures, StrataBy } from '../scope/scope.schema.ts'
import { TASK_STATES } from '../shapes.ts'

const Code = (description: string) => Type.String({ pattern: '^[A-Z_]{2,40}$', description })
const Level = Type.Enum(['province', 'prefecture', 'county', 'station'])
const Note = (description: string) =>
  Type.String({ minLength: 2, maxLength: 1000, pattern: String.raw`\S\S*`, description })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: '文件的 SHA-256，上传时返回' })

const written = {
  name: Name(200, '任务名称', 2),
  field: Type.Enum(['market', 'nonMarket'], { description: '领域' }),
  tier: Type.Enum(['PRIORITY', 'GENERAL'], { description: '重点检查事项、一般检查事项' }),
  mode: OrNull(Code('联查模式，见 joint-modes；单部门任务为空')),
  crossRegion: Type.Boolean({ description: '跨区域' }),
  drawType: Type.Enum(['TARGETED', 'UNTARGETED'], { description: '定向、不定向' }),
  drawLevel: Level,
  inspectLevel: Level,
  scope: ScopeShape,
  narrowedReason: OrNull(Note('范围比计划安排窄的理由；向社会公开')),
  strataBy: StrataBy,
  design: Design,
  waived: Type.Partial(
    Type.Object(
      Object.fromEntries(WAIVABLE.map((code) => [code, Reason('不排除的理由')])) as Record<
        (typeof WAIVABLE)[number],
        ReturnType<typeof Reason>
      >,
      { additionalProperties: false },
    ),
    { description: '不适用的排除情形及其理由' },
  ),
  methods: Type.Array(Code('检查方式'), { uniqueItems: true, minItems: 1, maxItems: 20 }),
  startsOn: Day,
  endsOn: Day,
  matching: Type.Enum(['teams', 'subjects'], { description: '先分组再配户，或按户配人' }),
  teamCount: OrNull(Type.Integer({ minimum: 1, maximum: 9999 })),
  loadCap: Type.Integer({ minimum: 1, maximum: 10_000, description: '每人（每组）最多检查户数' }),
  tauHundredths: Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: '工作量允许的偏差，百分之一为单位',
  }),
  drawnListPublished: Type.Boolean({ description: '抽查名单是否公布' }),
  capGround: OrNull(Code('不计入频次上限的情形，见 frequency-exemptions')),
  capNote: OrNull(Note('情形的说明')),
  outsideGround: OrNull(Code('计划外的理由，见 plan-exemption-grounds 和 lead-sources')),
  outsideNote: OrNull(Note('计划外理由的说明')),
  outsideEvidence: OrNull(Hash),
}
const { name, ...optional } = Type.Partial(Type.Object(written)).properties

/** An authority with its items and how many inspectors it sends to each subject. */
const Part = Type.Object(
  {
    authorityId: Id,
    members: Type.Integer({ minimum: 1, maximum: 20, description: '每户检查人数' }),
    itemIds: Type.Array(Id, { uniqueItems: true, maxItems: 200 }),
  },
  { additionalProperties: false },
)

/** What is left out is what the line of the plan says. */
export const NewTask = Type.Object(
  {
    leadAuthorityId: Id,
    planLineId: Type.Optional(OrNull(Id)),
    replacesTaskId: Type.Optional(
      OrNull(
        Type.String({ format: 'uuid', description: '计划外任务重做时，原先取消的任务；计划内的由系统填写' }),
      ),
    ),
    name,
    ...optional,
    parts: Type.Optional(Type.Array(Part, { maxItems: 60, description: '牵头和参与部门；牵头部门在内' })),
  },
  { additionalProperties: false },
)
export type NewTask = Static<typeof NewTask>

export const TaskEdit = Type.Object({ name, ...optional }, { additionalProperties: false })
export type TaskEdit = Static<typeof TaskEdit>

/** As NewTask; `taskId`: whose exclusions by name and whose authorities count. */
export const PreviewQuery = Type.Object(
  { ...NewTask.properties, taskId: Type.Optional(OrNull(Id)) },
  { additionalProperties: false },
)

export const Dispatch = Type.Object(
  { replyBy: Type.String({ format: 'date', description: '请参与部门在此日（含）前答复' }) },
  { additionalProperties: false },
)
export const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })

const ShownPart = Shape({
  authorityId: Id,
  authorityName: Type.String(),
  isLead: Type.Boolean(),
  state: Type.Enum([...PARTICIPATION_STATES]),
  members: Type.Integer(),
})

const PlanLineRef = Shape({
  id: Id,
  version: Type.Integer(),
  planId: Id,
  number: Type.Integer(),
  taskName: Type.String(),
  year: Type.Integer(),
  draws: Type.Integer({ description: '抽查批次数' }),
  currentVersion: OrNull(Type.Integer({ description: '任务安排现在的版本；不同即已调整' })),
})

const shown = {
  id: Id,
  version: Version,
  number: Type.String({ description: '任务编号' }),
  year: Type.Integer(),
  state: Type.Enum([...TASK_STATES], { description: '起草、会商、商定、取消' }),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  leadAuthorityId: Id,
  leadAuthorityName: Type.String(),
  planLineId: OrNull(Id),
  drawNo: OrNull(Type.Integer({ description: '计划安排中的第几次抽取；计划外为空' })),
  replyBy: OrNull(Day),
  round: Type.Integer(),
  lawVersion: Type.String(),
  figures: OrNull(Figures),
  parts: Type.Array(ShownPart),
  draftedBy: Named,
  dispatchedBy: OrNull(Named),
  dispatchedAt: OrNull(Instant),
  agreedAt: OrNull(Instant),
  endedBy: OrNull(Named),
  endReason: OrNull(Type.String()),
}

export const TaskLine = Shape({ ...written, ...shown })
export type TaskLine = Static<typeof TaskLine>

export const Task = Shape({
  ...written,
  ...shown,
  line: OrNull(PlanLineRef),
  replaces: OrNull(Named),
  replacedBy: OrNull(Named),
  can: Can('edit', 'exclude', 'dispatch', 'settle', 'recall', 'conclude', 'cancel'),
})
export type Task = Static<typeof Task>

export const TaskPage = Shape({ ...PageOf(TaskLine).properties, can: Can('create') })

export const TaskQuery = Type.Object(
  {
    q: Sought,
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
    state: Type.Optional(Type.Enum([...TASK_STATES])),
    authority: Type.Optional(Id),
    line: Type.Optional(Id),
    ...PageQuery,
  },
  { additionalProperties: false },
)
