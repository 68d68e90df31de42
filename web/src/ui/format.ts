// Dates, times and numbers as people here write them. Legal days are calendar days; instants are shown in China time.

import { useTranslation } from 'react-i18next'

export type Lang = 'zh-CN' | 'en'

const ZONE = 'Asia/Shanghai'
const DASH = '–'

/** `2026-11-21` → 2026年11月21日 or 21 November 2026. Anything else comes back as it is. */
export function dayText(lang: Lang, day: string | null | undefined): string {
  if (!day) return DASH
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? []
  if (!year || !month || !date) return day
  if (lang === 'zh-CN') return `${year}年${Number(month)}月${Number(date)}日`
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day.slice(0, 10)}T00:00:00Z`),
  )
  return `${Number(date)} ${name} ${year}`
}

/** An instant → 2026年11月21日 09:05, in China time. */
export function instantText(
  lang: Lang,
  instant: string | null | undefined,
  precision: 'minute' | 'second' = 'minute',
): string {
  if (!instant) return DASH
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const parts = Object.fromEntries(partsFormat.formatToParts(at).map(({ type, value }) => [type, value]))
  const clock = `${parts['hour']}:${parts['minute']}${precision === 'second' ? `:${parts['second']}` : ''}`
  const day = dayText(lang, `${parts['year']}-${parts['month']}-${parts['day']}`)
  return lang === 'zh-CN' ? `${day} ${clock}` : `${day}, ${clock}`
}

/** Today in China, as `2026-11-21`. */
export function todayInChina(now: Date = new Date()): string {
  const parts = Object.fromEntries(partsFormat.formatToParts(now).map(({ type, value }) => [type, value]))
  return `${parts['year']}-${parts['month']}-${parts['day']}`
}

/** 3012 → 3,012. */
export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? DASH : value.toLocaleString('en-US')
}

/** Of what was estimated only so many figures as are meant: 1016169 → 101.6 万 or 1.0 million; small counts are exact. */
export function aboutText(lang: Lang, value: number): string {
  const [size, unit] =
    lang === 'zh-CN'
      ? value >= 1e8
        ? [1e8, '亿']
        : [1e4, '万']
      : value >= 1e6
        ? [1e6, 'million']
        : [1e3, 'thousand']
  return value < 1e4 ? numberText(value) : `${(value / size).toFixed(1)} ${unit}`
}

const partsFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** The same functions, in the language of the page. */
export function useFormat() {
  const { i18n } = useTranslation()
  const lang: Lang = i18n.language === 'en' ? 'en' : 'zh-CN'
  return {
    lang,
    day: (day: string | null | undefined) => dayText(lang, day),
    instant: (instant: string | null | undefined, precision?: 'minute' | 'second') =>
      instantText(lang, instant, precision),
    number: numberText,
    about: (value: number) => aboutText(lang, value),
  }
}
