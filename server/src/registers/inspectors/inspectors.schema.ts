import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Name,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Sought,
  Version,
  Why,
} from '../../platform/http/shapes.ts'

const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>(Type.String({ enum: [...values], description }))

export const SEXES = ['male', 'female'] as const
export const LEVELS = ['province', 'prefecture', 'county', 'township'] as const
const STATES = ['active', 'onLeave', 'suspended', 'left'] as const
const WARRANT_STATES = ['none', 'notYet', 'valid', 'expiring', 'expired'] as const
/** What can be revealed of an inspector. */
const PROTECTED = ['idCard', 'mobile'] as const

const sex = oneOf(SEXES, '性别')
export type Sex = Static<typeof sex>
const level = oneOf(LEVELS, '执法层级')
const idCard = Type.String({
  pattern: '^[0-9]{15}$|^[0-9]{17}[0-9Xx]$',
  description: '身份证号（GB 11643，18 位）；加密保存，只显示遮盖后的',
})
export const Mobile = Type.String({
  pattern: '^1[0-9]{10}$',
  description: '手机号；加密保存，只显示为 138****0000',
})
const warrantNumber = Name(40, '执法证号')
const warrantAuthority = Name(100, '发证机关')
const category = Type.String({
  pattern: '^[A-Z][A-Z_]{1,59}$',
  description: '人员类别：代码表 inspector-categories 中的代码',
})
/** Short free words: what an authority calls its fields of work. */
export const Tags = (description: string) =>
  Type.Array(Name(40, '一个词'), { maxItems: 20, uniqueItems: true, description })
const enforcementCategories = Tags('执法类别，例如“市场监管”')
const qualifications = Tags('执法资质，例如“食品检查员”')
const specialisms = Tags('业务特长')

const words = {
  enforcementCategories: Type.Array(Type.String()),
  qualifications: Type.Array(Type.String()),
  specialisms: Type.Array(Type.String()),
}

export const Inspector = Shape({
  id: Id,
  version: Version,
  personId: Id,
  name: Type.String(),
  staffNumber: OrNull(Type.String()),
  post: OrNull(Type.String()),
  authorityId: Id,
  authorityName: Type.String(),
  divisionCode: DivisionCode,
  unitId: OrNull(Id),
  unitName: OrNull(Type.String({ description: '单位；有科室的为“单位/科室”' })),
  sex,
  idCard: OrNull(Type.String({ description: '遮盖后的身份证号' })),
  mobile: OrNull(Type.String({ description: '遮盖后的手机号' })),
  warrantNumber: OrNull(Type.String()),
  warrantAuthority: OrNull(Type.String()),
  warrantFrom: OrNull(Day),
  warrantUntil: OrNull(Day),
  warrantState: oneOf(WARRANT_STATES, '今日执法证状态；expiring 为即将到期'),
  level,
  category: Type.String(),
  ...words,
  state: oneOf(STATES, '今日状态；onLeave 由请假期间得出'),
  stateReason: OrNull(Type.String()),
  leaveUntil: OrNull(Day),
  enteredOn: Day,
  endedOn: OrNull(Day),
  missing: Type.Array(Type.String(), { description: '尚缺的应录字段' }),
  isMe: Type.Boolean({ description: '是否本人' }),
  whyNotDraw: Why,
  can: Can(
    'edit',
    'suspend',
    'resume',
    'end',
    'addLeave',
    'seeLeaves',
    'reveal',
    'declare',
    'seeDeclarations',
  ),
})
export type Inspector = Static<typeof Inspector>

export const InspectorPage = Shape({
  ...PageOf(Inspector).properties,
  can: Can('create', 'export'),
})

const filters = {
  division: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', description: '行政区划及其下级' })),
  authority: Type.Optional(Id),
  unit: Type.Optional(Type.String({ format: 'uuid', description: '单位及其科室' })),
  person: Type.Optional(Id),
  category: Type.Optional(Type.String({ maxLength: 60, description: '人员类别' })),
  enforcementCategory: Type.Optional(Type.String({ maxLength: 40, description: '执法类别' })),
  qualification: Type.Optional(Type.String({ maxLength: 40, description: '执法资质' })),
  specialism: Type.Optional(Type.String({ maxLength: 40, description: '业务特长' })),
  level: Type.Optional(level),
  state: Type.Optional(oneOf(STATES, '状态；不填则不含已离库的')),
  warrant: Type.Optional(oneOf(['none', 'expiring', 'expired'], '执法证状态')),
  q: Sought,
}

export const InspectorFilters = Type.Object(filters, { additionalProperties: false })
export const InspectorQuery = Type.Object({ ...filters, ...PageQuery }, { additionalProperties: false })
export type InspectorQuery = Static<typeof InspectorFilters>

export const NewInspector = Type.Object(
  {
    personId: Id,
    sex,
    idCard: Type.Optional(idCard),
    mobile: Type.Optional(Mobile),
    warrantNumber: Type.Optional(warrantNumber),
    warrantAuthority: Type.Optional(warrantAuthority),
    warrantFrom: Type.Optional(Day),
    warrantUntil: Type.Optional(Day),
    level,
    category,
    enforcementCategories: Type.Optional(enforcementCategories),
    qualifications: Type.Optional(qualifications),
    specialisms: Type.Optional(specialisms),
  },
  { additionalProperties: false },
)
export type NewInspector = Static<typeof NewInspector>

export const InspectorEdit = Type.Object(
  {
    sex: Type.Optional(sex),
    idCard: Type.Optional(OrNull(idCard)),
    mobile: Type.Optional(OrNull(Mobile)),
    warrantNumber: Type.Optional(OrNull(warrantNumber)),
    warrantAuthority: Type.Optional(OrNull(warrantAuthority)),
    warrantFrom: Type.Optional(OrNull(Day)),
    warrantUntil: Type.Optional(OrNull(Day)),
    level: Type.Optional(level),
    category: Type.Optional(category),
    enforcementCategories: Type.Optional(enforcementCategories),
    qualifications: Type.Optional(qualifications),
    specialisms: Type.Optional(specialisms),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type InspectorEdit = Static<typeof InspectorEdit>

export const StateChange = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })
export const Ending = Type.Object(
  { endedOn: Day, reason: Reason('离库的理由') },
  { additionalProperties: false },
)

export const Reveal = Type.Object(
  {
    field: oneOf(PROTECTED, '要显示的一项'),
    purpose: Type.Optional(Type.String({ maxLength: 500, description: '用途；没有用途不予显示' })),
  },
  { additionalProperties: false },
)
export const Revealed = Shape({ value: Type.String() })

export const TagQuery = Type.Object(
  {
    kind: oneOf(['enforcementCategory', 'qualification', 'specialism'], '哪一种词'),
    q: Sought,
  },
  { additionalProperties: false },
)
export const TagList = Shape({
  items: Type.Array(Shape({ word: Type.String(), inspectors: Type.Integer() })),
})
