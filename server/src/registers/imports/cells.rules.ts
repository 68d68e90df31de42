// What single cells of office tables mean.

import { isIdCardNumber } from '@sunlot/draw'
import { isLegalDay } from '../../platform/legal-day.ts'

const ID_CARDS = /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g
const BIRTHDAY = /^\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/
const MOBILES = /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<=\+?86 ?-?)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g

/** Whether an id-card number stands in a text, by its check digit. */
export function holdsIdCard(text: string): boolean {
  return (text.match(ID_CARDS) ?? []).some((number) => isIdCardNumber(number.toUpperCase()))
}

/** A text in which whatever could be somebody's number, id card or mobile, shows no more than its beginning. */
export function withoutPersonal(text: string): string {
  return text
    .replaceAll(ID_CARDS, (number) => (BIRTHDAY.test(number) ? masked(number) : number))
    .replaceAll(MOBILES, masked)
}

/** The beginning of a number. */
export function masked(number: string): string {
  return number === '' ? '' : `${number.slice(0, 3)}****`
}

/** A day however it is written: 2019-03-01, 2019/3/1, 20190301, 2019年3月1日. Nothing where it is none. */
export function dayIn(cell: string): string | undefined {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(cell) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(cell)
  if (!match) return undefined
  const [, year = '', month = '', day = ''] = match
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isLegalDay(text) ? text : undefined
}

const CLASSES: Readonly<Record<string, string>> = { 低: 'A', 一般: 'B', 较高: 'C', 高: 'D' }

/** 信用风险分类: A, A类, A级, or the words 低 (A), 一般 (B), 较高 (C), 高 (D) with or without 风险. */
export function classOf(cell: string): string | undefined {
  const text = cell
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[类级]$/, '')
  if (/^[ABCD]$/.test(text)) return text
  return CLASSES[text.replace(/(?:信用)?风险$/, '')]
}

const STATES: readonly (readonly [string, RegExp])[] = [
  ['active', /^(?:存续|在业|在营|开业|正常|登记成立|确立|在册|有效)/],
  ['suspended', /^(?:停业|歇业|暂停)/],
  ['deregistered', /注销/],
  ['revoked', /吊销/],
  ['cancelled', /撤销/],
  ['relocated', /迁出/],
]

/** 登记状态, in the words that registers use. */
export function registrationStateOf(cell: string): string | undefined {
  return STATES.find(([, words]) => words.test(cell))?.[0]
}
