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
  Shape,
  Sought,
  Version,
} from '../../platform/http/shapes.ts'
import { Standing } from './citations.schema.ts'
import { Field, ImplementingLevels, Methods, State, Words } from './shapes.ts'

const code = Type.String({
  pattern: String.raw`^[\p{L}\p{N}](?:[\p{L}\p{N}._/\-]{0,38}[\p{L}\p{N}])?$`,
  description: '编号，在本部门内不重复',
})
const tier = Type.Enum(['PRIORITY', 'GENERAL'], { description: '重点检查事项、一般检查事项' })
const ratio = Type.Integer({ minimum: 1, maximum: 10_000, description: '比例，单位为万分之一：500 即 5%' })
const codes = (description: string) =>
  Type.Array(Name(60, description), { uniqueItems: true, maxItems: 200, description })

/** Which subjects an item corresponds to (REQ-OBJ-6); an empty list restricts nothing. */
export const AppliesTo = Type.Object(
  {
    industries: codes('国民经济行业代码（GB/T 4754）或其前缀'),
    entityTypes: codes('主体类型'),
    kinds: codes('对象种类：法人、自然人、非法人组织、产品、项目、行为'),
    licenceKinds: codes('许可种类'),
    pools: codes('专项库'),
    tags: codes('标签'),
  },
  { additionalProperties: false },
)
export type AppliesTo = Static<typeof AppliesTo>

const Basis = Type.Object(
  {
    citationId: Id,
    article: Type.Optional(OrNull(Name(300, '条款，如 第一百一十条'))),
    phrase: Type.Optional(OrNull(Words(2000, '条文原文'))),
  },
  { additionalProperties: false },
)

const ShownBasis = Shape({
  citationId: Id,
  title: Type.String(),
  documentNumber: OrNull(Type.String()),
  article: OrNull(Type.String()),
  phrase: OrNull(Type.String()),
  standing: Standing,
})

/** What the field of an item decides (REQ-GEN-5). */
const FieldDuty = Shape({
  what: Type.Enum(['ledBy', 'supervisedBy', 'filedWith', 'countedIn'], {
    description: '牵头（统筹）机关、监督机关、计划备案机关、统计附件',
  }),
  bodies: Type.Array(Type.String(), { description: '机关代码，见 bodies；统计附件为 market 或 nonMarket' }),
  law: OrNull(Type.String({ description: '依据的法规参数；无规定的为空' })),
})

export const Item = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String({ description: '抽查主体' }),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  code: Type.String(),
  name: Type.String(),
  subItem: OrNull(Type.String()),
  object: Type.String(),
  scope: OrNull(Type.String()),
  field: Field,
  fieldDuties: Type.Array(FieldDuty),
  isRandom: Type.Boolean(),
  notRandomReason: OrNull(Type.String()),
  tier,
  ratioFloor: OrNull(Type.Integer()),
  ratioCap: OrNull(Type.Integer()),
  ratioNote: OrNull(Type.String()),
  byBatches: Type.Boolean(),
  frequency: OrNull(Type.String()),
  methods: Type.Array(Type.String()),
  methodRequirement: OrNull(Type.String()),
  implementingLevels: Type.Array(Type.String()),
  inspectorCategories: Type.Array(Type.String()),
  inspectorQualifications: Type.Array(Type.String()),
  appliesTo: AppliesTo,
  note: OrNull(Type.String()),
  bases: Type.Array(ShownBasis),
  revises: OrNull(Id),
  effectiveFrom: OrNull(Day),
  effectiveUntil: OrNull(Day),
  state: State,
  proposedBy: OrNull(Named),
  proposedAt: OrNull(Instant),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: OrNull(Type.String()),
  endReason: OrNull(Type.String()),
  checklistCount: Type.Integer(),
  can: Can(
    'edit',
    'propose',
    'approve',
    'reject',
    'withdraw',
    'end',
    'discard',
    'revise',
    'writeChecklist',
    'use',
  ),
})
export type Item = Static<typeof Item>

export const ItemPage = Shape({ ...PageOf(Item).properties, can: Can('create', 'export') })

const filter = {
  q: Sought,
  authority: Type.Optional(Id),
  division: Type.Optional(DivisionCode),
  state: Type.Optional(State),
  field: Type.Optional(Field),
  tier: Type.Optional(tier),
  random: Type.Optional(Type.Boolean({ description: '只看列入双随机的，或只看未列入的' })),
  citation: Type.Optional(Type.String({ format: 'uuid', description: '以这项依据为依据的' })),
}

export const ItemQuery = Type.Object({ ...filter, ...PageQuery }, { additionalProperties: false })
export const ItemFileQuery = Type.Object(filter, { additionalProperties: false })

const texts = {
  subItem: Type.Optional(OrNull(Name(300, '抽查子项'))),
  scope: Type.Optional(OrNull(Words(4000, '抽查内容；提交审定前须填写'))),
  notRandomReason: Type.Optional(OrNull(Words(500, '不列入双随机的书面理由', 2))),
  ratioFloor: Type.Optional(OrNull(ratio)),
  ratioCap: Type.Optional(OrNull(ratio)),
  ratioNote: Type.Optional(OrNull(Words(500, '比例的说明'))),
  byBatches: Type.Optional(Type.Boolean({ description: '比例高的，随机抽取检查批次顺序' })),
  frequency: Type.Optional(OrNull(Name(200, '抽查频次'))),
  methods: Type.Optional(Methods),
  methodRequirement: Type.Optional(OrNull(Words(1000, '检查方式的要求'))),
  implementingLevels: Type.Optional(ImplementingLevels),
  inspectorCategories: Type.Optional(codes('检查人员类别代码，见 inspector-categories')),
  inspectorQualifications: Type.Optional(codes('检查人员须具备的资格或专长')),
  appliesTo: Type.Optional(AppliesTo),
  note: Type.Optional(OrNull(Words(1000, '备注'))),
  bases: Type.Optional(Type.Array(Basis, { maxItems: 50, description: '抽查依据' })),
  effectiveFrom: Type.Optional(OrNull(Day)),
  effectiveUntil: Type.Optional(OrNull(Day)),
}
const name = Name(200, '抽查事项名称', 2)
const object = Words(1000, '抽查对象')
const isRandom = Type.Boolean({ description: '是否列入随机抽查事项清单' })

export const NewItem = Type.Object(
  { authorityId: Id, code, name, object, field: Field, isRandom, tier, ...texts },
  { additionalProperties: false },
)
export type NewItem = Static<typeof NewItem>

export const ItemEdit = Type.Object(
  {
    code: Type.Optional(code),
    name: Type.Optional(name),
    object: Type.Optional(object),
    field: Type.Optional(Field),
    isRandom: Type.Optional(isRandom),
    tier: Type.Optional(tier),
    ...texts,
  },
  { additionalProperties: false, minProperties: 1 },
)
export type ItemEdit = Static<typeof ItemEdit>

export const DecisionNote = Type.Object(
  { note: Type.Optional(Words(500, '审定意见')) },
  { additionalProperties: false },
)

export const Ending = Type.Object(
  { on: Type.Optional(Day), reason: Words(500, '终止的理由', 2) },
  { additionalProperties: false },
)

/** An item as anybody may read it: no names of people, nothing that is not yet in force. */
export const PublicItem = Shape({
  id: Id,
  authorityName: Type.String({ description: '抽查主体' }),
  divisionCode: DivisionCode,
  code: Type.String(),
  name: Type.String(),
  subItem: OrNull(Type.String()),
  object: Type.String(),
  scope: OrNull(Type.String()),
  field: Field,
  isRandom: Type.Boolean(),
  notRandomReason: OrNull(Type.String()),
  tier,
  ratioFloor: OrNull(Type.Integer()),
  ratioCap: OrNull(Type.Integer()),
  ratioNote: OrNull(Type.String()),
  byBatches: Type.Boolean(),
  frequency: OrNull(Type.String()),
  methods: Type.Array(Type.String()),
  methodRequirement: OrNull(Type.String()),
  implementingLevels: Type.Array(Type.String()),
  bases: Type.Array(
    Shape({
      title: Type.String(),
      documentNumber: OrNull(Type.String()),
      article: OrNull(Type.String()),
    }),
  ),
  effectiveFrom: OrNull(Day),
  effectiveUntil: OrNull(Day),
})
export type PublicItem = Static<typeof PublicItem>

export const PublicItemPage = PageOf(PublicItem)

export const PublicItemQuery = Type.Object(
  { q: Sought, division: Type.Optional(DivisionCode), authority: Type.Optional(Id), ...PageQuery },
  { additionalProperties: false },
)
