// The other words of a plan table: how often, drawn how, by which level, under which mode.

import { plain } from './amount-words.rules.ts'

/** How often one subject is inspected in the period of the plan; null: not said. */
export interface Frequency {
  readonly least: number | null
  readonly most: number | null
}

const NUMERALS: Readonly<Record<string, string>> = { 一: '1', 两: '2', 二: '2', 三: '3', 四: '4', 六: '6' }
const PER: readonly (readonly [word: RegExp, times: number])[] = [
  [/每半年|\/半年/, 2],
  [/每季度?|\/季度?/, 4],
  [/每月|\/月/, 12],
]

/** `=1`, `>=1`, `1次/年`, `每半年1次`, `1-2次`, `不定期`; undefined where it says no number. */
export function readFrequency(cell: string): Frequency | undefined {
  const text = plain(cell).replaceAll(/[一两二三四六](?=次)/g, (word) => NUMERALS[word] ?? word)
  if (/^(?:不定期|适时|按需|视情况|\/|-|无)?$/.test(text)) return { least: null, most: null }
  const times = PER.find(([word]) => word.test(text))?.[1] ?? 1
  const range = /(\d+)[-~至](\d+)次?/.exec(text)
  if (range) return bounded(Number(range[1]) * times, Number(range[2]) * times)
  const number = /\d+/.exec(text)?.[0]
  if (number === undefined) return undefined
  const amount = Number(number) * times
  if (/>=|≥|不少于|不低于|至少|以上/.test(text)) return bounded(amount, null)
  if (/<=|≤|不超过|不多于|至多|以下|以内/.test(text)) return bounded(null, amount)
  return bounded(amount, amount)
}

/** `=1`, `>=1`, `<=2`, `1-2次`; empty where nothing is said. */
export function frequencyText({ least, most }: Frequency): string {
  if (least === null && most === null) return ''
  if (most === null) return `>=${least}`
  if (least === null) return `<=${most}`
  return least === most ? `=${least}` : `${least}-${most}次`
}

/** `2`, `2次`, `分两批`: how many draws; undefined where it says no number that can be. */
export function readDraws(cell: string): number | undefined {
  const text = plain(cell).replaceAll(/[一两二三四六](?=[次批])/g, (word) => NUMERALS[word] ?? word)
  const draws = Number(/^分?(\d{1,3})(?:次|批次?)?$/.exec(text)?.[1] ?? 0)
  return draws >= 1 && draws <= 366 ? draws : undefined
}

/** 定向, 不定向 (双随机 alone is undirected); undefined where it is neither. */
export function readDrawType(cell: string): 'TARGETED' | 'UNTARGETED' | undefined {
  const text = plain(cell)
  if (/不定向|非定向/.test(text)) return 'UNTARGETED'
  if (text.includes('定向')) return 'TARGETED'
  return text.includes('双随机') ? 'UNTARGETED' : undefined
}

export const DRAW_TYPE_WORDS = { TARGETED: '定向', UNTARGETED: '不定向' } as const
export const FIELD_WORDS = { market: '市场监管领域', nonMarket: '非市场监管领域' } as const
export const TIER_WORDS = { PRIORITY: '重点检查事项', GENERAL: '一般检查事项' } as const

/** 市场监管领域 or not; undefined where a table uses the column for something else (旅游, 教育). */
export function readField(cell: string): 'market' | 'nonMarket' | undefined {
  const text = plain(cell)
  if (/非市场监管|市场监管(?:领域)?(?:以外|外)|其他领域/.test(text)) return 'nonMarket'
  return text.includes('市场监管') ? 'market' : undefined
}

export type Level = 'province' | 'prefecture' | 'county' | 'station'

/** Who draws and who inspects: `县抽县查`, `市抽县查`, or one level for both; undefined where none is named. */
export function readLevels(
  cell: string,
): { readonly drawLevel: Level; readonly inspectLevel: Level } | undefined {
  const text = plain(cell).replaceAll(/市场监(?:督管理|管)/g, '')
  const both = /(省|市|县|区|所|站)级?抽(?:取)?[,、]?(省|市|县|区|所|站|乡)级?查/.exec(text)
  const [first, last] = both ? [both[1], both[2]] : [LEVEL_WORD.exec(text)?.[0], LEVEL_WORD.exec(text)?.[0]]
  const [drawLevel, inspectLevel] = [levelOf(first), levelOf(last)]
  return drawLevel && inspectLevel ? { drawLevel, inspectLevel } : undefined
}

/** `县抽县查`. */
export function levelsText({
  drawLevel,
  inspectLevel,
}: {
  readonly drawLevel: string
  readonly inspectLevel: string
}): string {
  return `${SHORT[drawLevel as Level]}抽${SHORT[inspectLevel as Level]}查`
}

/** Names in one cell; what only says that there are none is left out. */
export function readNames(cell: string): readonly string[] {
  return cell
    .normalize('NFC')
    .split(/[、，,;；\n/]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(?:无|没有|-|—|否|本单位|本部门)$/.test(part))
}

const LEVEL_WORD = /[省市县区所站乡]/
const SHORT: Readonly<Record<Level, string>> = {
  province: '省',
  prefecture: '市',
  county: '县',
  station: '所',
}

function levelOf(word: string | undefined): Level | undefined {
  switch (word) {
    case '省':
      return 'province'
    case '市':
      return 'prefecture'
    case '县':
    case '区':
      return 'county'
    case '所':
    case '站':
    case '乡':
      return 'station'
    default:
      return undefined
  }
}

function bounded(least: number | null, most: number | null): Frequency | undefined {
  const values = [least, most].filter((value) => value !== null)
  const isPlausible = values.every((value) => value >= 0 && value <= 366) && (most ?? 1) >= 1
  return isPlausible && (least ?? 0) <= (most ?? 366) ? { least, most } : undefined
}
