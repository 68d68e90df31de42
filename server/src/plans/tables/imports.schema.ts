import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Id, Instant, Named, OrNull, PageOf, Shape, Version } from '../../platform/http/shapes.ts'
import { FORMS } from './forms.rules.ts'
import { RESULTS } from './imports.rules.ts'

export const FileBody = Type.Any({ description: '文件：CSV、XLSX 或 XLS' })

const Result = Type.Enum([...RESULTS], { description: '新增、变更、相同、有误' })

const Row = Shape({
  row: Type.Integer({ description: '文件中的行号' }),
  name: Type.String({ description: '任务名称' }),
  result: Result,
  reasons: Type.Array(
    Shape({
      code: Type.String(),
      severity: Type.Enum(['error', 'warning'], { description: '必须改正、请核对' }),
      sentence: Type.String({ description: '怎么了，怎样改' }),
    }),
  ),
  changes: Type.Array(Shape({ field: Type.String(), before: Type.String(), after: Type.String() }), {
    description: '会改变哪几列，原来怎样，改为怎样',
  }),
})
export type RowView = Static<typeof Row>

export const PlanImport = Shape({
  id: Id,
  version: Version,
  planId: Id,
  planTitle: Type.String(),
  fileName: Type.String(),
  state: Type.Enum(['checked', 'applied', 'discarded'], { description: '已核对、已导入、已放弃' }),
  counts: Shape({
    new: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer(),
    error: Type.Integer(),
  }),
  unused: Type.Array(Type.String(), { description: '没有读取的列' }),
  uploadedBy: Named,
  uploadedAt: Instant,
  appliedBy: OrNull(Named),
  appliedAt: OrNull(Instant),
  rows: PageOf(Row),
  can: Can('apply', 'discard'),
})
export type PlanImportView = Static<typeof PlanImport>

export const ImportQuery = Type.Object(
  { result: Type.Optional(Result), ...PageQuery },
  { additionalProperties: false },
)

export const FormQuery = Type.Object(
  {
    form: Type.Enum([...FORMS], {
      description:
        '表式：county 县级、shanggao 上高、changzhi 长治、fenyang 汾阳联合抽查清单、attachment1 行政执法检查计划表、attachment4 非市场监管领域抽查工作计划表',
    }),
  },
  { additionalProperties: false },
)
