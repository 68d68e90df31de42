import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Name,
  Named,
  OrNull,
  PageOf,
  Shape,
  Sought,
  Version,
} from '../../platform/http/shapes.ts'
import { Field, LEVELS, Methods, Words } from '../../registers/index.ts'
import { CLASSES, ScopeShape } from '../shapes.ts'

const Ratio = Type.Integer({ minimum: 1, maximum: 10_000, description: '抽查比例，单位为万分之一' })
const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000, description: '抽查数量（户）' })
const Times = (minimum: number, description: string) => Type.Integer({ minimum, maximum: 366, description })
const Level = (description: string) => Type.Enum([...LEVELS], { description })
const ClassRatio = Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 }))

const Part = Type.Object(
  {
    authorityId: Id,
    itemIds: Type.Array(Id, { uniqueItems: true, maxItems: 100, description: '该部门的抽查事项' }),
  },
  { additionalProperties: false },
)

const needed = {
  taskName: Name(200, '任务名称', 2),
  drawType: Type.Enum(['TARGETED', 'UNTARGETED'], { description: '抽查类型：定向、不定向' }),
  tier: Type.Enum(['PRIORITY', 'GENERAL'], { description: '事项类别：重点、一般' }),
  field: Field,
  leadAuthorityId: Id,
  object: Words(1000, '抽查对象'),
  scope: ScopeShape,
  startsOn: Day,
  endsOn: Day,
  drawLevel: Level('抽取层级'),
  inspectLevel: Level('检查层级'),
  methods: Methods,
  parts: Type.Array(Part, { minItems: 1, maxItems: 60, description: '发起部门和参与部门及各自的事项' }),
}

const optional = {
  code: Type.Optional(OrNull(Name(60, '抽查计划编号'))),
  mode: Type.Optional(
    OrNull(
      Type.String({ pattern: '^[A-Z_]{2,40}$', description: '联查模式，代码见 joint-modes；空为单部门' }),
    ),
  ),
  crossRegion: Type.Optional(Type.Boolean({ description: '跨区域' })),
  guidedBy: Type.Optional(OrNull(Name(200, '指导单位'))),
  unit: Type.Optional(OrNull(Name(100, '股室、科室'))),
  content: Type.Optional(OrNull(Words(4000, '检查内容'))),
  fullCoverage: Type.Optional(Type.Boolean({ description: '全覆盖' })),
  ratio: Type.Optional(OrNull(Ratio)),
  quantity: Type.Optional(OrNull(Quantity)),
  classRatios: Type.Optional(
    OrNull(
      Type.Object(Object.fromEntries(CLASSES.map((code) => [code, ClassRatio])) as ClassRatioSchemas, {
        additionalProperties: false,
        minProperties: 1,
        description: '按信用风险分类的比例，单位为万分之一',
      }),
    ),
  ),
  batches: Type.Optional(OrNull(Times(1, '全覆盖时分几批'))),
  draws: Type.Optional(Times(1, '抽查批次数：可以抽取几次，每次一项任务；不写即一次')),
  frequencyLeast: Type.Optional(OrNull(Times(0, '每年至少几次'))),
  frequencyMost: Type.Optional(OrNull(Times(1, '每年至多几次'))),
  requirement: Type.Optional(OrNull(Words(1000, '工作要求'))),
  remark: Type.Optional(OrNull(Words(1000, '备注'))),
  unmatched: Type.Optional(OrNull(Words(2000, '导入时没有匹配上的文字'))),
  jointItemId: Type.Optional(OrNull(Id)),
}
type ClassRatioSchemas = Record<(typeof CLASSES)[number], typeof ClassRatio>

export const NewLine = Type.Object({ ...needed, ...optional }, { additionalProperties: false })
export type NewLine = Static<typeof NewLine>

export const LineEdit = Type.Object(
  { ...Type.Partial(Type.Object(needed)).properties, ...optional },
  { additionalProperties: false, minProperties: 1 },
)
export type LineEdit = Static<typeof LineEdit>

/** A line as everybody may read it who may read its plan. */
export const lineProperties = {
  id: Id,
  number: Type.Integer({ description: '序号' }),
  code: OrNull(Type.String()),
  taskName: Type.String(),
  drawType: needed.drawType,
  tier: needed.tier,
  field: Field,
  mode: OrNull(Type.String()),
  crossRegion: Type.Boolean(),
  lead: Named,
  guidedBy: OrNull(Type.String()),
  unit: OrNull(Type.String()),
  object: Type.String(),
  scope: ScopeShape,
  content: OrNull(Type.String()),
  fullCoverage: Type.Boolean(),
  ratio: OrNull(Type.Integer()),
  quantity: OrNull(Type.Integer()),
  classRatios: OrNull(Type.Record(Type.String(), Type.Integer())),
  batches: OrNull(Type.Integer()),
  draws: Type.Integer({ description: '抽查批次数' }),
  frequencyLeast: OrNull(Type.Integer()),
  frequencyMost: OrNull(Type.Integer()),
  methods: Type.Array(Type.String()),
  startsOn: Day,
  endsOn: Day,
  drawLevel: needed.drawLevel,
  inspectLevel: needed.inspectLevel,
  requirement: OrNull(Type.String()),
  remark: OrNull(Type.String()),
  parts: Type.Array(
    Shape({
      authorityId: Id,
      authorityName: Type.String(),
      isLead: Type.Boolean(),
      items: Type.Array(Shape({ id: Id, code: Type.String(), name: Type.String() })),
    }),
  ),
  state: Type.Enum(['planned', 'ended'], { description: '在计划中、已移出' }),
}

export const Line = Shape({
  ...lineProperties,
  version: Version,
  planId: Id,
  planState: Type.String(),
  divisionCode: DivisionCode,
  unmatched: OrNull(Type.String()),
  jointItemId: OrNull(Id),
  sourceLineIds: Type.Array(Id),
  can: Can('edit', 'remove'),
})
export type Line = Static<typeof Line>

export const LinePage = Shape({
  ...PageOf(Line).properties,
  about: Type.Integer({ description: '计划中的任务总数' }),
  can: Can('create'),
})

export const LineQuery = Type.Object(
  {
    lead: Type.Optional(Id),
    joint: Type.Optional(Type.Boolean({ description: '只看联合任务' })),
    q: Sought,
    ended: Type.Optional(Type.Boolean({ description: '也看已移出的' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)
