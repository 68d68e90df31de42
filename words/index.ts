// Turns what a verification says into sentences, for the command and the pages. The sentences are in */verify.json.

import en from './en/verify.json' with { type: 'json' }
import zh from './zh-CN/verify.json' with { type: 'json' }

export type Lang = 'zh-CN' | 'en'
export type VerifyWords = typeof zh
type Params = Readonly<Record<string, string | number>>
type Phrases = Readonly<Record<string, string>>

/** What a check says, as `draw` reports it. */
export interface Said {
  readonly id: string
  readonly holds: 'yes' | 'no' | 'unknown'
  readonly detail: { readonly code: string; readonly params: Params }
}

/** Every sentence about a verification, by language. */
export const VERIFY: Readonly<Record<Lang, VerifyWords>> = { 'zh-CN': zh, en }

/** One check as a sentence: what was found where it holds, else what stands in the way and how to mend it. */
export function checkSentence(lang: Lang, { id, holds, detail }: Said): string {
  const words = VERIFY[lang]
  const found = holds === 'yes' && detail.code === 'holds' ? phrase(words.found, id) : undefined
  if (found !== undefined) return fillVerify(lang, found, detail.params)
  if (holds === 'yes' && detail.code === 'holds') return claimSentence(lang, id)
  const template = phrase(words.details, `${id}/${detail.code}`) ?? phrase(words.details, detail.code)
  return template === undefined ? detail.code : fillVerify(lang, template, detail.params)
}

/** Which sentence of `verdict_sentences` a report gets: before there is a result, `verified` must not speak of one. */
export function sentenceOf(report: {
  readonly verdict: 'verified' | 'contradicted' | 'indeterminate'
  readonly state: 'committed' | 'closed' | 'drawn' | 'void'
}): keyof VerifyWords['verdict_sentences'] {
  const { verdict, state } = report
  return verdict === 'verified' && state !== 'drawn' ? `verified_${state}` : verdict
}

/** What a check claims, in plain words. */
export function claimSentence(lang: Lang, id: string): string {
  return phrase(VERIFY[lang].claims, id) ?? id
}

/** Fills a sentence: codes become words, unix seconds become times, `{chance}` is made of num and den. */
export function fillVerify(lang: Lang, template: string, params: Params): string {
  const terms = VERIFY[lang].terms as Readonly<Record<string, Phrases>>
  const filled = fill(template, (name) => {
    if (name === 'chance') return chanceText(lang, { num: `${params['num']}`, den: `${params['den']}` })
    const value = params[name]
    if (value === undefined) return undefined
    if (name === 'at' || name.endsWith('_by') || name.endsWith('_at')) return timeText(lang, Number(value))
    if (typeof value === 'number') return numberText(value)
    return phrase(terms[name] ?? {}, value) ?? value
  })
  // Full-width signs bring their own space.
  return lang === 'zh-CN' ? filled.replace(/ ?([，。；：、（）“”]) ?/g, '$1') : filled
}

/** Replaces each {name}; one that `of` does not know stays as it is. */
export function fill(template: string, of: (name: string) => string | undefined): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => of(name) ?? whole)
}

/** 151 of 3012 → "5.0 % (about 1 in 20)". Integers throughout; the percentage is rounded half up. */
export function chanceText(lang: Lang, chance: { num: string; den: string }, kind?: 'pair'): string {
  const num = BigInt(chance.num)
  const den = BigInt(chance.den)
  const words = VERIFY[lang].chances
  if (den === 0n) return '–'
  const percent = percentOf(num, den)
  const template = kind ? words.pair : num >= den || num === 0n ? words.plain : oneIn(words, num, den)
  const nearest = num === 0n ? 0n : (2n * den + num) / (2n * num)
  return fill(template, (name) => ({ percent, one_in: numberText(Number(nearest)) })[name])
}

/** Unix seconds as a time in China: 2026年11月21日 09:05:00（北京时间）. */
export function timeText(lang: Lang, seconds: number): string {
  const at = new Date((seconds + 8 * 3600) * 1000)
  if (Number.isNaN(at.getTime())) return String(seconds)
  const two = (n: number): string => String(n).padStart(2, '0')
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  return lang === 'en'
    ? `${day} ${MONTHS[month]} ${year}, ${clock} (China time)`
    : `${year}年${month + 1}月${day}日 ${clock}（北京时间）`
}

/** 3012 → "3,012". */
export function numberText(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

function oneIn(words: VerifyWords['chances'], num: bigint, den: bigint): string {
  if (den % num === 0n) return words.exact
  return 2n * num > den ? words.plain : words.about
}

/** One decimal; below 1 %, three. */
function percentOf(num: bigint, den: bigint): string {
  const places = num * 100n < den ? 3 : 1
  const scaled = (2n * num * 100n * 10n ** BigInt(places) + den) / (2n * den)
  const text = scaled.toString().padStart(places + 1, '0')
  const whole = text.slice(0, -places)
  const rest = text.slice(-places)
  return num === den ? '100' : `${whole}.${rest}`
}

function phrase(phrases: Phrases, key: string): string | undefined {
  return Object.hasOwn(phrases, key) ? phrases[key] : undefined
}
