// sunlot explain: why a subject was drawn or not, with its ticket, its cut-off, its probability and its proof.

import { explain, type Fate, type PooledFate } from '@sunlot/draw'
import { fillVerify, VERIFY } from '../../../words/index.ts'
import { openBundle } from '../bundle/open.ts'
import { judgeId } from '../freeze/subject-id.ts'
import { langOf } from '../words.ts'
import { type Args, type Io, positional } from './step.ts'

/** Explains the fate of the id named second in the bundle named first. */
export async function run(args: Args, io: Io): Promise<number> {
  const files = openBundle(positional(args, 0, 'BUNDLE'))
  const typed = positional(args, 1, 'ID')
  const exact = explain(files, typed)
  const { text: id } = judgeId(typed)
  const retyped = exact.kind === 'not_listed' && id !== typed
  const fate = retyped ? explain(files, id) : exact
  if (args.options['json'] === true) {
    io.out(JSON.stringify({ id: retyped ? id : typed, ...fate }, undefined, 2))
    return 0
  }
  if (retyped) io.out(io.t('explain.retyped', { typed, id }))
  for (const sentence of sentencesOf(langOf(io), retyped ? id : typed, fate)) io.out(sentence)
  if ('proofs' in fate) tellProofs(io, fate)
  return 0
}

type Lang = ReturnType<typeof langOf>

function sentencesOf(lang: Lang, id: string, fate: Fate): string[] {
  const { fates } = VERIFY[lang]
  switch (fate.kind) {
    case 'unreadable':
      return [fillVerify(lang, fates.unreadable, { file: fate.file })]
    case 'sealed':
      return [fillVerify(lang, fates.sealed, { population: fate.population, open_at: fate.openAt })]
    case 'not_listed':
      return [fillVerify(lang, fates.not_listed, { id, register: fate.register })]
    case 'excluded':
      return [fillVerify(lang, fates.excluded, { id, reason: fate.reason, evidence: fate.evidence })]
    default:
      return pooledSentences(lang, id, fate)
  }
}

function pooledSentences(lang: Lang, id: string, fate: PooledFate): string[] {
  const { fates } = VERIFY[lang]
  const place = { id, population: fate.population, stratum: fate.stratum, stratum_rows: fate.stratumRows }
  const sentences = [fillVerify(lang, fates.pooled, place)]
  if (fate.ticket?.among === 'class') sentences.push(fillVerify(lang, fates.weight, { weight: fate.weight }))
  sentences.push(fillVerify(lang, fates.chance, { ...fate.chance }))
  if (fate.kind === 'frozen' || fate.kind === 'void' || fate.kind === 'unsettled')
    sentences.push(fates[fate.kind])
  else if (fate.ticket) sentences.push(ticketSentence(lang, fate.kind, fate.ticket))
  if (fate.later) sentences.push(fates[fate.later])
  const { visit } = fate
  if (visit && visit.aliases.length > 0)
    sentences.push(
      fillVerify(lang, visit.team === undefined ? fates.people : fates.team, {
        team: visit.team ?? '',
        aliases: visit.aliases.map((a) => a.slice(0, 12)).join(lang === 'en' ? ', ' : '、'),
      }),
    )
  if (visit && visit.lacking.length > 0)
    sentences.push(fillVerify(lang, fates.lacking, { lacking: visit.lacking.join(', ') }))
  return sentences
}

function ticketSentence(
  lang: Lang,
  kind: 'drawn' | 'not_drawn',
  ticket: NonNullable<PooledFate['ticket']>,
): string {
  const { fates } = VERIFY[lang]
  const { rows, n, rank, batch, cut } = ticket
  const head = ticket.ticket.slice(0, 8)
  if (batch)
    return fillVerify(lang, fates.batch, { ticket: head, rows, rank, of: batch.of, batch: batch.number + 1 })
  const template = kind === 'drawn' ? fates.drawn : cut === undefined ? fates.not_drawn_none : fates.not_drawn
  return fillVerify(lang, template, {
    ticket: head,
    cut: cut?.slice(0, 8) ?? '',
    rows,
    rank,
    n,
    reserve: rank - n,
  })
}

function tellProofs(io: Io, fate: Extract<Fate, { proofs: unknown }>): void {
  const lang = langOf(io)
  const fates: Readonly<Record<string, string>> = VERIFY[lang].fates
  for (const { of, holds } of fate.proofs)
    io.out(fillVerify(lang, fates[holds ? 'proof' : 'proof_fails'] ?? '', { list: fates[of] ?? of }))
  const ticket = 'ticket' in fate ? fate.ticket : undefined
  if (!ticket) return
  io.out('')
  io.out(io.t('explain.shell'))
  io.out(`  ${ticket.shell}`)
  io.out(`  → ${ticket.ticket}`)
}
