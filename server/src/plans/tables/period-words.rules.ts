// 起止时间 as offices write it: `2026年3月-10月`, `2026.3.1-2026.6.30`, `上半年`, `6月底前`.

import { plain } from './amount-words.rules.ts'

/** From day to day, YYYY-MM-DD. */
export interface Period {
  readonly startsOn: string
  readonly endsOn: string
}

const NOISE = /完成|开展|实施|进行|期间|左右|结束|不定期|\((?:[^)]*)\)|[。;；]$/g
const QUARTERS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 1: 1, 2: 2, 3: 3, 4: 4 }

/** The period of a cell within a frame: the year of the plan, or its half. Undefined where it says none. */
export function readPeriod(cell: string, frame: Period): Period | undefined {
  const text = plain(cell).replaceAll(NOISE, '')
  const year = Number(frame.startsOn.slice(0, 4))
  const only = readPoint(text, year, frame)
  if (only) return only
  const before = /^(.+?)(?:底|末)?(?:之)?前$/.exec(text)
  const until = before ? readPoint(before[1]!, year, frame) : undefined
  if (until) return { startsOn: frame.startsOn, endsOn: until.endsOn }
  for (const { index } of text.matchAll(/[-~至到—–]/g)) {
    const [left, right] = [text.slice(0, index), text.slice(index + 1).replace(/^[-—]/, '')]
    const end = readPoint(right.replace(/前$/, ''), yearIn(left) ?? year, frame)
    const start = end && readPoint(withUnit(left, right), year, frame)
    if (start && end && start.startsOn <= end.endsOn) return { startsOn: start.startsOn, endsOn: end.endsOn }
  }
  return undefined
}

/** `2026-03-01至2026-10-31`; a whole year or half by its name. */
export function periodText({ startsOn, endsOn }: Period): string {
  return `${startsOn}至${endsOn}`
}

/** The days of a year, or of a half of it. */
export function frameOf({ year, half }: { readonly year: number; readonly half: number | null }): Period {
  return {
    startsOn: `${year}-${half === 2 ? '07-01' : '01-01'}`,
    endsOn: `${year}-${half === 1 ? '06-30' : '12-31'}`,
  }
}

function readPoint(text: string, year: number, frame: Period): Period | undefined {
  const stripped = text.replace(/(?:份|底|末|初)$/, '')
  const own = yearIn(stripped) ?? year
  const rest = stripped.replace(/^20\d\d年/, '')
  if (/^(?:全年度?|常年|年内|全年度内)$/.test(rest)) return rest === stripped ? frame : months(own, 1, 12)
  if (/^上半年$/.test(rest)) return months(own, 1, 6)
  if (/^下半年$/.test(rest)) return months(own, 7, 12)
  const quarter = QUARTERS[/^第?([一二三四1-4])季度$/.exec(rest)?.[1] ?? '']
  if (quarter !== undefined) return months(own, quarter * 3 - 2, quarter * 3)
  return readDay(stripped, year) ?? readMonth(stripped, year)
}

function readDay(text: string, year: number): Period | undefined {
  const packed = /^(20\d\d)(\d\d)(\d\d)$/.exec(text)
  const full = packed ?? /^(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text)
  const short = full ? null : /^()(\d{1,2})[./月](\d{1,2})日?$/.exec(text)
  const match = full ?? short
  if (!match) return undefined
  const on = dayOf(match[1] ? Number(match[1]) : year, Number(match[2]), Number(match[3]))
  return on === undefined ? undefined : { startsOn: on, endsOn: on }
}

function readMonth(text: string, year: number): Period | undefined {
  const match = /^(?:(20\d\d)年)?(\d{1,2})月$/.exec(text) ?? /^(20\d\d)[-./](\d{1,2})$/.exec(text)
  const month = Number(match?.[2])
  return month >= 1 && month <= 12 ? months(match?.[1] ? Number(match[1]) : year, month, month) : undefined
}

/** Of `3-6月` and `一至三季度` the unit stands only behind. */
function withUnit(left: string, right: string): string {
  if (/^(?:20\d\d年)?\d{1,2}$/.test(left) && right.endsWith('月')) return `${left}月`
  return /^第?[一二三四1-4]$/.test(left) && right.endsWith('季度') ? `${left}季度` : left
}

function yearIn(text: string): number | undefined {
  const match = /^(20\d\d)(?=[-./年]|\d{4}$)/.exec(text)
  return match ? Number(match[1]) : undefined
}

function months(year: number, from: number, through: number): Period {
  const last = new Date(Date.UTC(year, through, 0)).getUTCDate()
  return { startsOn: `${year}-${two(from)}-01`, endsOn: `${year}-${two(through)}-${two(last)}` }
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
