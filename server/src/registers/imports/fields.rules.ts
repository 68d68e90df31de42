// Which column of an office's table is which field: offices name the same thing in many ways.

import { ITEM_COLUMN_NAMES } from '../catalogue/item-row.rules.ts'
import { INSPECTOR_COLUMNS } from '../inspectors/import-row.rules.ts'

/** The registers that a file can fill. */
export const REGISTERS = ['subject', 'inspector', 'item'] as const
export type Register = (typeof REGISTERS)[number]

/** What a column can be, and by which titles it is known; the first is the one of the template. */
type Titles = Readonly<Record<string, readonly string[]>>

const SUBJECT = {
  code: [
    '统一社会信用代码或注册号',
    '统一社会信用代码',
    '统一社会信用代码/注册号',
    '注册号/统一社会信用代码',
    '统一信用代码/注册号',
    '统一社会信用代码(注册号)',
    '社会信用代码',
    '信用代码',
    '统一信用代码',
    '证件号码',
    '主体代码',
  ],
  registrationNumber: ['注册号', '工商注册号', '登记证号', '原注册号'],
  name: [
    '名称',
    '企业名称',
    '市场主体名称',
    '经营主体名称',
    '单位名称',
    '主体名称',
    '对象名称',
    '检查对象名称',
    '检查对象',
    '企业(单位)名称',
    '机构名称',
    '字号名称',
    '商户名称',
    '组织名称',
  ],
  registered_type: [
    '主体类型',
    '企业类型',
    '市场主体类型',
    '经营主体类型',
    '类型',
    '企业(机构)类型',
    '单位类型',
  ],
  legal_representative: [
    '法定代表人',
    '法人代表',
    '法人',
    '负责人',
    '经营者',
    '法定代表人(负责人)',
    '法定代表人/负责人',
    '法定代表人姓名',
    '经营者姓名',
  ],
  registered_address: [
    '住所',
    '注册地址',
    '住所(经营场所)',
    '地址',
    '登记住所',
    '企业住所',
    '住址',
    '单位地址',
    '经营场所(住所)',
  ],
  premises: ['经营场所', '生产经营地址', '经营地址', '实际经营地址', '生产地址', '经营地点'],
  business_scope: ['经营范围', '业务范围', '经营范围及方式'],
  established_on: ['成立日期', '注册日期', '登记日期', '设立日期', '成立时间', '核准日期'],
  registered_capital: ['注册资本', '注册资金', '开办资金', '出资额', '注册资本(万元)'],
  telephone: ['联系电话', '电话', '手机', '手机号', '联系方式', '电话号码'],
  id_card: ['身份证号', '身份证号码', '公民身份号码'],
  province: ['省', '省份', '所在省份', '所在省'],
  prefecture: ['市', '地市', '地区', '所在城市', '城市', '所在地市'],
  county: ['县', '区县', '县区', '县(市、区)', '所在区县', '所属区县', '行政区划', '区划代码', '所在县区'],
  township: ['乡镇', '乡镇街道', '街道', '所在乡镇', '乡镇代码'],
  industry: ['行业', '行业代码', '行业类别', '国民经济行业', '所属行业', '行业门类', '行业类别代码'],
  credit_class: ['信用风险分类', '信用风险等级', '信用等级', '信用分类', '企业信用风险分类', '风险分类'],
  risk_grade: ['风险等级', '风险级别', '监管风险等级'],
  registration_state: ['登记状态', '经营状态', '企业状态', '状态', '主体状态', '存续状态'],
  station: ['管辖单位', '监管所', '所属监管所', '管辖所', '监管单位', '日常监管机构', '属地监管所'],
  licence_kind: ['许可证名称', '许可证类型', '许可名称', '许可事项', '许可类型', '证照名称'],
  licence_number: ['许可证编号', '许可证号', '许可编号', '证照编号', '许可文件编号'],
  licence_from: ['许可批准日期', '发证日期', '许可日期', '有效期自', '有效期起'],
  licence_until: ['有效期至', '有效期止', '许可有效期', '许可截止日期'],
} as const satisfies Titles

export type SubjectField = keyof typeof SUBJECT

const FIELDS: Readonly<Record<Register, Titles>> = {
  subject: SUBJECT,
  inspector: INSPECTOR_COLUMNS,
  item: ITEM_COLUMN_NAMES,
}

/** What must be there, of one of each group. */
export const NEEDED: Readonly<Record<Register, readonly (readonly string[])[]>> = {
  subject: [['code', 'registrationNumber', 'name'], ['name']],
  inspector: [['name']],
  item: [['name']],
}

/** Fields whose cells are shown masked, and stored encrypted. */
export const PERSONAL: Readonly<Record<Register, readonly string[]>> = {
  subject: ['telephone', 'id_card'],
  inspector: ['idCard', 'mobile'],
  item: [],
}

/** The fields of a register, in the order of its template. */
export function fieldsOf(register: Register): readonly string[] {
  return Object.keys(FIELDS[register])
}

/** The titles of a register's template. */
export function templateOf(register: Register): readonly string[] {
  return Object.values(FIELDS[register]).map(([title]) => title ?? '')
}

/** The title that a template gives a field. */
export function titleOf(register: Register, field: string): string {
  return FIELDS[register][field]?.[0] ?? field
}

/** field → index of its column. */
export type Columns = Readonly<Record<string, number>>

/** Guesses the columns by their titles: exact ones first, then those that only hold a known title; none twice. */
export function guessColumns(register: Register, header: readonly string[]): Columns {
  return columnsByTitle(FIELDS[register], header)
}

/** The same by any titles: field → the names that offices give its column. */
export function columnsByTitle(known: Titles, header: readonly string[]): Columns {
  const titles = header.map(bare)
  const columns: Record<string, number> = {}
  const taken = new Set<number>()
  const take = (field: string, at: number): void => {
    columns[field] = at
    taken.add(at)
  }
  const entries = Object.entries(known)
  for (const [field, names] of entries) {
    const at = names.map((name) => titles.findIndex((title, i) => title === bare(name) && !taken.has(i)))
    const hit = at.find((index) => index >= 0)
    if (hit !== undefined) take(field, hit)
  }
  for (const [field, names] of entries) {
    if (field in columns) continue
    const hit = titles.findIndex(
      (title, i) =>
        !taken.has(i) && names.some((name) => bare(name).length > 2 && title.includes(bare(name))),
    )
    if (hit >= 0) take(field, hit)
  }
  return columns
}

/** Without width, blanks, the mark of what must be filled in, and a note in brackets behind. */
function bare(title: string): string {
  return title
    .normalize('NFKC')
    .replaceAll(/[\s*\ufeff]/g, '')
    .replace(/\((?:必填|选填|可选|全称)\)$/, '')
}
