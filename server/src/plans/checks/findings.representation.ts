// What a check found, in words.

import { codesOn, type Law } from '../../law/index.ts'
import { type Language, sentenceOf } from '../../platform/http/sentences.ts'
import type { Acknowledged } from '../plans/plans.rules.ts'
import { percentText } from '../tables/amount-words.rules.ts'
import { DRAW_TYPE_WORDS } from '../tables/cells.rules.ts'
import type { FindingView } from './checks.schema.ts'
import type { Finding } from './findings.rules.ts'

/** What is needed to say it. */
export interface Saying {
  readonly law: Law
  readonly on: string
  readonly language: Language
  readonly numbers: ReadonlyMap<string, number>
  readonly acknowledged: readonly Acknowledged[]
}

const RATIOS: readonly string[] = ['ratio', 'least', 'most', 'lowerRatio', 'higherRatio']
const OF_RATIO: readonly string[] = ['ratio_floor', 'disclosure_floor', 'ratio_cap', 'class_monotone']

/** A finding with its sentence. */
export function representFinding(finding: Finding, saying: Saying): FindingView {
  const { code, lineIds, params } = finding
  const said = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, wordOf(finding, key, value, saying)]),
  )
  const answer = saying.acknowledged.find(
    (one) => one.code === code && (one.lineId === undefined || lineIds.includes(one.lineId)),
  )
  return {
    ...finding,
    lineIds: [...lineIds],
    numbers: lineIds.flatMap((id) => saying.numbers.get(id) ?? []),
    title: sentenceOf(`check.${code}`, {}, saying.language),
    sentence: sentenceOf(`checkSaid.${code}`, said, saying.language),
    answered: answer?.reason ?? null,
  }
}

function wordOf(
  { code }: Finding,
  key: string,
  value: string | number,
  { law, on, language }: Saying,
): string | number {
  if (typeof value === 'number')
    return OF_RATIO.includes(code) && RATIOS.includes(key) ? percentText(value) : value
  if (key === 'mode')
    return codesOn(law, 'joint-modes', on).find((mode) => mode.code === value)?.label[language] ?? value
  if (key === 'drawType' && language === 'zh-CN')
    return DRAW_TYPE_WORDS[value as keyof typeof DRAW_TYPE_WORDS] ?? value
  return value
}
