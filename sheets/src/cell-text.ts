// Numbers and dates of workbooks as the text that a person typed, as far as the file still knows it.
import type { DefectCode } from './defects.ts'

/** How a number format shows a number. */
export type NumberStyle =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date' }
  /** Time of day; with a whole part it is a date after all. */
  | { readonly kind: 'time' }
  /** A duration, as [h]:mm. */
  | { readonly kind: 'elapsed' }
  /** A format of zeros alone: at least so many digits. */
  | { readonly kind: 'digits'; readonly digits: number }

/** A cell's text and what is wrong with it. */
export interface CellText {
  readonly text: string
  readonly defect?: DefectCode
}

const DAY = 86_400_000
const EPOCH_1970 = 25_569
const DAYS_1904 = 1462
const LAST_SERIAL = 2_958_465
// Excel believes that 1900 was a leap year.
const FALSE_LEAP_DAY = 60
const KEPT_DIGITS = 15

/** The style of a number format: its code, or its built-in id where it has no code. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    if (id === 46) return { kind: 'elapsed' }
    if ((id >= 18 && id <= 21) || id === 45 || id === 47) return { kind: 'time' }
    // 27–36 and 50–58 are the dates of Chinese, Japanese and Korean Excel.
    const dates = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
    return { kind: dates ? 'date' : 'plain' }
  }
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? ''
  if (/^0{2,}$/.test(bare)) return { kind: 'digits', digits: bare.length }
  if (/general|g\/通用格式/i.test(bare)) return { kind: 'plain' }
  if (/\[(?:h|m|s)+\]/i.test(bare)) return { kind: 'elapsed' }
  if (/[yde]|m/i.test(bare.replaceAll(/h+:m+|m+:s+|0e[+-]/gi, ''))) return { kind: 'date' }
  return { kind: /[hs]/i.test(bare) ? 'time' : 'plain' }
}

/**
 * The text of a number as stored (`raw`, as in the file). Integers of more than 15 digits keep their raw digits where
 * the file has them and are a `precision` defect. Dates are ISO 8601 without a zone.
 */
export function numberText(raw: string, style: NumberStyle, is1904: boolean): CellText {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return { text: raw }
  if (style.kind === 'date') return dateText(raw, is1904 ? value + DAYS_1904 : value)
  if (style.kind === 'time' && value >= 1) return dateText(raw, is1904 ? value + DAYS_1904 : value)
  if ((style.kind === 'time' || style.kind === 'elapsed') && value >= 0) return { text: timeText(value) }
  if (Number.isInteger(value) && Math.abs(value) >= 10 ** KEPT_DIGITS) {
    return { text: /^-?\d+$/.test(raw) ? raw : wholeDigits(value), defect: 'precision' }
  }
  const text = plainText(Number(value.toPrecision(KEPT_DIGITS)))
  if (style.kind === 'digits' && /^\d+$/.test(text)) return { text: text.padStart(style.digits, '0') }
  return { text }
}

// All digits of an integer too large for its own: zeros where the file knows no more.
function wholeDigits(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace(/[-.]/g, '').padEnd(Number(exponent) + 1, '0')
  return value < 0 ? `-${digits}` : digits
}

function plainText(value: number): string {
  const text = String(value)
  if (!text.includes('e-')) return text
  return value.toFixed(Math.min(100, Number(text.split('e-')[1]) + KEPT_DIGITS)).replace(/0+$/, '')
}

function dateText(raw: string, serial: number): CellText {
  const day = Math.floor(serial)
  if (serial < 0 || day > LAST_SERIAL || day === FALSE_LEAP_DAY) return { text: raw, defect: 'date' }
  if (day === 0) return { text: timeText(serial) }
  const days = day < FALSE_LEAP_DAY ? serial + 1 : serial
  const iso = new Date(Math.round((days - EPOCH_1970) * 86_400) * 1000).toISOString()
  return { text: iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19) }
}

function timeText(days: number): string {
  const seconds = Math.round((days * DAY) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
