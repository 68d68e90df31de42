// The certificate: a page that is also its own paper. First the sentences, then the figures, then the bytes.

import type { Reply } from '../../platform/http/route.ts'
import { renderSVG } from 'uqr'
import { code, html, Html, page, table } from './html.ts'
import { drawnPart } from './drawn-part.ts'
import { eventsPart } from './events-part.ts'
import { drawnOf, populationOf, type PublicDraw } from './public-draw.ts'
import type { Drawn } from './fate.ts'
import type { DrawnRow } from '../drawing/results.store.ts'
import { peoplePart, roomPart } from './room-part.ts'
import { type NameOfPart, stratumText } from './strata.ts'
import { valuesPart } from './values-part.ts'
import type { Say } from './words.ts'

/** What a page is told of the world around the draw. */
export interface Surroundings {
  readonly say: Say
  /** The address of this page as a phone can open it; nothing where the server does not know its own name. */
  readonly address: string | undefined
  /** Witnesses that cosigned the commitment, and how many are needed. */
  readonly witnesses: { readonly count: number; readonly quorum: number }
  readonly roleName: (code: string) => string
  readonly nameOf: NameOfPart
  readonly drawn: readonly DrawnRow[]
  readonly decided: Drawn
}

/** The page of a draw. */
export function drawPage(draw: PublicDraw, around: Surroundings): Reply {
  const { say } = around
  const { row } = draw
  const title = say(draw.certificate ? 'certificate_of' : 'no_certificate_of')
  const body = html`${topPart(draw, title, around)} ${verifyPart(draw, around)} ${whyForm(draw, say)}
    ${drawnPart(around.drawn, around)} ${strataPart(draw, around)} ${excludedPart(draw, say)}
    ${valuesPart(draw, around)} ${peoplePart(draw, say)} ${timesPart(draw, around)} ${roomPart(draw, around)}
    ${eventsPart(draw, say)}
    <section>
      <h2>${say('limits.heading')}</h2>
      <ul>
        ${say.limits.map((limit) => html`<li>${limit}</li>`)}
      </ul>
    </section>`
  return page({
    say,
    title: `${title} ${row.name}`,
    otherLanguage: inLanguage(`${row.name}.html`, say.language === 'en' ? 'zh-CN' : 'en'),
    links: [
      [inLanguage('../draws.html', say.language), say('all_draws')],
      [inLanguage('../monitor.html', say.language), say('monitor_link')],
    ],
    body,
    address: around.address,
    keptSeconds: draw.state === 'certified' || draw.state === 'void' ? KEPT_SECONDS : MOVING_SECONDS,
  })
}

/** An address of a page that keeps its language. */
export function inLanguage(address: string, language: Say['language']): string {
  if (language !== 'en') return address
  return `${address}${address.includes('?') ? '&' : '?'}lang=en`
}

// Later changes add to a page that is finished; one that is not moves while people look on.
const KEPT_SECONDS = 300
const MOVING_SECONDS = 15

function topPart(draw: PublicDraw, title: string, { say, address }: Surroundings): Html {
  const { row, state } = draw
  const facts = { population: populationOf(draw.commit.value), drawn: drawnOf(draw) }
  const qr =
    address === undefined
      ? undefined
      : html`<figure class="qr">
          ${new Html(renderSVG(address, { ecc: 'M', border: 2 }))}
          <figcaption>${say('scan')}</figcaption>
        </figure>`
  return html`<div class="top">
    <div>
      <p class="small">${row.divisionName} · ${row.leadAuthorityName}</p>
      <h1>${title}</h1>
      <p class="lead">${row.taskName}</p>
      <p>
        ${say('number')} ${code(row.name)}
        <span class="state ${TONE[state] ?? 'soft'}">${say(`states.${state}`)}</span>
      </p>
      <p class="lead">${leadSentence(draw, say, facts)}</p>
      ${draw.certificate?.value.weak && html`<p class="small">${say('sentences.weak')}</p>`}
      ${row.supersedesName !== null && html`<p>${linked(say, 'supersedes', row.supersedesName)}</p>`}
      ${draw.supersededBy !== null && html`<p>${linked(say, 'superseded_by', draw.supersededBy)}</p>`}
    </div>
    ${qr}
  </div>`
}

const TONE: Partial<Record<PublicDraw['state'], string>> = {
  certified: 'good',
  sealed: 'good',
  void: 'bad',
  withheld: 'bad',
}

function leadSentence(
  { row, state }: PublicDraw,
  say: Say,
  facts: { population: number; drawn: number },
): string {
  switch (state) {
    case 'void':
      return say('sentences.void', { reason: say(`reasons.${row.endReason ?? 'cancelled'}`) })
    case 'withheld':
      return say('sentences.withheld', { certify_by: row.certifyBy ? say.time(row.certifyBy) : '' })
    case 'sealed':
      return say('sentences.sealed', { ...facts, open_at: row.openAt ? say.time(row.openAt) : '' })
    case 'closing':
      return say('sentences.committed', facts)
    default:
      return say(`sentences.${state}`, facts)
  }
}

/** A sentence in which another draw's name leads to its page. */
function linked(say: Say, path: string, name: string): Html {
  const [before = '', after = ''] = say(path, { name: '\n' }).split('\n')
  return html`${before}<a href="${inLanguage(`${name}.html`, say.language)}">${name}</a>${after}`
}

function verifyPart({ row, state }: PublicDraw, { say, witnesses }: Surroundings): Html {
  return html`<section class="card">
    <h2>${say('verify.heading')}</h2>
    <p>${say('verify.text')}</p>
    <p class="act"><a href="${row.name}/bundle.zip">${say('verify.bundle')}</a></p>
    <p class="small">${say('verify.levels')}</p>
    ${
      witnesses.quorum > 0 &&
      state !== 'void' &&
      html`<p class="small">
        <a href="policy.json">${say('verify.policy')}</a> ${say('verify.policy_note')}
      </p>`
    }
  </section>`
}

/** The question that a shop owner comes with. */
export function whyForm(
  { row, state }: Pick<PublicDraw, 'row' | 'state'>,
  say: Say,
  asked = '',
): Html | undefined {
  // Of a draw that ended without a result nobody was drawn, and nobody was not.
  if (state === 'void' || (row.isSealed && row.openedAt === null)) return undefined
  return html`<section class="screen">
    <h2>${say('why.heading')}</h2>
    <p>${say('why.lead')}</p>
    <form method="get" action="/api/v1/public/draws/${row.name}/why">
      ${say.language === 'en' && html`<input type="hidden" name="lang" value="en" />`}
      <label for="code">${say('why.label')}</label
      ><input
        id="code"
        name="code"
        required
        maxlength="55"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        value="${asked}"
      /><button>${say('why.button')}</button>
    </form>
  </section>`
}

/** What a commitment and a certificate both say of a stratum. */
interface StratumLine {
  readonly code: string
  readonly rows: number
  readonly n?: number
}

function strataPart({ commit, certificate }: PublicDraw, { say, nameOf, decided }: Surroundings): Html {
  const lines: readonly StratumLine[] = certificate?.value.strata ?? commit.value.strata
  const rows = lines.map((line) => [
    stratumText(line.code, nameOf, say),
    say.number(line.rows),
    line.n === undefined ? '' : say.number(line.n),
    line.n === undefined ? '' : say.chance({ num: `${line.n}`, den: `${line.rows}` }),
    cutText(decided.cuts.get(line.code)),
  ])
  const head = ['stratum', 'rows', 'n', 'pi', 'cut'].map((key) => say(`strata.${key}`))
  return html`<section>
    <h2>${say('strata.heading')}</h2>
    <p class="small">${say('strata.none')}</p>
    ${table(say('strata.heading'), [head[0]!, ...head.slice(1, 4).map((number) => ({ number })), head[4]!], rows)}
  </section>`
}

function cutText(cut: string | undefined): Html | '' {
  return cut === undefined ? '' : code(cut.slice(0, 16))
}

function excludedPart({ row, commit }: PublicDraw, say: Say): Html | undefined {
  const { figures } = row
  if (!figures) return undefined
  const excluded = figures.exclusions.reduce((sum, { subjects }) => sum + subjects, 0)
  const rows = figures.exclusions.map(({ code: reason, subjects }) => [
    say.word(`excluded.codes.${reason.toLowerCase()}`, reason),
    say.number(subjects),
  ])
  const params = { scope: figures.scopeCount, population: populationOf(commit.value), excluded }
  return html`<section>
    <h2>${say('excluded.heading')}</h2>
    <p>${say('excluded.text', params)}</p>
    ${rows.length > 0 && table(say('excluded.heading'), [say('excluded.reason'), { number: say('excluded.subjects') }], rows)}
    <p class="act">
      <a href="${inLanguage(`${row.name}/changes.html`, say.language)}">${say('excluded.changes')}</a>
    </p>
  </section>`
}

const STEPS = [
  ['plan', 'plan.json'],
  ['commit', 'commit.json'],
  ['close', 'close.json'],
  ['cert', 'certificate.json'],
] as const

function timesPart(draw: PublicDraw, { say, witnesses }: Surroundings): Html {
  const { row, plan, commit, close, certificate } = draw
  const said = { plan, commit, close, cert: certificate }
  const at = { plan: undefined, commit: commit.value.at, close: close?.value.at, cert: certificate?.value.at }
  const rows = STEPS.flatMap(([step, file]) => {
    const manifest = said[step]
    if (!manifest) return []
    const time = at[step]
    const original = html`<a href="${row.name}/files/${file}">${file}</a>`
    return [[say(`times.${step}`), time === undefined ? '' : say.time(time), code(manifest.hash), original]]
  })
  const isSeen = witnesses.count >= witnesses.quorum
  const seen = witnesses.quorum === 0 ? 'no_witnesses' : isSeen ? 'witnesses' : 'not_witnessed'
  return html`<section>
    <h2>${say('times.heading')}</h2>
    <p>
      ${say(`times.${seen}`, { ...witnesses })}
      ${row.closeBy && say('times.close_by', { at: say.time(row.closeBy) })}
    </p>
    ${table(
      say('times.heading'),
      ['what', 'at', 'hash', 'file'].map((key) => say(`times.${key}`)),
      rows,
    )}
    <p class="small">${say('bytes.text')}</p>
  </section>`
}
