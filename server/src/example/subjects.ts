// The subjects of 青石县 that somebody entered by hand: fictional, and as mixed as a county is. The bulk comes by import.

import { creditCodeCheck } from '@sunlot/draw'
import type { Speaker, Spoken } from './speaker.ts'

/** Who keeps the register, and who decides. */
export interface SubjectKeepers {
  /** The office of the joint conference: enters for every authority. */
  readonly office: Speaker
  readonly clerk: Speaker
  readonly head: Speaker
  /** The ids of authorities by the end of their names. */
  readonly authorityOf: (ending: string) => string
}

interface ExampleSubject {
  readonly name: string
  readonly authority: string
  /** The first two characters of a credit code: who registers, and what. */
  readonly code: string
  readonly industry: string
  readonly licences?: readonly (readonly [kind: string, authority: string])[]
}

const MARKET = '市场监督管理局'
const HEALTH = '卫生健康局'
const CULTURE = '文化旅游广电局'
const SAFETY = '应急管理局'
const FIRE = '消防救援大队'
const FOOD = ['食品经营许可证', MARKET] as const
const HYGIENE = ['公共场所卫生许可证', HEALTH] as const
const ENTERTAINMENT = ['娱乐经营许可证', CULTURE] as const
const CHEMICALS = ['危险化学品经营许可证', SAFETY] as const
const FIRE_CHECK = ['公众聚集场所消防安全检查合格证', FIRE] as const

const TOWNSHIPS = ['城关街道', '河口镇', '柳湾镇', '白塔乡', '云岭乡', '青石镇']
const CLASSES = ['A', 'B', 'A', 'C', 'B', undefined, 'A', 'B'] as const
const STREETS = ['北大街', '建设路', '解放路', '滨河路', '人民路']

const SUBJECTS: readonly ExampleSubject[] = [
  ...named(['万家', '惠民', '四季鲜'], '超市有限公司', MARKET, '91', 'F5212', [FOOD]),
  ...named(['老街坊', '小福满', '春晓'], '便利店', MARKET, '92', 'F5213', [FOOD]),
  ...named(['松涛', '云栖', '望山'], '饭店', MARKET, '92', 'H6210', [FOOD, HYGIENE]),
  ...named(['一碗香', '老灶台'], '快餐店', MARKET, '92', 'H6220', [FOOD]),
  ...named(['青石', '河口'], '宾馆有限公司', MARKET, '91', 'H6110', [FOOD, HYGIENE, FIRE_CHECK]),
  ...named(['清泉'], '浴室', HEALTH, '92', 'O8051', [HYGIENE]),
  ...named(['丽人', '新颜', '木子'], '美发店', HEALTH, '92', 'O8040', [HYGIENE]),
  ...named(['星光', '金嗓子'], '歌厅', CULTURE, '92', 'R9011', [ENTERTAINMENT, FIRE_CHECK]),
  ...named(['蓝天', '极速'], '网吧', CULTURE, '92', 'R9013', [['网络文化经营许可证', CULTURE], FIRE_CHECK]),
  ...named(['远山', '好日子'], '旅行社有限公司', CULTURE, '91', 'L7291', [['旅行社业务经营许可证', CULTURE]]),
  ...named(['顺达', '通途'], '加油站有限公司', SAFETY, '91', 'F5265', [CHEMICALS]),
  ...named(['红日'], '烟花爆竹专营有限公司', SAFETY, '91', 'F5249', [['烟花爆竹经营许可证', SAFETY]]),
  ...named(['恒固', '长城'], '建筑工程有限公司', '住房和城乡建设局', '91', 'E4710', [
    ['建筑业企业资质证书', '住房和城乡建设局'],
  ]),
  ...named(['安居'], '房地产经纪有限公司', '住房和城乡建设局', '91', 'K7030', []),
  ...named(['百信', '仁和'], '大药房有限公司', MARKET, '91', 'F5251', [['药品经营许可证', MARKET]]),
  ...named(['康宁', '惠仁'], '口腔诊所', HEALTH, '92', 'Q8425', [['医疗机构执业许可证', HEALTH]]),
  ...named(['启航', '育英'], '校外培训学校', '教育局', '52', 'P8391', [['民办学校办学许可证', '教育局']]),
  ...named(['小太阳'], '幼儿园', '教育局', '52', 'P8310', [['民办学校办学许可证', '教育局'], FOOD]),
  ...named(['众诚'], '人力资源有限公司', '人力资源和社会保障局', '91', 'L7262', [
    ['人力资源服务许可证', '人力资源和社会保障局'],
  ]),
  ...named(['绿野', '金穗', '白塔山'], '种植专业合作社', '农业农村局', '93', 'A0141', []),
  ...named(['丰收'], '农资经营部', '农业农村局', '92', 'F5167', [['农药经营许可证', '农业农村局']]),
  ...named(['九鼎'], '电梯制造有限公司', MARKET, '91', 'C3435', []),
  ...named(['鑫源', '华泰'], '电梯维保有限公司', MARKET, '91', 'C4330', [['特种设备生产许可证', MARKET]]),
  ...named(['青石县'], '慈善总会', '司法局', '51', 'S9530', []),
  ...named(['明理'], '律师事务所', '司法局', '31', 'L7231', [['律师事务所执业许可证', '司法局']]),
]

/** Enters them, and leaves some changes behind: one that waits, one that took effect, one who left and came back. */
export async function addSubjects(keepers: SubjectKeepers): Promise<void> {
  const entered: Spoken[] = []
  for (const [at, subject] of SUBJECTS.entries()) entered.push(await enter(keepers, subject, at))
  const { clerk } = keepers
  const person = {
    kind: 'NATURAL_PERSON',
    name: '示例摊贩甲',
    premises: '青石县城关街道北大街夜市',
    industryCode: 'H6291',
  }
  await clerk.post('/subjects', {
    ...person,
    authorityId: keepers.authorityOf(MARKET),
    divisionCode: '990101',
  })
  const [first, second, third] = entered as [Spoken, Spoken, Spoken]
  await decide(keepers, second, { creditClass: 'D', tags: ['abnormalOperation'], reason: '列入经营异常名录' })
  await remove(keepers, third, 'removal', '已办理注销登记')
  await remove(keepers, third, 'return', '登记机关撤销注销登记')
  await clerk.patch(`/subjects/${first.id}`, first.version, {
    creditClass: 'B',
    reason: '年度信用风险分类结果',
  })
}

async function enter(
  { office, authorityOf }: SubjectKeepers,
  subject: ExampleSubject,
  at: number,
): Promise<Spoken> {
  const { name, authority, industry, licences = [] } = subject
  const creditClass = CLASSES[at % CLASSES.length]
  const address = `青石县${TOWNSHIPS[at % TOWNSHIPS.length]}${STREETS[at % STREETS.length]}${at * 3 + 1}号`
  const made = await office.post('/subjects', {
    code: creditCodeOf(subject.code, at),
    name,
    authorityId: authorityOf(authority),
    divisionCode: '990101',
    industryCode: industry,
    registeredAddress: `示例省青石市${address}`,
    premises: `示例省青石市${address}`,
    telephone: `1990000${String(at).padStart(4, '0')}`,
    establishedOn: `20${String(10 + (at % 15))}-0${(at % 9) + 1}-15`,
    ...(creditClass === undefined ? {} : { creditClass }),
  })
  let subjectNow = made
  // Every other one's licences: a start must not wait for more.
  for (const [kind, issuer] of at % 2 === 0 ? licences : [])
    subjectNow = await office.post(`/subjects/${made.id}/licences`, {
      kind,
      number: `QS${String(at).padStart(4, '0')}`,
      authorityId: authorityOf(issuer),
      validUntil: `20${String(27 + (at % 3))}-06-30`,
    })
  return subjectNow
}

/** A change that one proposes and another approves. */
async function decide(keepers: SubjectKeepers, { id, version }: Spoken, edit: object): Promise<void> {
  const { proposed } = await keepers.clerk.patch(`/subjects/${id}`, version, edit)
  await keepers.head.post(`/subject-changes/${String(proposed)}/approval`, {})
}

async function remove(
  keepers: SubjectKeepers,
  { id }: Spoken,
  what: 'removal' | 'return',
  reason: string,
): Promise<void> {
  const { openChanges } = await keepers.clerk.post(`/subjects/${id}/${what}`, { reason })
  const [change] = openChanges as readonly string[]
  await keepers.head.post(`/subject-changes/${String(change)}/approval`, {})
}

/** 999901 is no county: no code of the example can be somebody's. */
function creditCodeOf(kind: string, at: number): string {
  const first17 = `${kind}999901MA${String(at).padStart(7, '0')}`
  return first17 + creditCodeCheck(first17)!
}

function named(
  names: readonly string[],
  ending: string,
  authority: string,
  code: string,
  industry: string,
  licences: ExampleSubject['licences'] = [],
): readonly ExampleSubject[] {
  return names.map((name) => ({
    name: name.startsWith('青石') ? `${name}${ending}` : `青石县${name}${ending}`,
    authority,
    code,
    industry,
    licences,
  }))
}
