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
  Version,
} from '../../platform/http/shapes.ts'
import { EXPORT_COLUMNS } from './export.ts'
import { Licence } from './licences.schema.ts'
import { Premises } from './premises.schema.ts'
import {
  AuthorityName,
  CreditClass,
  EntityKind,
  Industry,
  Kind,
  MaybeText,
  Pools,
  RegistrationState,
  RiskGrade,
  Tags,
  Township,
  Words,
} from './shapes.ts'

const listed = {
  id: Id,
  version: Version,
  code: Type.String({ description: '统一社会信用代码、注册号，或平台编号（SL 开头）' }),
  codeKind: Type.Enum(['uscc', 'registrationNumber', 'issued'], {
    description: '统一社会信用代码、注册号、平台编号',
  }),
  name: Type.String(),
  kind: Kind,
  entityType: EntityKind,
  registeredType: MaybeText,
  legalRepresentative: MaybeText,
  registeredAddress: MaybeText,
  registrationState: RegistrationState,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  divisionBasis: Type.Enum(['premises', 'address', 'stated', 'registrar'], {
    description: '县级区划的依据：经营场所、住所、填报、登记机关代码（须核实）',
  }),
  townshipCode: MaybeText,
  industryCode: MaybeText,
  industryName: MaybeText,
  creditClass: OrNull(CreditClass),
  riskGrade: MaybeText,
  tags: Type.Array(Type.String()),
  pools: Type.Array(Type.String()),
  flags: Type.Array(Type.String(), { description: '须核实之处' }),
  authorities: Type.Array(AuthorityName, { description: '监管部门：谁审批、谁监管，谁主管、谁监管' }),
  station: MaybeText,
  establishedOn: OrNull(Day),
  enteredOn: Day,
  leftOn: OrNull(Day),
}

export const ListedSubject = Shape(listed)
export type ListedSubject = Static<typeof ListedSubject>

export const Subject = Shape({
  ...listed,
  ofSubject: OrNull(Named),
  businessScope: MaybeText,
  registeredCapital: MaybeText,
  telephone: OrNull(Type.String({ description: '遮盖后的联系电话' })),
  hasIdCard: Type.Boolean({ description: '自然人：是否留有身份证号；号码本身从不显示' }),
  industryChain: Type.Array(Shape({ code: Type.String(), name: Type.String() }), {
    description: '由门类到本级',
  }),
  importId: OrNull(Id),
  movedTo: OrNull(DivisionCode),
  returned: OrNull(
    Shape({
      leftAt: Instant,
      returnedAt: Instant,
      days: Type.Integer({ description: '出库后几天又入库' }),
    }),
  ),
  premises: Type.Array(Premises),
  licences: Type.Array(Licence),
  openChanges: Type.Array(Id, { description: '待决定的变更' }),
  can: Can(
    'edit',
    'remove',
    'return',
    'move',
    'revealTelephone',
    'addPremises',
    'addLicence',
    'addAuthority',
    'removeAuthority',
  ),
})
export type Subject = Static<typeof Subject>

export const SubjectPage = Shape({
  ...PageOf(ListedSubject).properties,
  about: Type.Integer({ description: '约有多少个' }),
  exact: Type.Boolean({ description: 'about 是否为准确数' }),
  can: Can('create', 'export'),
})

export const subjectFilter = {
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      description: '代码或其开头、名称中的字、拼音首字母；空格隔开的各词都须符合',
    }),
  ),
  field: Type.Optional(
    Type.Enum(['name', 'address'], { description: '在名称和代码中查找，或在一个县的住所中查找' }),
  ),
  division: Type.Optional(DivisionCode),
  industry: Type.Optional(
    Type.String({ pattern: '^([A-T]([0-9]{2,4})?|-)$', description: '行业代码；- 为没有的' }),
  ),
  class: Type.Optional(Type.Enum(['A', 'B', 'C', 'D', '-'], { description: '信用风险分类；- 为没有的' })),
  grade: Type.Optional(Type.String({ minLength: 1, maxLength: 20, description: '风险等级；- 为没有的' })),
  kind: Type.Optional(Kind),
  type: Type.Optional(EntityKind),
  tag: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  pool: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  flag: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  authority: Type.Optional(Type.String({ format: 'uuid', description: '哪个部门的名录库' })),
  station: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: '日常监管的所、站' })),
  item: Type.Optional(Type.String({ format: 'uuid', description: '与哪项抽查事项相对应的' })),
  state: Type.Optional(RegistrationState),
  left: Type.Optional(Type.Boolean({ default: false, description: '只看已出库的' })),
}

const SubjectFilterQuery = Type.Object(subjectFilter, { additionalProperties: false })
export type SubjectFilterQuery = Static<typeof SubjectFilterQuery>

export const SubjectExportQuery = Type.Object(
  {
    ...subjectFilter,
    columns: Type.Optional(
      Type.String({
        pattern: `^(${EXPORT_COLUMNS.join('|')})(,(${EXPORT_COLUMNS.join('|')}))*$`,
        description: '所见的列，以逗号隔开；不指明的为全部。代码和名称总在其中',
      }),
    ),
  },
  { additionalProperties: false },
)

export const SubjectQuery = Type.Object({ ...subjectFilter, ...PageQuery }, { additionalProperties: false })

const name = Name(200, '名称')
const plain = {
  registeredType: Name(200, '登记的类型，如 有限责任公司(自然人独资)'),
  legalRepresentative: Name(200, '法定代表人、负责人、经营者'),
  registeredAddress: Name(500, '住所'),
  businessScope: Words(20_000, '经营范围'),
  establishedOn: Day,
  registeredCapital: Name(100, '注册资本，含单位'),
  telephone: Type.String({ pattern: '^[0-9+() -]{5,30}$', description: '联系电话；加密保存' }),
  townshipCode: Township,
  station: Name(100, '日常监管的所、站'),
  ofSubjectId: Type.String({ format: 'uuid', description: '产品、项目、行为：属于哪个对象' }),
}
const classed = {
  industryCode: Industry,
  creditClass: CreditClass,
  riskGrade: RiskGrade,
}
const idCard = Type.String({
  pattern: '^[0-9]{17}[0-9Xx]$',
  description: '自然人的身份证号；加密保存，从不显示，不进入抽取证据',
})

export const NewSubject = Type.Object(
  {
    code: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: '统一社会信用代码或注册号；没有的由平台编号',
      }),
    ),
    noCodeReason: Type.Optional(Reason('没有代码的理由；法人和非法人组织须说明')),
    name,
    kind: Type.Optional(Kind),
    entityType: Type.Optional(EntityKind),
    authorityId: Type.String({ format: 'uuid', description: '入哪个部门的名录库' }),
    divisionCode: Type.Optional(DivisionCode),
    ...optional(plain),
    ...optional(classed),
    registrationState: Type.Optional(RegistrationState),
    tags: Type.Optional(Tags),
    pools: Type.Optional(Pools),
    idCard: Type.Optional(idCard),
    premises: Type.Optional(Name(500, '经营场所的地址')),
  },
  { additionalProperties: false },
)
export type NewSubject = Static<typeof NewSubject>

export const SubjectEdit = Type.Object(
  {
    name: Type.Optional(name),
    ...nullable(plain),
    ...nullable(classed),
    kind: Type.Optional(Kind),
    entityType: Type.Optional(EntityKind),
    registrationState: Type.Optional(RegistrationState),
    tags: Type.Optional(Tags),
    pools: Type.Optional(Pools),
    divisionCode: Type.Optional(
      Type.String({ pattern: '^[0-9]{6}$', description: '迁入的县级区划；须经第二人批准' }),
    ),
    checkedFlags: Type.Optional(
      Type.Array(Type.String({ maxLength: 40 }), {
        uniqueItems: true,
        maxItems: 10,
        description: '已核实无误之处',
      }),
    ),
    reason: Type.Optional(Reason('理由；改变种类、分类、标签、专项库、状态、区划的，须说明并经第二人批准')),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type SubjectEdit = Static<typeof SubjectEdit>

/** A subject after an edit, and what of the edit waits for a second person. */
export const EditedSubject = Shape({
  ...Subject.properties,
  proposed: OrNull(Type.String({ format: 'uuid', description: '须经第二人批准的变更' })),
})

export const TelephoneReveal = Type.Object(
  { purpose: Type.Optional(Type.String({ maxLength: 500, description: '用途；没有用途不予显示' })) },
  { additionalProperties: false },
)
export const RevealedTelephone = Shape({ telephone: Type.String() })

export const AddedAuthority = Type.Object(
  { authorityId: Id, reason: Reason('理由：谁主管、谁监管') },
  { additionalProperties: false },
)

export const RemovedAuthority = Type.Object(
  { authorityId: Id, reason: Reason('理由：为何不再主管、监管') },
  { additionalProperties: false },
)

type Fields = Readonly<Record<string, Parameters<typeof OrNull>[0]>>

function optional<F extends Fields>(fields: F) {
  return Object.fromEntries(Object.entries(fields).map(([key, schema]) => [key, Type.Optional(schema)])) as {
    readonly [K in keyof F]: ReturnType<typeof Type.Optional<F[K]>>
  }
}

function nullable<F extends Fields>(fields: F) {
  return Object.fromEntries(
    Object.entries(fields).map(([key, schema]) => [key, Type.Optional(OrNull(schema))]),
  ) as { readonly [K in keyof F]: ReturnType<typeof Type.Optional<ReturnType<typeof OrNull<F[K]>>>> }
}
