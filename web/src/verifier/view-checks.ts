// Every check as a sentence with its state, grouped by part, as they are done; the bytes one click below.

import { type Check, CHECKS, type Holds, type Part } from '@sunlot/draw'
import { checkSentence, claimSentence } from '../../../words/index.ts'
import { badge } from './badge.ts'
import { h } from './dom.ts'
import type { State } from './state.ts'
import type { Words } from './words.ts'

/** The checks so far. Opened details stay open from one drawing to the next. */
export function checksView({ words, checks }: State, before: ParentNode): Node[] {
  if (checks.length === 0) return []
  const open = new Set([...before.querySelectorAll('details[open]')].map((d) => d.getAttribute('data-id')))
  const parts = [...new Set(checks.map((c) => c.part))]
  return [
    h('h2', {}, words.say('checks_heading')),
    ...parts.map((part) =>
      partView(
        words,
        part,
        checks.filter((c) => c.part === part),
        open,
      ),
    ),
  ]
}

function partView(
  words: Words,
  part: Part,
  checks: readonly Check[],
  open: ReadonlySet<string | null>,
): HTMLElement {
  const worst = checks.map((c) => c.holds).toSorted((a, b) => ORDER[a] - ORDER[b])[0] ?? 'unknown'
  return h(
    'section',
    { class: 'part' },
    h('h3', {}, words.verify.parts[part], badge(worst, words.verify.holds[worst])),
    h('ul', { class: 'checks' }, ...checks.map((c) => checkView(words, c, open.has(c.id)))),
  )
}

const ORDER: Readonly<Record<Holds, number>> = { no: 0, unknown: 1, yes: 2 }

function checkView(words: Words, c: Check, open: boolean): HTMLElement {
  const params = Object.entries(c.detail.params).map(([name, value]) => `${name}=${value}`)
  return h(
    'li',
    { class: c.holds },
    badge(c.holds, words.verify.holds[c.holds]),
    h(
      'div',
      {},
      h('p', {}, checkSentence(words.lang, c)),
      c.holds !== 'yes' && h('p', { class: 'small' }, words.say('claim_is'), claimSentence(words.lang, c.id)),
      h(
        'details',
        { 'data-id': c.id, open },
        h('summary', {}, words.say('detail')),
        c.holds === 'yes' && h('p', {}, words.say('claim_is'), claimSentence(words.lang, c.id)),
        h('p', { lang: 'en' }, words.say('normative'), CHECKS[c.id].claim),
        h('p', {}, h('code', {}, [c.id, c.holds, c.detail.code, ...params].join(' · '))),
      ),
    ),
  )
}
