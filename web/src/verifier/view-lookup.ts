// "Was my firm drawn?": one subject's own fate in sentences, its proof, and the line that recomputes its ticket.

import type { Fate, PooledFate } from '@sunlot/draw'

import { copyButton, h } from './dom.ts'
import type { Actions, Lookup, State } from './state.ts'
import { code } from './view-verdict.ts'
import type { Words } from './words.ts'

/** The question and, once asked, its answer. */
export function lookupView(state: State, actions: Actions): Node[] {
  const { words, lookup } = state
  if (!state.report) return []
  const input = h('input', {
    id: 'code',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    'aria-describedby': 'code-help',
  })
  input.value = state.query
  return [
    h('h2', {}, words.say('lookup_heading')),
    h(
      'form',
      {
        submit: (event) => {
          event.preventDefault()
          void actions.lookUp(input.value)
        },
      },
      h('label', { for: 'code' }, words.say('lookup_label')),
      h('p', { id: 'code-help', class: 'small' }, words.say('lookup_help')),
      h('p', { class: 'row' }, input, h('button', { class: 'main' }, words.say('lookup_button'))),
    ),
    h('div', { class: 'answer', 'aria-live': 'polite' }, ...warning(state), ...answer(words, lookup)),
  ]
}

/** Beside a contradicted bundle no answer is to be believed. */
function warning({ words, lookup, report }: State): Node[] {
  const told = lookup !== undefined && lookup !== 'looking' && lookup !== 'empty'
  if (!told || report?.verdict !== 'contradicted') return []
  return [h('p', { class: 'problem' }, words.say('lookup_contradicted'))]
}

function answer(words: Words, lookup: State['lookup']): (Node | string)[] {
  if (lookup === undefined) return []
  if (lookup === 'looking') return [h('p', {}, words.say('looking'))]
  if (lookup === 'empty') return [h('p', { class: 'problem' }, words.say('lookup_empty'))]
  const said = [...notes(words, lookup), ...fateSentences(words, lookup.id, lookup.fate)]
  return [...said.map((sentence) => h('p', {}, sentence)), ...evidence(words, lookup.fate)]
}

function notes(words: Words, { typed, id, hint, fate }: Lookup): string[] {
  const changed = typed === id ? [] : [words.say('normalised', { typed, id })]
  if (!hint || fate.kind !== 'not_listed') return changed
  switch (hint.key) {
    case 'letters':
      return [...changed, words.say('letters', { letters: hint.letters })]
    case 'length':
      return [...changed, words.say('length', { n: `${hint.n}` })]
    case 'check_digit':
      return [...changed, words.say('check_digit', { expected: hint.expected })]
  }
}

/** A fate in sentences. */
export function fateSentences(words: Words, id: string, fate: Fate): string[] {
  const { fates } = words.verify
  switch (fate.kind) {
    case 'unreadable':
      return [words.fill(fates.unreadable, { file: fate.file })]
    case 'sealed':
      return [words.fill(fates.sealed, { population: fate.population, open_at: fate.openAt })]
    case 'not_listed':
      return [words.fill(fates.not_listed, { id, register: fate.register })]
    case 'excluded':
      return [words.fill(fates.excluded, { id, reason: fate.reason, evidence: fate.evidence })]
    default:
      return pooledSentences(words, id, fate)
  }
}

function pooledSentences(words: Words, id: string, fate: PooledFate): string[] {
  const { fates } = words.verify
  const place = { id, population: fate.population, stratum: fate.stratum, stratum_rows: fate.stratumRows }
  const sentences = [
    words.fill(fates.pooled, place),
    ...(fate.ticket?.among === 'class' ? [words.fill(fates.weight, { weight: fate.weight })] : []),
    words.fill(fates.chance, { ...fate.chance }),
  ]
  if (fate.kind === 'frozen' || fate.kind === 'void' || fate.kind === 'unsettled')
    sentences.push(fates[fate.kind])
  else if (fate.ticket) sentences.push(ticketSentence(words, fate.kind, fate.ticket))
  if (fate.later) sentences.push(fates[fate.later])
  const { team, aliases, lacking } = fate.visit ?? { aliases: [], lacking: [] }
  if (aliases.length > 0)
    sentences.push(
      words.fill(team === undefined ? fates.people : fates.team, {
        team: team ?? '',
        aliases: aliases.map((a) => a.slice(0, 12)).join(words.lang === 'en' ? ', ' : '、'),
      }),
    )
  if (lacking.length > 0) sentences.push(words.fill(fates.lacking, { lacking: lacking.join(', ') }))
  return sentences
}

function ticketSentence(
  words: Words,
  kind: 'drawn' | 'not_drawn',
  ticket: NonNullable<PooledFate['ticket']>,
): string {
  const { fates } = words.verify
  const { rows, n, rank, batch, cut } = ticket
  const head = ticket.ticket.slice(0, 8)
  if (batch)
    return words.fill(fates.batch, { ticket: head, rows, rank, of: batch.of, batch: batch.number + 1 })
  const template = kind === 'drawn' ? fates.drawn : cut === undefined ? fates.not_drawn_none : fates.not_drawn
  return words.fill(template, { ticket: head, cut: cut?.slice(0, 8) ?? '', rows, rank, n, reserve: rank - n })
}

/** Proofs and the shell line, below the sentences. */
function evidence(words: Words, fate: Fate): Node[] {
  if (!('proofs' in fate)) return []
  const { fates } = words.verify
  const listName = (of: string): string =>
    of === 'population.tsv' || of === 'exclusions.tsv' || of === 'register' ? fates[of] : of
  const proofs = fate.proofs.map((proof) => {
    const { holds, ...bytes } = proof
    const text = JSON.stringify(bytes, null, 1)
    return h(
      'details',
      {},
      h('summary', {}, words.fill(holds ? fates.proof : fates.proof_fails, { list: listName(proof.of) })),
      h('pre', { tabindex: '0' }, text),
      copyButton(words.say('proof_copy'), words.say('copied'), () => text),
    )
  })
  const ticket = 'ticket' in fate ? fate.ticket : undefined
  return [
    h('h3', {}, words.say('proof_heading')),
    ...proofs,
    ...(ticket ? shellView(words, ticket.shell, ticket.ticket) : []),
  ]
}

function shellView(words: Words, shell: string, ticket: string): Node[] {
  return [
    h('h3', {}, words.say('shell_heading')),
    h('p', {}, words.say('shell_help')),
    h('pre', { tabindex: '0', class: 'shell' }, shell),
    h(
      'p',
      {},
      copyButton(words.say('copy'), words.say('copied'), () => shell),
    ),
    h('p', {}, words.say('ticket_full'), code(ticket)),
  ]
}
