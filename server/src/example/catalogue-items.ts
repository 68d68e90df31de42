// What stands in the item catalogue of 青石县.

/** An instrument, as a clerk enters it. */
interface ExampleCitation {
  readonly title: string
  readonly documentNumber?: string
  readonly issuer: string
  readonly level: string
  readonly inForceFrom?: string
}

/** An item, as a clerk drafts it; `basis`: title and article. */
export interface ExampleItem {
  readonly code: string
  readonly name: string
  readonly subItem?: string
  readonly object: string
  readonly scope?: string
  readonly field: 'market' | 'nonMarket'
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly isRandom: boolean
  readonly notRandomReason?: string
  readonly ratioFloor?: number
  readonly ratioCap?: number
  readonly byBatches?: boolean
  readonly frequency?: string
  readonly methods: readonly string[]
  readonly implementingLevels: readonly string[]
  readonly inspectorQualifications?: readonly string[]
  readonly appliesTo?: object
  readonly basis: readonly [title: string, article: string]
  /** How far it has come; in force where not given. */
  readonly until?: 'draft' | 'proposed'
}

const STATE_COUNCIL = '国务院'
const CONGRESS = '全国人民代表大会常务委员会'

export const CITATIONS: readonly ExampleCitation[] = [
  law('中华人民共和国食品安全法', '2015-10-01'),
  law('中华人民共和国特种设备安全法', '2014-01-01'),
  law('中华人民共和国广告法', '2015-09-01'),
  regulation('中华人民共和国市场主体登记管理条例', '国务院令第746号', '2022-03-01'),
  regulation('企业信息公示暂行条例', '国务院令第654号', '2014-10-01'),
  regulation('直销管理条例', '国务院令第443号', '2005-12-01'),
  regulation('公共场所卫生管理条例', '国发〔1987〕24号', '1987-04-01'),
  regulation('医疗机构管理条例', '国务院令第149号', '1994-09-01'),
  // As one county's programme cites it: the platform marks it as doubtful by itself.
  {
    title: '国务院关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见',
    documentNumber: '国发〔2023〕5号',
    issuer: STATE_COUNCIL,
    level: 'normativeDocument',
    inForceFrom: '2019-01-27',
  },
]

const EVERYWHERE = {
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
}
const common = {
  field: 'market',
  isRandom: true,
  methods: ['ON_SITE'],
  implementingLevels: ['county'],
  frequency: '每年一次',
} as const

export const MARKET_ITEMS: readonly ExampleItem[] = [
  {
    ...common,
    code: 'SJ-001',
    name: '登记事项检查',
    object: '各类企业',
    scope: '名称、住所、经营范围、法定代表人、注册资本等登记事项与实际是否一致；营业执照的使用和悬挂。',
    tier: 'GENERAL',
    ratioCap: 500,
    methods: ['ON_SITE', 'DOCUMENTARY'],
    appliesTo: { ...EVERYWHERE, kinds: ['LEGAL_PERSON', 'UNINCORPORATED'] },
    basis: ['中华人民共和国市场主体登记管理条例', '第三十八条'],
  },
  {
    ...common,
    code: 'SJ-002',
    name: '公示信息检查',
    subItem: '企业年度报告公示信息的检查',
    object: '各类企业',
    scope: '年度报告是否按时公示，所公示的股东出资、资产状况、联系方式等是否真实。',
    tier: 'GENERAL',
    ratioFloor: 300,
    ratioCap: 500,
    methods: ['DOCUMENTARY', 'ONLINE_MONITORING'],
    basis: ['企业信息公示暂行条例', '第十四条'],
  },
  {
    ...common,
    code: 'SJ-003',
    name: '食品销售监督检查',
    object: '食品销售单位',
    scope: '经营资质、进货查验、贮存条件、标签标识、过期食品清理。',
    tier: 'PRIORITY',
    byBatches: true,
    frequency: '每年不少于一次',
    inspectorQualifications: ['食品检查员'],
    appliesTo: { ...EVERYWHERE, industries: ['F522'], licenceKinds: ['食品经营许可证'] },
    basis: ['中华人民共和国食品安全法', '第一百一十条'],
  },
  {
    ...common,
    code: 'SJ-004',
    name: '餐饮服务监督检查',
    object: '餐饮服务单位、学校食堂',
    scope: '许可和人员健康管理、原料控制、加工制作、清洗消毒、食品留样。',
    tier: 'PRIORITY',
    byBatches: true,
    frequency: '每年不少于一次',
    methods: ['ON_SITE', 'TESTING'],
    inspectorQualifications: ['食品检查员'],
    appliesTo: { ...EVERYWHERE, industries: ['H62'], licenceKinds: ['食品经营许可证'] },
    basis: ['中华人民共和国食品安全法', '第一百一十条'],
  },
  {
    ...common,
    code: 'SJ-005',
    name: '特种设备使用单位监督检查',
    object: '电梯、锅炉、压力容器、大型游乐设施使用单位',
    scope: '使用登记、作业人员持证、定期检验、维护保养记录、应急预案。',
    tier: 'PRIORITY',
    ratioFloor: 2000,
    inspectorQualifications: ['特种设备安全监察员'],
    basis: ['中华人民共和国特种设备安全法', '第六十一条'],
  },
  {
    ...common,
    code: 'SJ-006',
    name: '广告行为检查',
    object: '广告主、广告经营者、广告发布者',
    scope: '医疗、药品、食品、房地产、教育培训等重点广告的内容和审查登记档案。',
    tier: 'GENERAL',
    ratioCap: 300,
    methods: ['ONLINE_MONITORING', 'DOCUMENTARY'],
    basis: ['中华人民共和国广告法', '第四十九条'],
  },
  {
    ...common,
    code: 'SJ-007',
    name: '食品安全投诉举报核查',
    object: '被投诉举报的食品生产经营者',
    scope: '投诉举报所反映的问题是否属实。',
    tier: 'PRIORITY',
    isRandom: false,
    notRandomReason: '检查对象由投诉举报确定，属个案线索核查，不能随机抽取。',
    basis: ['中华人民共和国食品安全法', '第一百一十条'],
  },
  {
    ...common,
    code: 'SJ-008',
    name: '特种设备事故调查',
    object: '发生特种设备事故的单位',
    scope: '事故原因和责任。',
    tier: 'PRIORITY',
    isRandom: false,
    notRandomReason: '检查对象由事故确定，须立即调查。',
    basis: ['中华人民共和国特种设备安全法', '第六十一条'],
  },
  {
    ...common,
    code: 'SJ-009',
    name: '直销行为检查',
    object: '直销企业及其分支机构、服务网点',
    scope: '直销员招募和培训、宣传推销行为、退换货、信息报备和披露。',
    tier: 'GENERAL',
    ratioCap: 1000,
    basis: ['直销管理条例', '第三十五条'],
    until: 'proposed',
  },
  {
    ...common,
    code: 'SJ-010',
    name: '联合抽查工作检查',
    object: '各类企业',
    tier: 'GENERAL',
    basis: ['国务院关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见', '第二部分'],
    until: 'draft',
  },
]

export const HEALTH_ITEMS: readonly ExampleItem[] = [
  {
    ...common,
    code: 'WJ-001',
    name: '公共场所卫生监督检查',
    object: '住宿、沐浴、美容美发、游泳等公共场所经营单位',
    scope: '卫生许可、从业人员健康证明、公共用品用具清洗消毒、空气和水质。',
    tier: 'GENERAL',
    ratioCap: 2000,
    methods: ['ON_SITE', 'TESTING'],
    basis: ['公共场所卫生管理条例', '第十条'],
  },
  {
    ...common,
    code: 'WJ-002',
    name: '医疗机构依法执业检查',
    object: '各级各类医疗机构',
    scope: '机构和人员资质、诊疗活动、医疗文书、消毒隔离和医疗废物处置。',
    field: 'nonMarket',
    tier: 'PRIORITY',
    inspectorQualifications: ['执业医师'],
    basis: ['医疗机构管理条例', '第四十条'],
  },
  {
    ...common,
    code: 'WJ-003',
    name: '诊所备案事项检查',
    object: '诊所',
    scope: '备案的名称、地址、诊疗科目与实际是否一致。',
    field: 'nonMarket',
    tier: 'GENERAL',
    ratioCap: 1000,
    basis: ['医疗机构管理条例', '第四十条'],
    until: 'proposed',
  },
]

/** Of 餐饮服务监督检查. */
export const CHECKPOINTS: readonly object[] = [
  { text: '食品经营许可证在有效期内，经营项目与许可一致', basis: '第三十五条', method: 'ON_SITE' },
  { text: '接触直接入口食品的从业人员持有有效的健康证明', basis: '第四十五条', method: 'DOCUMENTARY' },
  {
    text: '原料进货查验记录和票据齐全',
    basis: '第五十五条',
    method: 'DOCUMENTARY',
    guidance: '随机选取三种原料，票据与实物相符为合格',
  },
  { text: '餐具、饮具清洗消毒并保洁', basis: '第五十六条', method: 'ON_SITE' },
  { text: '学校食堂按规定留样', method: 'ON_SITE', guidance: '每餐每品种分别留样，有记录' },
  { text: '张贴反食品浪费标识，主动提示适量点餐', method: 'ON_SITE' },
]

function law(title: string, inForceFrom: string): ExampleCitation {
  return { title, issuer: CONGRESS, level: 'law', inForceFrom }
}

function regulation(title: string, documentNumber: string, inForceFrom: string): ExampleCitation {
  return { title, documentNumber, issuer: STATE_COUNCIL, level: 'administrativeRegulation', inForceFrom }
}
