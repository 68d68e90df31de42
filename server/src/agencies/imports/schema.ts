import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  DivisionCode,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'

const Result = Type.Enum(['new', 'changed', 'same', 'conflict'], {
  description: '新增、有变化、无变化、有冲突',
})

const ImportRow = Shape({
  row: Type.Integer({ description: '文件中的行号' }),
  authority: Type.String(),
  unit: Type.String(),
  section: Type.String(),
  name: Type.String(),
  staffNumber: Type.String(),
  post: Type.String(),
  mobile: Type.String({ description: '遮盖后的手机号' }),
  result: Result,
  changes: Type.Array(Shape({ what: Type.String(), before: OrNull(Type.String()), after: Type.String() }), {
    description: '会新建或改变什么',
  }),
  conflict: OrNull(
    Shape({
      code: Type.String(),
      params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      sentence: Type.String({ description: '冲突的原因和改法' }),
    }),
  ),
})
export type ImportRow = Static<typeof ImportRow>

const summary = {
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  fileName: Type.String(),
  fileHash: Type.String({ description: '文件的 SHA-256' }),
  state: Type.Enum(['checked', 'applied', 'discarded'], { description: '已核对未导入、已导入、已放弃' }),
  uploadedBy: Named,
  uploadedAt: Instant,
  appliedBy: OrNull(Named),
  appliedAt: OrNull(Instant),
  counts: Shape({
    rows: Type.Integer(),
    new: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer(),
    conflict: Type.Integer(),
  }),
  unusedColumns: Type.Array(Type.String(), { description: '没有用到的列' }),
  can: Can('apply', 'discard'),
}

export const OrganisationImport = Shape({ ...summary, rows: PageOf(ImportRow) })
export type OrganisationImport = Static<typeof OrganisationImport>
const ImportSummary = Shape(summary)
export type ImportSummary = Static<typeof ImportSummary>
export const ImportPage = Shape({ ...PageOf(ImportSummary).properties, can: Can('upload') })

export const ImportListQuery = Type.Object(PageQuery, { additionalProperties: false })
export const ImportRowsQuery = Type.Object(
  { result: Type.Optional(Result), ...PageQuery },
  { additionalProperties: false },
)
export const UploadQuery = Type.Object(
  {
    division: Type.Optional(
      Type.String({ pattern: '^[0-9]{6}$', description: '导入到哪个区划；默认为当前部门所在区划' }),
    ),
  },
  { additionalProperties: false },
)

/** The bytes of a file. */
export const FileBody = Type.Unsafe<Buffer>({
  description: 'CSV、XLSX 或 XLS 文件；文件名放在 File-Name 头中（百分号编码）',
})
