import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  DivisionCode,
  Id,
  Instant,
  Name,
  Named,
  NamedDivision,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'
import { SOURCES } from './sources.rules.ts'

const oneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description })

const Register = oneOf(['subject', 'inspector', 'item'], '名录：检查对象、执法检查人员、抽查事项')
const Mode = oneOf(
  ['merge', 'full', 'reconcile'],
  '方式：merge 增加和修改；full 全量，缺少的移出本部门名录；reconcile 只比对，不写入',
)
export const RESULTS = [
  'new',
  'changed',
  'renamed',
  'same',
  'conflict',
  'duplicate',
  'rejected',
  'gone',
] as const
const Result = oneOf(RESULTS, '结果')

const Counts = Type.Record(Type.String(), Type.Integer(), {
  description:
    'rows 为文件的数据行数，等于 new、changed、renamed、same、conflict、duplicate、rejected 之和；gone 不在文件中',
})

/** How the columns are to be understood. */
export const Mapping = Shape({
  headerRow: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 100, description: '列名所在行；0 为没有列名' }),
  ),
  sheet: Type.Optional(Type.String({ maxLength: 100, description: '工作表名' })),
  encoding: Type.Optional(oneOf(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'], '编码')),
  columns: Type.Record(Type.String({ maxLength: 40 }), Type.Integer({ minimum: 0, maximum: 1023 }), {
    description: '字段 → 列序号（从 0 起）',
  }),
  division: Type.Optional(
    oneOf(
      ['stated', 'resolve'],
      'stated：全部属于本次导入的行政区划；resolve：按各行的区县列、地址、代码判断',
    ),
  ),
  issueCodes: Type.Optional(Type.Boolean({ description: '没有代码的行由平台编号，而不是退回' })),
  pool: Type.Optional(Name(60, '列入专项库')),
  tag: Type.Optional(Name(60, '加上标签')),
  source: Type.Optional(oneOf(SOURCES, '名单来源；只比对的，只在该来源登记的主体类别中查找名单上没有的')),
})
export type Mapping = Static<typeof Mapping>

const Sheet = Shape({
  kind: Type.String(),
  encoding: Type.Optional(Type.String()),
  sheet: Type.Optional(Type.String()),
  sheets: Type.Optional(Type.Array(Type.String())),
  headerRow: Type.Integer(),
  header: Type.Array(Type.String()),
  sample: Type.Array(Type.Array(Type.String()), { description: '前若干行；个人信息列已遮盖' }),
})

export const RegisterImport = Shape({
  id: Id,
  version: Version,
  register: Register,
  mode: Mode,
  state: Type.String(),
  authority: Named,
  division: NamedDivision,
  fileName: Type.String(),
  fileBytes: Type.Integer(),
  fileHash: Type.String({ description: '文件的 SHA-256；推送的为空' }),
  sheet: Sheet,
  mapping: OrNull(Mapping),
  guess: Type.Record(Type.String(), Type.Integer(), { description: '按列名猜测的对应关系' }),
  mappingName: OrNull(Type.String({ description: '沿用的对应模板' })),
  fields: Type.Array(Shape({ field: Type.String(), title: Type.String() })),
  counts: Counts,
  failure: OrNull(
    Shape({
      code: Type.String(),
      params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
      sentence: Type.String(),
    }),
  ),
  jobId: OrNull(Id),
  uploadedBy: Named,
  uploadedAt: Instant,
  approvedBy: OrNull(Named),
  appliedBy: OrNull(Named),
  appliedAt: OrNull(Instant),
  undoneBy: OrNull(Named),
  undoneAt: OrNull(Instant),
  undoReason: OrNull(Type.String()),
  can: Can('check', 'approve', 'apply', 'undo', 'discard'),
})
export type RegisterImport = Static<typeof RegisterImport>

export const ImportPage = Shape({ ...PageOf(RegisterImport).properties, can: Can('create') })

export const ImportQuery = Type.Object(
  { register: Type.Optional(Register), ...PageQuery },
  { additionalProperties: false },
)

export const NewImport = Type.Object(
  {
    file: Type.String({ pattern: '^[0-9a-f]{64}$', description: '已上传文件的 SHA-256（POST /files）' }),
    fileName: Name(200, '文件名'),
    register: Register,
    mode: Mode,
    division: Type.Optional(DivisionCode),
    opening: Type.Optional(
      Shape({
        headerRow: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
        sheet: Type.Optional(Type.String({ maxLength: 100 })),
        encoding: Type.Optional(oneOf(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'], '编码')),
      }),
    ),
  },
  { additionalProperties: false },
)

export type NewImport = Static<typeof NewImport>

export const Checking = Type.Object(
  { mapping: Mapping, remember: Type.Optional(Name(60, '记住为模板')) },
  { additionalProperties: false },
)

export const Undo = Type.Object({ reason: Reason('撤销的原因') }, { additionalProperties: false })

export const RowReason = Shape({
  code: Type.String(),
  column: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  sentence: Type.String(),
})

export const ImportRow = Shape({
  row: Type.Integer({ description: '文件中的行号；不在文件中的为负数' }),
  result: Result,
  code: OrNull(Type.String()),
  name: Type.String(),
  reasons: Type.Array(RowReason),
  changes: Type.Array(
    Shape({ field: Type.String(), before: OrNull(Type.String()), after: OrNull(Type.String()) }),
  ),
  subjectId: OrNull(Id),
})
export type ImportRow = Static<typeof ImportRow>

export const RowPage = PageOf(ImportRow)

export const RowQuery = Type.Object(
  { result: Type.Optional(Result), ...PageQuery },
  { additionalProperties: false },
)

export const TemplateQuery = Type.Object({ register: Register }, { additionalProperties: false })
export const ReportQuery = Type.Object({ result: Type.Optional(Result) }, { additionalProperties: false })

export const ImportMapping = Shape({
  id: Id,
  name: Type.String(),
  register: Register,
  header: Type.Array(Type.String()),
  mapping: Mapping,
})
export const MappingPage = Shape({ items: Type.Array(ImportMapping) })

const PushedSubject = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 20_000 }), {
  description: '字段 → 文字，字段名与导入模板的字段相同，如 code、name、registered_address',
})

export const Push = Type.Object(
  {
    source: Name(60, '来源系统，如“商事登记系统”'),
    division: Type.Optional(DivisionCode),
    subjects: Type.Array(PushedSubject, { minItems: 1, maxItems: 1000 }),
  },
  { additionalProperties: false },
)
export type Push = Static<typeof Push>

export const Pushed = Shape({
  importId: Id,
  counts: Counts,
  rows: Type.Array(
    Shape({
      row: Type.Integer({ description: '第几个，从 1 起' }),
      result: Result,
      code: OrNull(Type.String()),
      reasons: Type.Array(RowReason),
    }),
  ),
})
