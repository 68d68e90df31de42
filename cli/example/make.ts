// Writes the registers of the fictional 青石县: `npx tsx cli/example/make.ts`. The same bytes every time; nobody in it is real.

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'qingshi')
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** An integer below n that depends on the words alone. */
function pick(n: number, ...words: (string | number)[]): number {
  return createHash('sha256').update(words.join('/')).digest().readUInt32BE(0) % n
}

function one<T>(choices: readonly T[], ...words: (string | number)[]): T {
  return choices[pick(choices.length, ...words)] as T
}

/** A credit code with its check digit (GB 32100) in a division that does not exist. */
function creditCode(i: number): string {
  const body = `9${one(['1', '2'], 'type', i)}999901MA${createHash('sha256')
    .update(`org/${i}`)
    .digest()
    .reduce((text, byte) => text + (text.length < 7 ? (ALPHABET[byte % 31] as string) : ''), '')}`
  const sum = [...body].reduce((s, c, k) => s + ALPHABET.indexOf(c) * (3 ** k % 31), 0)
  return body + (ALPHABET[(31 - (sum % 31)) % 31] as string)
}

const TRADES = [
  { trade: '餐饮服务', words: ['小吃店', '面馆', '饭庄', '火锅店', '食堂'], share: 46 },
  { trade: '食品销售', words: ['便利店', '粮油店', '超市', '水果店'], share: 30 },
  { trade: '住宿', words: ['旅馆', '客栈', '宾馆'], share: 14 },
  { trade: '文化娱乐', words: ['歌厅', '网吧', '剧场'], share: 10 },
] as const
const NAMES = [
  '晨光',
  '石桥',
  '松涛',
  '和顺',
  '云栖',
  '福满',
  '清泉',
  '东篱',
  '雁南',
  '禾香',
  '半山',
  '临溪',
  '春晓',
  '长亭',
  '望舒',
]
const MORE = ['', '老', '新', '大', '小']
const TOWNS = ['城关街道', '青石镇', '柳湾镇', '白塔乡', '河口镇', '云岭乡']
const CLASSES = [
  ['A', 654],
  ['B', 253],
  ['C', 77],
  ['D', 16],
] as const

function byShare<T>(choices: readonly (readonly [T, number])[], of: number): T {
  let left = of
  for (const [value, share] of choices) {
    if (left < share) return value
    left -= share
  }
  return choices[0]![0]
}

const subjects = Array.from({ length: 3012 }, (_, i) => {
  const kind = byShare(
    TRADES.map((t) => [t, t.share] as const),
    pick(100, 'trade', i),
  )
  const town = one(TOWNS, 'town', i)
  const name = `青石县${one(MORE, 'more', i)}${one(NAMES, 'name', i)}${i + 1}号${one(kind.words, 'word', i)}`
  const address = `青石县${town}${one(['人民', '解放', '建设', '文昌'], 'street', i)}路${pick(200, 'number', i) + 1}号`
  return [name, creditCode(i), kind.trade, town, byShare(CLASSES, pick(1000, 'class', i)), address]
})
// What real registers have: a code entered twice, one in lower case, one row without a code.
subjects.push(
  [...subjects[41]!],
  subjects[77]!.with(1, subjects[77]![1]!.toLowerCase()),
  subjects[5]!.with(0, '青石县无照摊点').with(1, ''),
)
writeCsv(
  'register.csv',
  ['名称', '统一社会信用代码', '行业', '乡镇街道', '信用风险等级', '经营场所'],
  subjects,
)

writeCsv(
  'exclusions.csv',
  ['统一社会信用代码', '原因', '依据'],
  Array.from({ length: 26 }, (_, i) => [
    subjects[100 + 97 * i]![1]!,
    i % 3 === 0 ? '本年度上级已查' : '本年度已查',
    `青检〔2026〕${i + 1}号`,
  ]),
)

const AUTHORITIES = [
  { name: '市场监督管理局', count: 20, classes: ['食品'], from: 'SC' },
  { name: '卫生健康局', count: 16, classes: ['公共卫生'], from: 'WJ' },
  { name: '消防救援大队', count: 12, classes: ['消防'], from: 'XF' },
  { name: '文化和旅游局', count: 12, classes: ['文化市场'], from: 'WL' },
]
const staff = AUTHORITIES.flatMap((a) =>
  Array.from({ length: a.count }, (_, i) => [
    `${a.from}${String(i + 1).padStart(3, '0')}`,
    `${one(['甲', '乙', '丙', '丁'], a.name, i)}检查员${a.from}${i + 1}`,
    a.name,
    i % 3 === 2 ? '' : a.classes.join('、'),
    Array.from(
      { length: pick(4, 'conflicts', a.name, i) },
      (_, k) => subjects[pick(3000, 'conflict', a.name, i, k)]![1]!,
    ).join('、'),
  ]),
)
writeCsv('inspectors.csv', ['执法证号', '姓名', '所在单位', '业务专长', '回避对象'], staff)

function writeCsv(name: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const text = [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
  writeFileSync(join(folder, name), `\ufeff${text}`)
}
