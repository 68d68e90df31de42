// Which column of an office's table is which field: offices name the same thing in many ways.

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

// What the other registers know of a column they say themselves, by its title: here is only what the template holds.
const INSPECTOR = {
  staffNumber: ['单位工号', '工号', '人员编号'],
  name: ['姓名', '执法人员姓名', '人员姓名'],
  sex: ['性别'],
  idCard: ['身份证号', '身份证号码', '公民身份号码'],
  mobile: ['手机号', '手机', '手机号码', '联系电话'],
  warrantNumber: ['执法证号', '执法证编号', '执法证件号', '省执法证编号', '行政执法证号'],
  warrantAuthority: ['发证机关', '执法证发证机关', '颁发机关'],
  warrantFrom: ['有效期自', '发证日期', '执法证发证日期'],
  warrantUntil: ['有效期至', '执法证有效期', '有效期', '有效期止'],
  level: ['执法层级', '层级'],
  unit: ['所在单位', '所属单位', '执法机构', '所在业务部门(机构)', '所在业务部门'],
  section: ['所在科室', '科室', '内设机构'],
  categories: ['执法类别', '执法领域', '业务类别'],
  qualifications: ['执法资质', '资质', '专业资质资格', '资格'],
  specialisms: ['业务特长', '业务专长', '专长', '特长'],
  post: ['职务', '担任职务', '岗位'],
  state: ['状态', '执法人员状态', '人员状态'],
} as const satisfies Titles

const ITEM = {
  code: ['编号', '事项编号', '事项编码', '序号'],
  name: ['抽查事项名称', '事项名称', '抽查事项', '检查事项', '抽查项目', '抽查类别'],
  subItem: ['抽查子项', '子项', '子项名称'],
  basis: ['抽查依据', '检查依据', '依据', '法律依据'],
  authority: ['抽查主体', '检查主体', '实施主体'],
  subjects: ['抽查对象', '检查对象'],
  scope: ['抽查内容', '检查内容'],
  ratio: ['抽查比例', '比例'],
  frequency: ['抽查频次', '频次'],
  method: ['抽查方式', '检查方式', '方式'],
  requirement: ['检查人员要求', '人员要求', '要求'],
  tier: ['事项类别', '事项分类', '类别'],
  field: ['领域', '所属领域'],
  level: ['实施层级', '层级'],
  note: ['备注', '说明'],
} as const satisfies Titles

const FIELDS: Readonly<Record<Register, Titles>> = { subject: SUBJECT, inspector: INSPECTOR, item: ITEM }

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
  const titles = header.map(bare)
  const columns: Record<string, number> = {}
  const taken = new Set<number>()
  const take = (field: string, at: number): void => {
    columns[field] = at
    taken.add(at)
  }
  const entries = Object.entries(FIELDS[register])
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
