import { type Static, Type } from 'typebox'
import { Can, Named, OrNull } from '../platform/http/shapes.ts'
import { KINDS, UNITS } from './shapes.ts'

const closed = { additionalProperties: false } as const
const Day = (description: string) => Type.String({ format: 'date', description })
const Label = Type.Object({ 'zh-CN': Type.String(), en: Type.String() }, closed)
const DivisionCode = Type.String({ pattern: '^([0-9]{6}|cn)$', description: '行政区划代码；cn 为全国' })

/** A legal value: days and counts as numbers, ratios in basis points, codes as their codes. */
export const Value = Type.Union([
  Type.Integer(),
  Type.Boolean(),
  Type.String({ maxLength: 2000 }),
  Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200 }),
])

const Source = Type.Object(
  {
    document: Type.String({ description: '文号' }),
    title: OrNull(Type.String({ description: '文件全称' })),
    citation: Type.String({ description: '依据，可直接引用' }),
    confirmed: Type.Boolean({ description: '是否已核对原文' }),
    note: OrNull(Type.String()),
  },
  closed,
)

const InForce = Type.Object(
  {
    value: Value,
    kind: Type.Enum([...KINDS], { description: '默认值、下限、上限，或下级不得改变' }),
    division: DivisionCode,
    divisionName: Type.String(),
    from: Day('生效日'),
    until: OrNull(Type.String({ description: '失效前最后一日' })),
    startsAt: OrNull(Type.String({ description: '期限自何事起算' })),
    source: Source,
  },
  closed,
)

const Overridden = Type.Object(
  {
    ...InForce.properties,
    why: Type.Enum(
      ['replaced', 'superseded', 'upperBinding', 'looserThanFloor', 'looserThanCap', 'laterUpperRule'],
      {
        description: '为何不起作用',
      },
    ),
  },
  closed,
)

const ParameterShape = {
  key: Type.String(),
  label: Label,
  unit: Type.Enum([...UNITS]),
  list: OrNull(Type.String({ description: '取值的代码表' })),
  inForce: OrNull(InForce),
  overridden: Type.Array(Overridden),
}
export const ParameterView = Type.Object(ParameterShape, closed)
export type ParameterView = Static<typeof ParameterView>

export const ParameterList = Type.Object(
  {
    division: DivisionCode,
    chain: Type.Array(Type.Object({ code: DivisionCode, name: Type.String() }, closed), {
      description: '自全国至本地，逐级',
    }),
    on: Day('所查日期'),
    version: Type.String({ description: '法规参数版本' }),
    items: Type.Array(ParameterView),
  },
  closed,
)

export const ParameterHistory = Type.Object(
  { ...ParameterShape, entries: Type.Array(InForce, { description: '本地及各上级历来的取值' }) },
  closed,
)

export const PlaceQuery = Type.Object(
  {
    division: Type.String({ pattern: '^[0-9]{6}$', description: '行政区划代码' }),
    on: Type.Optional(Day('日期；不填为今天')),
  },
  closed,
)
export const ParameterKey = Type.Object({ key: Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$' }) }, closed)

export const ComparisonQuery = Type.Object(
  {
    places: Type.Optional(
      Type.String({
        pattern: '^[0-9]{6}@[0-9-]{10}(,[0-9]{6}@[0-9-]{10}){0,5}$',
        description: '至多六个地方，各带日期，如 410928@2023-06-30,150525@2024-06-03',
      }),
    ),
    keys: Type.Optional(
      Type.String({
        pattern: '^[a-z_]+\\.[a-z_]+(,[a-z_]+\\.[a-z_]+){0,99}$',
        description: '只比较这些参数；不填为全部',
      }),
    ),
  },
  closed,
)
const ComparedPlace = Type.Object(
  { division: DivisionCode, name: Type.String(), on: Day('所查日期') },
  closed,
)
export const Comparison = Type.Object(
  {
    version: Type.String({ description: '法规参数版本' }),
    places: Type.Array(ComparedPlace),
    items: Type.Array(
      Type.Object(
        {
          key: ParameterShape.key,
          label: Label,
          unit: ParameterShape.unit,
          list: ParameterShape.list,
          inForce: Type.Array(OrNull(InForce), { description: '按地方的次序；未规定为空' }),
          differs: Type.Boolean({ description: '各地是否不同' }),
        },
        closed,
      ),
    ),
    withRules: Type.Array(ComparedPlace, { description: '有自己规定的地方，各带其最近一项规定的生效日' }),
  },
  closed,
)

export const DeadlineQuery = Type.Object(
  {
    division: Type.String({ pattern: '^[0-9]{6}$' }),
    key: Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$', description: '期限参数' }),
    start: Day('起算日'),
  },
  closed,
)
export const DeadlineView = Type.Object(
  {
    key: Type.String(),
    start: Day('起算日'),
    length: Type.Integer({ description: '期限长度，单位见 unit' }),
    unit: Type.Enum([...UNITS]),
    force: Type.Enum(['legal', 'soft'], { description: 'soft：文件未定天数，仅作提醒' }),
    due: OrNull(Type.String({ description: '到期日；放假安排尚未公布时为空' })),
    awaitsYear: OrNull(Type.Integer({ description: '尚待公布放假安排的年份' })),
    notBefore: OrNull(Type.String({ description: '暂定时，不早于此日' })),
    rule: InForce,
  },
  closed,
)

const SourceInput = Type.Object(
  {
    document: Type.String({ minLength: 2, maxLength: 200, description: '文号' }),
    article: Type.Optional(Type.String({ maxLength: 100, description: '条款' })),
    phrase: Type.String({ minLength: 2, maxLength: 1000, description: '原文' }),
  },
  closed,
)
export const EntryInput = Type.Object(
  {
    division: Type.String({ pattern: '^[0-9]{6}$' }),
    parameter: Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$' }),
    value: Value,
    kind: Type.Enum([...KINDS]),
    from: Day('生效日'),
    until: Type.Optional(Day('失效前最后一日')),
    startsAt: Type.Optional(Type.String({ maxLength: 60 })),
    source: SourceInput,
  },
  closed,
)
export type EntryInput = Static<typeof EntryInput>

export const EntryView = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    division: DivisionCode,
    divisionName: Type.String(),
    parameter: Type.String(),
    label: Label,
    unit: Type.Enum([...UNITS]),
    value: Value,
    kind: Type.Enum([...KINDS]),
    from: Day('生效日'),
    until: OrNull(Type.String()),
    startsAt: OrNull(Type.String()),
    source: SourceInput,
    state: Type.Enum(['proposed', 'effective', 'rejected']),
    proposedBy: Named,
    proposedAt: Type.String({ format: 'date-time' }),
    decidedBy: OrNull(Named),
    decidedAt: OrNull(Type.String()),
    replaces: Type.Union([InForce, Type.Null()], { description: '生效日当天现行的取值' }),
    version: Type.Integer(),
    can: Can('approve', 'reject'),
  },
  closed,
)
export type EntryView = Static<typeof EntryView>
export const EntryList = Type.Object({ items: Type.Array(EntryView) }, closed)
export const EntryQuery = Type.Object(
  { state: Type.Optional(Type.Enum(['proposed', 'effective', 'rejected'])) },
  closed,
)
export const EntryId = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

export const CalendarInput = Type.Object(
  {
    year: Type.Integer({ minimum: 2007, maximum: 2200 }),
    holidays: Type.Array(Day('放假日'), { minItems: 1, maxItems: 60, uniqueItems: true }),
    workdays: Type.Array(Day('调休上班日'), { maxItems: 30, uniqueItems: true }),
    notice: Type.String({ minLength: 2, maxLength: 200, description: '国务院办公厅通知的文号' }),
  },
  closed,
)
export type CalendarInput = Static<typeof CalendarInput>
export const CalendarView = Type.Object(
  {
    year: Type.Integer(),
    holidays: Type.Array(Type.String()),
    workdays: Type.Array(Type.String()),
    notices: Type.Array(Type.String()),
    loaded: Type.Boolean({ description: '由管理员载入，而非随版本提供' }),
  },
  closed,
)
export const CalendarList = Type.Object(
  { items: Type.Array(CalendarView), missing: Type.Array(Type.Integer(), { description: '尚未公布的年份' }) },
  closed,
)
export const CalendarLoaded = Type.Object(
  { year: Type.Integer(), recomputed: Type.Integer({ description: '重新计算的暂定期限数' }) },
  closed,
)

export const CodeLists = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          label: Label,
          codes: Type.Array(
            Type.Object(
              { code: Type.String(), label: Label, from: Day('启用'), until: OrNull(Type.String()) },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
