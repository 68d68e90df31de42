// 濮阳县, 2023 (濮县双随机办〔2023〕13号).

import { type Administrators, type Ground, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Place, Year } from '../year.ts'

const PLACE: Place = { division: '410928', name: '濮阳县', document: '濮县双随机办〔2023〕13号' }

const OTHERS = [
  '财政局',
  '发改委',
  '公安局',
  '生态环境局',
  '交通运输局',
  '教育局',
  '金融局',
  '农业农村局',
  '人社局',
  '商务局',
  '水利局',
  '统计局',
  '住建局',
  '自然资源局',
  '税务局',
  '烟草局',
  '房地产事务中心',
  '公用事业服务中心',
  '医疗保障局',
  '民政局',
  '应急局',
]

const GROUND: Ground = {
  conference: '濮阳县部门联合“双随机、一公开”监管工作联席会议',
  authorities: [
    { key: 'market', name: '濮阳县市场监督管理局', short: '县市场监管局', hands: true, inspectors: 7 },
    { key: 'health', name: '濮阳县卫健委', short: '县卫健委', hands: true, inspectors: 7 },
    { key: 'culture', name: '濮阳县文广旅体局', short: '县文广旅体局', hands: true, inspectors: 6 },
    { key: 'fire', name: '濮阳县消防救援大队', short: '县消防救援大队', hands: true, inspectors: 6 },
    { key: 'justice', name: '濮阳县司法局', short: '县司法局', hands: true },
    ...OTHERS.map((name, at) => ({ key: `other${at}`, name: `濮阳县${name}`, short: `县${name}` })),
  ],
  items: [
    {
      of: 'market',
      code: 'SJ-01',
      name: '食品经营检查',
      tier: 'PRIORITY',
      law: '中华人民共和国食品安全法',
      industries: ['H62', 'F52'],
    },
    {
      of: 'market',
      code: 'SJ-02',
      name: '公示信息检查',
      tier: 'GENERAL',
      law: '企业信息公示暂行条例',
      ratioCap: 1000,
    },
    {
      of: 'health',
      code: 'WJ-01',
      name: '公共场所卫生检查',
      tier: 'PRIORITY',
      law: '公共场所卫生管理条例',
      industries: ['H61', 'O80', 'R90'],
    },
    {
      of: 'culture',
      code: 'WL-01',
      name: '娱乐场所检查',
      tier: 'PRIORITY',
      law: '娱乐场所管理条例',
      industries: ['R90'],
    },
    {
      of: 'fire',
      code: 'XF-01',
      name: '消防安全检查',
      tier: 'PRIORITY',
      law: '中华人民共和国消防法',
      industries: ['H61', 'R90'],
    },
  ],
}

export const puyang = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  await layGround(year, GROUND, administrators)
  await importSubjects(year, 'market.clerk')
  await year.goTo('2023-03-20')
}
