// The verdict: one word, one sentence that may be quoted, what is not settled, and the figures that matter.

import type { Check, Holds, Report, Verdict } from '@sunlot/draw'
import { chanceText, checkSentence, claimSentence, numberText, sentenceOf } from '../../../words/index.ts'
import { shape } from './badge.ts'
import { copyButton, h } from './dom.ts'
import type { State } from './state.ts'
import type { Words } from './words.ts'

const SHAPE_OF: Readonly<Record<Verdict, Holds>> = {
  verified: 'yes',
  contradicted: 'no',
  indeterminate: 'unknown',
}

/** The verdict, once there is one. */
export function verdictView({ words, report }: State): Node[] {
  if (!report) return []
  const { verdict, checks } = report
  const sentences = verdictSentences(words, report)
  const unknown = checks.filter((c) => c.holds === 'unknown')
  return [
    h(
      'div',
      { class: `verdict ${SHAPE_OF[verdict]}` },
      h('h2', { tabindex: '-1' }, words.verify.verdicts[verdict], shape(SHAPE_OF[verdict])),
      h('p', { class: 'quote' }, ...sentences.slice(0, 1)),
      ...sentences.slice(1).map((s) => h('p', { class: 'beside' }, s)),
      h('p', { class: 'small' }, words.verify.states[report.state], ' ', words.verify.levels[report.level]),
      h(
        'p',
        {},
        copyButton(words.say('copy_sentence'), words.say('copied'), () =>
          sentences.join(words.lang === 'en' ? ' ' : ''),
        ),
      ),
    ),
    ...(unknown.length > 0 ? [unsettled(words, unknown)] : []),
  ]
}

/** The sentence that a journalist can quote, and what must be said beside it. */
export function verdictSentences(words: Words, report: Report): string[] {
  const { checks } = report
  const first = checks.find((c) => c.holds === 'no')
  const count = (holds: Holds): number => checks.filter((c) => c.holds === holds).length
  const sentence = words.fill(words.verify.verdict_sentences[sentenceOf(report)], {
    draw_id: report.facts['draw_id'] ?? words.verify.unnamed_draw,
    all: checks.length,
    yes: count('yes'),
    unknown: count('unknown'),
    reason: first ? checkSentence(words.lang, first) : '',
  })
  const redrawn = checks.some((c) => c.id === 'selection' && c.holds === 'yes')
  return [
    sentence,
    ...(report.verdict === 'indeterminate' && redrawn ? [words.verify.redrawn] : []),
    ...(report.weak ? [words.verify.weak] : []),
  ]
}

function unsettled(words: Words, checks: readonly Check[]): HTMLElement {
  const groups = new Map<string, string[]>()
  for (const c of checks) {
    const why = checkSentence(words.lang, c)
    groups.set(why, [...(groups.get(why) ?? []), claimSentence(words.lang, c.id)])
  }
  return h(
    'div',
    { class: 'unsettled' },
    h('h3', {}, words.say('unsettled')),
    h(
      'ul',
      {},
      ...[...groups].map(([why, claims]) =>
        h('li', {}, why, h('span', { class: 'small' }, words.say('unsettled_of'), claims.join(' '))),
      ),
    ),
  )
}

const COUNTS = [
  ['population', 'unit_subjects'],
  ['excluded', 'unit_subjects'],
  ['drawn', 'unit_subjects'],
  ['strata', 'unit_plain'],
  ['inspectors', 'unit_people'],
  ['observers', 'unit_people'],
  ['rejected', 'unit_rows'],
] as const

/** The key figures. */
export function figuresView({ words, report }: State): Node[] {
  if (!report || Object.keys(report.facts).length === 0) return []
  const { facts } = report
  const figures: (HTMLElement | undefined)[] = [
    ...COUNTS.map(([name, unit]) => {
      const n = facts[name]
      if (n === undefined || (n === 0 && (name === 'rejected' || name === 'inspectors'))) return undefined
      return figure(words.verify.facts[name], words.say(unit, { n: numberText(Number(n)) }))
    }),
    chanceFigure(words, 'least_pi', facts['least_pi']),
    chanceFigure(words, 'pair', facts['pair'], words.say('pair_note')),
    ...(['committed_at', 'closed_at', 'certified_at'] as const).map((name) =>
      facts[name] === undefined
        ? undefined
        : figure(words.verify.facts[name], words.fill('{at}', { at: facts[name] })),
    ),
    facts['seed'] === undefined
      ? undefined
      : figure(words.verify.facts.seed, code(String(facts['seed'])), 'wide'),
  ]
  return [h('h2', {}, words.say('figures_heading')), h('dl', { class: 'figures' }, ...figures)]
}

function chanceFigure(
  words: Words,
  name: 'least_pi' | 'pair',
  value: string | number | undefined,
  note?: string,
): HTMLElement | undefined {
  const [num, den] = String(value ?? '').split('/')
  if (!num || !den) return undefined
  const text = chanceText(words.lang, { num, den }, name === 'pair' ? 'pair' : undefined)
  const shown = h('span', {}, text, note !== undefined && h('span', { class: 'small' }, note))
  return figure(words.verify.facts[name], shown)
}

function figure(label: string, value: Node | string, kind?: string): HTMLElement {
  return h('div', kind ? { class: kind } : {}, h('dt', {}, label), h('dd', {}, value))
}

/** A hash or an id, which may break anywhere. */
export function code(text: string): HTMLElement {
  return h('code', {}, text)
}
