// The inspectors of 青石县: fictional people with fictional numbers, as a register really looks a while after it was filled.

import type { Clock } from '../platform/clock.ts'
import { dayOf } from '../platform/clock.ts'
import { idCardCheckOf } from '../registers/index.ts'
import type { Speaker, Spoken } from './speaker.ts'

interface ExampleInspector {
  readonly authority: string
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly specialisms: readonly string[]
  readonly qualifications?: readonly string[]
  /** In how many days the warrant ends; none without one. */
  readonly warrantDays?: number
  readonly category?: string
}

const IN_FORCE = 900

const INSPECTORS: readonly ExampleInspector[] = [
  inspector('市场监督管理局', '孔三十一', 'male', ['食品流通', '餐饮服务'], {
    qualifications: ['食品检查员'],
  }),
  inspector('市场监督管理局', '曹三十二', 'female', ['特种设备'], { qualifications: ['特种设备安全监察员'] }),
  inspector('市场监督管理局', '严三十三', 'male', ['广告', '企业公示信息'], {}),
  inspector('市场监督管理局', '华三十四', 'female', ['计量', '价格'], { warrantDays: 41 }),
  inspector('市场监督管理局', '金三十五', 'male', ['药品零售', '医疗器械'], {
    qualifications: ['药品检查员'],
  }),
  inspector('市场监督管理局', '魏三十六', 'female', ['直销', '网络交易'], { warrantDays: -20 }),
  inspector('市场监督管理局', '陶三十七', 'male', ['食品生产'], { warrantDays: 12 }),
  inspector('市场监督管理局', '姜三十八', 'female', ['企业公示信息'], {
    category: 'DAILY_SUPERVISION',
    warrantDays: undefined,
  }),
  inspector('卫生健康局', '戚三十九', 'male', ['公共场所卫生'], {}),
  inspector('卫生健康局', '谢四十', 'female', ['医疗机构', '传染病防治'], { qualifications: ['执业医师'] }),
  inspector('卫生健康局', '邹四十一', 'male', ['生活饮用水'], {}),
  inspector('卫生健康局', '柳六十一', 'female', ['公共场所卫生', '学校卫生'], {}),
  inspector('卫生健康局', '鲍六十二', 'male', ['职业卫生'], {}),
  inspector('文化旅游广电局', '喻四十二', 'female', ['旅行社', '娱乐场所'], {}),
  inspector('文化旅游广电局', '柏四十三', 'male', ['互联网上网服务营业场所'], {}),
  inspector('应急管理局', '水四十四', 'male', ['危险化学品', '工贸'], { qualifications: ['注册安全工程师'] }),
  inspector('应急管理局', '窦四十五', 'female', ['烟花爆竹'], {}),
  inspector('住房和城乡建设局', '章四十六', 'male', ['建筑市场', '施工安全'], {}),
  inspector('住房和城乡建设局', '云四十七', 'female', ['房地产经纪'], {}),
  inspector('消防救援大队', '苏四十八', 'male', ['防火监督'], { category: 'ENFORCEMENT_CIVIL_SERVANT' }),
  inspector('消防救援大队', '潘四十九', 'male', ['防火监督'], { category: 'ENFORCEMENT_CIVIL_SERVANT' }),
  inspector('人力资源和社会保障局', '葛五十', 'female', ['劳动用工', '人力资源服务'], {}),
  inspector('教育局', '奚五十一', 'male', ['校外培训', '民办学校'], {}),
  inspector('农业农村局', '范五十二', 'male', ['农药', '兽药', '种子'], {}),
  inspector('农业农村局', '彭五十三', 'female', ['农产品质量安全'], { qualifications: ['农产品质量检测员'] }),
]

const EXPERTS = [
  {
    authority: '市场监督管理局',
    kind: 'expert',
    name: '鲁五十四',
    organisation: '青石市检验检测中心',
    fields: ['食品检验'],
    qualification: '高级工程师',
  },
  {
    authority: '应急管理局',
    kind: 'expert',
    name: '韦五十五',
    organisation: '示例省安全科学研究院',
    fields: ['危险化学品', '粉尘防爆'],
    qualification: '教授级高级工程师',
  },
  {
    authority: '市场监督管理局',
    kind: 'supportStaff',
    name: '昌五十六',
    organisation: '青石县市场监督管理局',
    fields: ['信息录入'],
  },
] as const

/** He signs in as an inspector: his person is there already, with an account. */
const WHO_SIGNS_IN = inspector('市场监督管理局', '蒋十二', 'male', ['食品销售', '登记事项'], {
  qualifications: ['食品检查员'],
})

/** Who does it: who keeps the directory, and who keeps the register; and the person of whoever signs in as inspector. */
interface Hands {
  readonly system: Speaker
  readonly office: Speaker
  readonly clock: Clock
  readonly signsIn: string
}

/** Fills the register of inspectors: most of them fit to be drawn, some with what a clerk has to see to. */
export async function addInspectors(hands: Hands): Promise<void> {
  const { items } = await hands.system.get('/authorities?limit=200')
  const authorities = items as readonly (Spoken & { readonly name: string })[]
  const idOf = (name: string) => authorities.find((one) => one.name === `青石县${name}`)?.id ?? ''
  const entered: Spoken[] = []
  for (const [at, one] of INSPECTORS.entries())
    entered.push(await enter(hands, one, { authorityId: idOf(one.authority), number: at + 31 }))
  for (const { authority, ...expert } of EXPERTS)
    await hands.office.post('/technical-experts', {
      ...expert,
      authorityId: idOf(authority),
      contact: `0990-66${String(expert.name.length + expert.fields.length * 11).padStart(5, '0')}`,
    })
  await leaveSomethingToSee(hands, entered)
  await enterPerson(hands, WHO_SIGNS_IN, { personId: hands.signsIn, number: INSPECTORS.length + 31 })
}

async function enter(
  hands: Hands,
  one: ExampleInspector,
  { authorityId, number }: { readonly authorityId: string; readonly number: number },
): Promise<Spoken> {
  const { system } = hands
  const { items } = await system.get(`/authorities/${authorityId}/units`)
  const units = items as readonly Spoken[]
  const unit = units[number % Math.max(1, units.length)]
  const person = await system.post('/people', {
    authorityId,
    ...(unit ? { unitId: unit.id } : {}),
    name: one.name,
    staffNumber: `QS${String(number).padStart(3, '0')}`,
    post: '执法人员',
  })
  return enterPerson(hands, one, { personId: person.id, number })
}

function enterPerson(
  { office, clock }: Hands,
  one: ExampleInspector,
  { personId, number }: { readonly personId: string; readonly number: number },
): Promise<Spoken> {
  return office.post('/inspectors', {
    personId,
    sex: one.sex,
    idCard: idCardOf(number, one.sex),
    mobile: `1990000${String(number * 37).padStart(4, '0')}`,
    ...warrantOf(one, number, clock.now()),
    level: 'county',
    category: one.category ?? 'ENFORCEMENT_QUALIFIED',
    enforcementCategories: [one.authority.replace(/局$|大队$/, '')],
    qualifications: one.qualifications ?? [],
    specialisms: one.specialisms,
  })
}

/** Somebody on leave, somebody suspended, and declarations of two. */
async function leaveSomethingToSee({ office, clock }: Hands, entered: readonly Spoken[]): Promise<void> {
  const today = dayOf(clock.now())
  const [first, second, third] = entered
  await office.post(`/inspectors/${second?.id}/leaves`, {
    from: today,
    until: daysFrom(clock.now(), 9),
    reason: '参加省局业务培训',
  })
  await office.post(`/inspectors/${third?.id}/suspension`, { reason: '执法证送检换发，暂不参加抽查' })
  await office.post('/declarations', {
    inspectorId: first?.id,
    kind: 'kinship',
    subjectCode: '91990101MA0QSX0018',
    subjectName: '青石县老井食品有限公司',
    note: '配偶任该公司财务负责人',
  })
  await office.post('/declarations', {
    inspectorId: entered.at(-1)?.id,
    kind: 'formerPost',
    subjectName: '青石县丰禾种业有限公司',
    until: daysFrom(clock.now(), 400),
    note: '曾任质检员',
  })
}

function inspector(
  authority: string,
  name: string,
  sex: ExampleInspector['sex'],
  specialisms: readonly string[],
  more: {
    readonly qualifications?: readonly string[]
    readonly warrantDays?: number | undefined
    readonly category?: string
  },
): ExampleInspector {
  const { warrantDays, ...rest } = 'warrantDays' in more ? more : { ...more, warrantDays: IN_FORCE }
  return { authority, name, sex, specialisms, ...rest, ...(warrantDays === undefined ? {} : { warrantDays }) }
}

/** Valid but for its division, which is nobody's. */
function idCardOf(number: number, sex: ExampleInspector['sex']): string {
  const sequence = number * 2 + (sex === 'male' ? 1 : 0)
  const body = `9901011985${String((number % 12) + 1).padStart(2, '0')}15${String(sequence).padStart(3, '0')}`
  return body + idCardCheckOf(body)
}

function warrantOf({ warrantDays }: ExampleInspector, number: number, now: Date) {
  if (warrantDays === undefined) return {}
  return {
    warrantNumber: `示QS${String(99_010_100 + number)}`,
    warrantAuthority: '青石县人民政府',
    warrantFrom: daysFrom(now, warrantDays - 1825),
    warrantUntil: daysFrom(now, warrantDays),
  }
}

function daysFrom(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() + days * 86_400_000))
}
