// 濮阳县 in 2023: the 26 authorities that its document names, and what three of them plan.

import type { Ground } from '../county.ts'
import type { Place } from '../year.ts'
import type { LineSketch } from './common.ts'

export const PLACE: Place = { division: '410928', name: '濮阳县', document: '濮县双随机办〔2023〕13号' }

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

export const GROUND: Ground = {
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

export const HOTELS: LineSketch = {
  name: '住宿餐饮单位综合联查',
  lead: 'market',
  parts: { market: ['SJ-01'], health: ['WJ-01'], fire: ['XF-01'] },
  industries: ['H'],
  mode: 'COMPREHENSIVE',
  period: ['2023-05-01', '2023-10-31'],
  more: { ratio: 300 },
}
export const VENUES: LineSketch = {
  name: '娱乐场所行业联查',
  lead: 'market',
  parts: { market: ['SJ-02'], culture: ['WL-01'] },
  industries: ['R90'],
  mode: 'SECTORAL',
  period: ['2023-05-01', '2023-09-30'],
  more: { ratio: 500 },
}
export const REPORTS: LineSketch = {
  name: '公示信息书面检查',
  lead: 'market',
  parts: { market: ['SJ-02'] },
  tier: 'GENERAL',
  period: ['2023-06-01', '2023-11-30'],
  more: { ratio: 500, methods: ['DOCUMENTARY'] },
}
export const CLUBS: LineSketch = {
  ...VENUES,
  name: '歌舞娱乐场所联查',
  lead: 'culture',
  parts: { culture: ['WL-01'], fire: ['XF-01'] },
  period: ['2023-07-10', '2023-10-31'],
}
export const SAFETY: LineSketch = {
  ...CLUBS,
  name: '娱乐场所消防专项联查',
  mode: 'THEMATIC',
  parts: { culture: ['WL-01'], fire: ['XF-01'], market: ['SJ-02'] },
}
