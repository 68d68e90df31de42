// Which column of a plan table is which field, by the titles that offices give it (requirements 2.6, S4 attachments 1 and 4).

import { type Columns, columnsByTitle } from '../../registers/index.ts'

/** The fields of a plan table and the titles that they were seen under; the first is the one of the template. */
export const FIELDS = {
  code: ['抽查计划编号', '计划编号', '任务编号', '编号'],
  taskName: ['任务名称', '抽查任务名称', '年度计划名称', '计划名称', '抽查计划名称', '抽查任务'],
  drawType: ['抽查类型', '类型'],
  field: ['抽查领域', '领域', '监管领域'],
  tier: ['事项类别', '类别', '检查类别'],
  items: ['抽查事项', '检查事项', '抽查事项名称', '检查事项名称', '抽查内容'],
  content: ['检查内容', '主要内容'],
  object: ['抽查对象', '检查对象', '对象范围', '抽查对象范围', '检查对象范围'],
  basis: ['抽查依据', '依据', '检查依据', '法律依据'],
  guidedBy: ['指导单位', '发起主体/指导单位', '指导部门'],
  lead: ['发起部门', '检查主体', '发起主体', '牵头部门', '牵头单位', '责任部门', '抽查主体'],
  others: ['参与部门', '配合部门', '联合部门', '参加部门', '参与单位', '配合单位'],
  unit: ['股室', '科室', '承办机构', '责任股室', '责任科室'],
  amount: ['抽查比例(数量)', '抽查比例/数量', '比例/数量', '抽查比例或数量', '抽查比例', '检查比例', '比例'],
  count: ['抽查数量', '检查数量', '数量'],
  draws: ['抽查批次数', '抽查批次', '批次数', '抽取批次', '抽取次数'],
  frequency: ['抽查频次', '检查频次', '频次'],
  period: ['起止时间', '抽查时间', '计划开展时间', '检查时间', '实施时间', '抽查起止时间', '时间'],
  methods: ['检查方式', '抽查方式', '方式'],
  mode: ['联查模式', '联合抽查模式'],
  levels: ['抽查检查模式', '抽查层级', '实施层级', '层级'],
  classes: ['信用风险分类管理', '信用风险分类', '信用风险分级分类管理'],
  isJoint: ['是否联合检查', '是否联合', '是否联合抽查', '是否跨部门联合'],
  remark: ['备注', '说明'],
} as const
export type TableField = keyof typeof FIELDS

/** The texts of a row by field; a field without a column is absent. */
export type RowTexts = Readonly<Partial<Record<TableField, string>>>

/** field → index of its column. */
export function planColumns(header: readonly string[]): Columns {
  return columnsByTitle(FIELDS, header)
}

/** Why a table cannot be read as a plan: nothing in it says what is inspected. */
export function whyNotPlanTable(columns: Columns): { readonly code: 'planImport.no_column' } | undefined {
  return 'items' in columns || 'taskName' in columns ? undefined : { code: 'planImport.no_column' }
}

/** The texts of a row. */
export function textsOf(columns: Columns, cells: readonly string[]): RowTexts {
  return Object.fromEntries(
    Object.entries(columns).map(([field, at]) => [field, clean(cells[at] ?? '')]),
  ) as RowTexts
}

function clean(cell: string): string {
  return cell
    .normalize('NFC')
    .replaceAll(/[\u00a0\u3000\t]/g, ' ')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\n\P{C}]/gu, '')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
}
