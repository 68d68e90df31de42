// Which column of an office's table is which: offices name the same thing in many ways.

import type { Refusal } from '../../platform/refusal.ts'

/** What a column can be. `path` is a unit and its section in one cell: 执法大队/一中队. */
export const FIELDS = [
  'authority',
  'unit',
  'section',
  'path',
  'name',
  'staffNumber',
  'post',
  'mobile',
] as const
export type Field = (typeof FIELDS)[number]

/** The names that the template gives, in its order. */
export const TEMPLATE_HEADER = ['部门', '所属单位', '科室', '姓名', '工号', '职务', '手机'] as const

const NAMES: Readonly<Record<Field, readonly string[]>> = {
  authority: [
    '部门',
    '部门名称',
    '部门全称',
    '工作部门',
    '所属部门',
    '主管部门',
    '机构',
    '机构名称',
    '单位名称',
    '单位全称',
  ],
  unit: ['所属单位', '上级单位', '下属单位', '二级单位', '所在单位', '执法队伍', '单位'],
  section: ['科室', '科室名称', '所在科室', '内设机构', '股室', '处室', '内设科室'],
  path: ['上级单位/科室', '所属单位/科室', '所在单位/科室', '单位/科室', '单位科室'],
  name: ['姓名', '人员姓名', '执法人员姓名', '名字'],
  staffNumber: ['工号', '人员编号', '职工号', '职工编号', '员工编号', '人员工号'],
  post: ['职务', '岗位', '职位', '职务名称', '职务(岗位)', '职务/岗位'],
  mobile: ['手机', '手机号', '手机号码', '移动电话', '联系电话', '联系方式', '电话'],
}

/** Where each field stands (from 0), and which columns are not used. */
export interface Columns {
  readonly at: Readonly<Partial<Record<Field, number>>>
  readonly unused: readonly string[]
}

/** Guesses the columns by their names; a refusal where one that is needed is missing, or two could be the same. */
export function columnsIn(header: readonly string[]): Columns | Refusal {
  const at: Partial<Record<Field, number>> = {}
  const unused: string[] = []
  for (const [index, title] of header.entries()) {
    const field = fieldNamed(title)
    const taken = field === undefined ? undefined : at[field]
    if (field !== undefined && taken !== undefined)
      return { code: 'organisation.column_twice', params: { one: header[taken] ?? '', other: title } }
    if (field !== undefined) at[field] = index
    else if (title.trim() !== '') unused.push(title.trim())
  }
  if (at.authority === undefined) return missing('部门', header)
  return at.name === undefined ? missing('姓名', header) : { at, unused }
}

function missing(column: string, header: readonly string[]): Refusal {
  return {
    code: 'organisation.column_missing',
    params: { column, header: header.filter(Boolean).join('、') },
  }
}

function fieldNamed(title: string): Field | undefined {
  // Without width, blanks, the mark of what must be filled in, and a note in brackets behind.
  const bare = title
    .normalize('NFKC')
    .replaceAll(/[\s*\ufeff]/g, '')
    .replace(/\((?:必填|选填|可选|全称)\)$/, '')
  return FIELDS.find((field) => NAMES[field].includes(bare))
}
