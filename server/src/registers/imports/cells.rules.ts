// What single cells of office tables mean.

import { isLegalDay } from '../../platform/legal-day.ts'

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
