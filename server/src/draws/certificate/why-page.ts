// Why a subject was drawn, or not: sentences first, then the proof, then the line that computes its ticket again.

import { creditCodeCheck, type ListProof } from '@sunlot/draw'
import type { Reply } from '../../platform/http/route.ts'
import { inLanguage, whyForm } from './draw-page.ts'
import type { PublicFate } from './fate.ts'
import { code, html, type Html, page } from './html.ts'
import type { PublicDraw } from './public-draw.ts'
import { type NameOfPart, stratumWords } from './strata.ts'
import type { Say } from './words.ts'

/** A code as people type it: full width, lower case, spaced. */
export function normalCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s\u200b\ufeff]/g, '')
    .toUpperCase()
}

/** Who asks in which language, and for what. */
export interface WhyAsked {
  readonly say: Say
  readonly nameOf: NameOfPart
  /** The code as it was looked up; nothing where none was given, or it cannot be one. */
  readonly asked: { readonly code: string; readonly fate: PublicFate } | undefined
  /** What was typed; nothing where the page was opened without a question. */
  readonly typed: string | undefined
}

/** The answer. */
export function whyPage(draw: PublicDraw, { say, nameOf, asked, typed }: WhyAsked): Reply {
  const { name } = draw.row
  const title = asked ? say('why.title', { code: asked.code }) : say('why.heading')
  const other = say.language === 'en' ? 'zh-CN' : 'en'
  return page({
    say,
    title,
    otherLanguage: inLanguage(asked ? `why?code=${encodeURIComponent(asked.code)}` : 'why', other),
    links: [
      [inLanguage(`../${name}.html`, say.language), say('why.back')],
      [inLanguage('../../draws.html', say.language), say('all_draws')],
    ],
    body: html`<p class="small">${draw.row.leadAuthorityName} · ${draw.row.taskName} · ${code(name)}</p>
      <h1>${title}</h1>
      ${asked ? answer(asked, draw, { say, nameOf }) : typed !== undefined && notAsked(typed, say)}
      ${whyForm(draw, say, asked?.code ?? typed)}`,
    keptSeconds: draw.state === 'certified' || draw.state === 'void' ? 300 : 15,
  })
}

type Telling = Pick<WhyAsked, 'say' | 'nameOf'>

function answer(
  { code: asked, fate }: NonNullable<WhyAsked['asked']>,
  draw: PublicDraw,
  telling: Telling,
): Html {
  const { say } = telling
  const sentences = sentencesOf(asked, fate, { ...telling, authorities: draw.authorities })
  return html`<section class="card">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</section>
    ${evidence(fate, say)}`
}

/** What was typed can be no code: that is said, instead of nothing. */
function notAsked(typed: string, say: Say): Html {
  const sentence = typed === '' ? say('why.empty') : say('why.no_code', { typed })
  return html`<section class="card"><p>${sentence}</p></section>`
}

/** A fate in sentences. */
export function sentencesOf(
  asked: string,
  fate: PublicFate,
  telling: Telling & Pick<PublicDraw, 'authorities'>,
): readonly string[] {
  const { say } = telling
  switch (fate.kind) {
    case 'unreadable':
      return [say.verify('fates', 'unreadable', { file: fate.file })]
    case 'sealed':
      return [say.verify('fates', 'sealed', { population: fate.population, open_at: fate.openAt })]
    case 'not_listed':
      return [
        say.verify('fates', 'not_listed', { id: asked, register: fate.register }),
        ...(isMistyped(asked) ? [say('why.check_digit')] : []),
      ]
    case 'excluded': {
      const word = say.word(`excluded.codes.${fate.reason}`, fate.reason)
      return [
        say.verify('fates', 'excluded', { id: asked, reason: fate.reason, evidence: fate.evidence }),
        say('why.reason_is', { reason: word }),
      ]
    }
    default:
      return pooledSentences(asked, fate, telling)
  }
}

type Pooled = Extract<PublicFate, { readonly stratum: string }>

function pooledSentences(
  asked: string,
  fate: Pooled,
  { say, nameOf, authorities }: Parameters<typeof sentencesOf>[2],
): readonly string[] {
  const { kind, ticket, later, visit } = fate
  const place = {
    id: asked,
    population: fate.population,
    stratum: stratumWords(fate.stratum, nameOf, say) ?? fate.stratum,
    stratum_rows: fate.stratumRows,
  }
  const comma = say.language === 'en' ? ', ' : '、'
  const aliases = (visit?.aliases ?? []).map((alias) => alias.slice(0, 12)).join(comma)
  const lacking = (visit?.lacking ?? [])
    .map((one) => say.word(`people.lacking.${one}`, authorities.get(one) ?? one))
    .join(comma)
  return [
    say.verify('fates', 'pooled', place),
    say.verify('fates', 'chance', { ...fate.chance }),
    kind === 'drawn' || kind === 'not_drawn' ? ticketSentence(kind, ticket, say) : say.verify('fates', kind),
    later && say(`why.${later.kind}`, { n: later.n }),
    aliases !== '' &&
      (visit?.team === undefined
        ? say.verify('fates', 'people', { aliases })
        : say.verify('fates', 'team', { team: visit.team, aliases })),
    lacking !== '' && say.verify('fates', 'lacking', { lacking }),
  ].filter((sentence) => typeof sentence === 'string' && sentence !== '') as readonly string[]
}

function ticketSentence(kind: 'drawn' | 'not_drawn', ticket: Pooled['ticket'], say: Say): string {
  if (!ticket) return ''
  const { rows, n, cut, batch } = ticket
  const head = ticket.ticket.slice(0, 8)
  if (ticket.among === 'all')
    return batch ? say('why.batch', { ticket: head, of: batch.of, batch: batch.number + 1 }) : ''
  if (cut === undefined) return say('why.not_drawn_none', { ticket: head, rows })
  return say(`why.${kind}`, { ticket: head, cut: cut.slice(0, 8), rows, n })
}

function evidence(fate: PublicFate, say: Say): Html | undefined {
  if (!('proofs' in fate)) return undefined
  const ticket = 'ticket' in fate ? fate.ticket : undefined
  return html`<section>
      <h2>${say('why.proof')}</h2>
      ${fate.proofs.length === 0 ? html`<p>${say('why.no_proof')}</p>` : fate.proofs.map((proof) => proofPart(proof, say))}
    </section>
    ${
      ticket &&
      html`<section>
        <h2>${say('why.shell')}</h2>
        <p>${say('why.shell_text')}</p>
        <pre tabindex="0">${ticket.shell}</pre>
        <p>${say('why.ticket')} ${code(ticket.ticket)}</p>
      </section>`
    }`
}

function proofPart(proof: ListProof, say: Say): Html {
  const { holds, ...bytes } = proof
  const list = proof.of === 'population.tsv' || proof.of === 'exclusions.tsv' ? proof.of : 'lists'
  const sentence = say.verify('fates', holds ? 'proof' : 'proof_fails', { list: say.verify('fates', list) })
  return html`<p>${sentence}</p>
    <p class="small">${say('why.proof_line')} ${code(proof.line)}</p>
    <details>
      <summary>${say('why.proof_text')}</summary>
      <pre tabindex="0">${JSON.stringify(bytes, null, 1)}</pre>
    </details>`
}

/** Whether it looks like a credit code whose last character is another. */
function isMistyped(asked: string): boolean {
  if (asked.length !== 18) return false
  const expected = creditCodeCheck(asked)
  return expected !== undefined && expected !== asked[17]
}
