// The forms in which plans are taken away: column by column as the offices, and the attachments 1 and 4 of S4, have them.

import type { TableField } from './columns.rules.ts'

export const FORMS = ['county', 'shanggao', 'changzhi', 'fenyang', 'attachment1', 'attachment4'] as const
export type Form = (typeof FORMS)[number]

/** A form: its columns, left to right. */
export interface FormColumns {
  readonly columns: readonly (readonly [title: string, field: TableField | 'ordinal'])[]
}

const ATTACHMENT = [
  ['序号', 'ordinal'],
  ['检查主体', 'lead'],
  ['检查事项', 'items'],
  ['检查依据', 'basis'],
  ['检查对象', 'object'],
  ['检查内容', 'content'],
  ['检查方式', 'methods'],
  ['抽查比例/数量', 'amount'],
  ['检查时间', 'period'],
  ['是否联合检查', 'isJoint'],
  ['参与部门', 'others'],
  ['备注', 'remark'],
] as const satisfies FormColumns['columns']

const COLUMNS: Readonly<Record<Form, FormColumns['columns']>> = {
  county: [
    ['抽查计划编号', 'code'],
    ['任务名称', 'taskName'],
    ['抽查类型', 'drawType'],
    ['抽查对象', 'object'],
    ['发起部门', 'lead'],
    ['参与部门', 'others'],
    ['抽查比例(数量)', 'amount'],
    ['检查方式', 'methods'],
    ['起止时间', 'period'],
    ['抽查事项', 'items'],
  ],
  shanggao: [
    ['检查主体', 'lead'],
    ['年度计划名称', 'taskName'],
    ['检查内容', 'content'],
    ['计划开展时间', 'period'],
    ['股室', 'unit'],
    ['抽查比例', 'amount'],
    ['抽查频次', 'frequency'],
    ['抽查数量', 'count'],
  ],
  changzhi: [
    ['任务名称', 'taskName'],
    ['抽查类型', 'drawType'],
    ['抽查事项', 'items'],
    ['对象范围', 'object'],
    ['比例/数量', 'amount'],
    ['信用风险分类管理', 'classes'],
    ['起止时间', 'period'],
    ['发起主体/指导单位', 'guidedBy'],
    ['检查主体', 'lead'],
    ['抽查检查模式', 'levels'],
  ],
  fenyang: [
    ['抽查领域', 'field'],
    ['抽查事项', 'items'],
    ['检查对象', 'object'],
    ['发起部门', 'lead'],
    ['配合部门', 'others'],
    ['抽查层级', 'levels'],
  ],
  attachment1: ATTACHMENT,
  attachment4: ATTACHMENT,
}

/** The columns of a form. */
export function columnsOf(form: Form): FormColumns['columns'] {
  return COLUMNS[form]
}

/** What a form needs to know of a plan. */
export interface FormPlan {
  readonly kind: string
  readonly year: number
  readonly half: number | null
  readonly field: string
  readonly title: string
  readonly divisionName: string
}

/** Why a plan cannot be taken away in a form: attachment 4 is the half-year table of the fields outside the market. */
export function whyNotForm(
  { kind, field }: Pick<FormPlan, 'kind' | 'field'>,
  form: Form,
): { readonly code: 'planExport.form_of_half_year' } | undefined {
  return form === 'attachment4' && (kind !== 'halfYear' || field !== 'nonMarket')
    ? { code: 'planExport.form_of_half_year' }
    : undefined
}

/** The line of title above the table. */
export function titleOf({ year, half, title }: FormPlan, form: Form): string {
  switch (form) {
    case 'attachment1':
      return `${year}年度行政执法检查计划表`
    case 'attachment4':
      return `${year}年度${half === 2 ? '下' : '上'}半年非市场监管领域抽查工作计划表`
    case 'county':
    case 'shanggao':
    case 'changzhi':
    case 'fenyang':
      return title
  }
}
