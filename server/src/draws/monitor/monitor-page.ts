// The page of the monitor: each question, its answer in a sentence, and the table behind it.

import type { Reply } from '../../platform/http/route.ts'
import { inLanguage } from '../certificate/draw-page.ts'
import { html, type Html, page, table } from '../certificate/html.ts'
import { type ListFilter, withQuery } from '../certificate/list-page.ts'
import type { Say } from '../certificate/words.ts'
import type { Mark } from './chance.rules.ts'
import type { AuthorityRate, MonitorReport, RepeatedLine } from './report.ts'

/** The report as a page. */
export function monitorPage(
  report: MonitorReport,
  { say, asked }: { readonly say: Say; readonly asked: ListFilter },
): Reply {
  const { from, to, draws } = report
  const lead = say(draws === 0 ? 'monitor.lead_none' : 'monitor.lead', { from, to, draws })
  return page({
    say,
    title: say('monitor.title'),
    otherLanguage: inLanguage(withQuery('monitor.html', asked), say.language === 'en' ? 'zh-CN' : 'en'),
    links: [[inLanguage('draws.html', say.language), say('all_draws')]],
    body: html`<h1>${say('monitor.title')}</h1>
      <p class="lead">${lead}</p>
      ${[inclusionPart, overDrawnPart, togetherPart, replacementsPart, endsPart, timingPart, undrawnPart].map(
        (part) => part(report, say),
      )}`,
    keptSeconds: 300,
  })
}

function inclusionPart({ inclusion, seeds }: MonitorReport, say: Say): Html {
  const rows = inclusion.map(({ facet, drawn, chiSquared, df, p, mark }) => [
    say(`monitor.inclusion.facets.${facet}`),
    say.number(drawn),
    df === 0 ? '' : `${fixed(chiSquared)} (${df})`,
    p === undefined ? '' : share(p),
    marked(mark, say),
  ])
  const head = [
    say('monitor.inclusion.facet'),
    { number: say('monitor.inclusion.drawn') },
    { number: say('monitor.inclusion.deviation') },
    { number: say('monitor.p') },
    say('monitor.verdict'),
  ]
  const seedText = say('monitor.seeds.text', { draws: seeds.draws, mark: say(`monitor.marks.${seeds.mark}`) })
  return question(
    'inclusion',
    worst(inclusion),
    say,
    html`${table(say('monitor.inclusion.heading'), head, rows)}
      <p class="small">${say('monitor.seeds.heading')}${say.language === 'en' ? ' ' : '？'}${seedText}</p>`,
  )
}

function overDrawnPart({ overDrawn }: MonitorReport, say: Say): Html {
  const { subjects, items } = overDrawn
  const odd = items.filter(({ mark }) => mark === 'odd')
  const path = odd.length > 0 ? 'odd' : subjects === 0 ? 'none' : 'calm'
  const text = say(`monitor.repeated.${path}`, { subjects: odd.length > 0 ? odd.length : subjects })
  const lines = repeatedTable(odd, say, [say('monitor.repeated.code'), say('monitor.repeated.times')])
  return section(say('monitor.repeated.heading'), text, odd.length > 0, lines)
}

function togetherPart({ together }: MonitorReport, say: Say): Html {
  const { mark, items, pairs } = together
  const text = say(`monitor.together.${mark}`, { pairs: mark === 'odd' ? items.length : pairs })
  const lines = repeatedTable(items, say, [
    say('monitor.together.authorities'),
    say('monitor.together.times'),
  ])
  return section(say('monitor.together.heading'), text, mark === 'odd', lines)
}

function replacementsPart({ replacements }: MonitorReport, say: Say): Html {
  const { drawn, applied, substituted, persons, items } = replacements
  return question(
    'replacements',
    worst(items),
    say,
    html`<p>
        ${say('monitor.replacements.text', { drawn, applied, substituted })}
        ${persons > 0 && say('monitor.replacements.persons', { persons })}
      </p>
      ${ratesTable(items, say, 'monitor.replacements')}`,
  )
}

function endsPart({ ends }: MonitorReport, say: Say): Html {
  const { items, ...counts } = ends
  return question(
    'ends',
    worst(items),
    say,
    html`<p>${say('monitor.ends.text', counts)}</p>
      ${ratesTable(items, say, 'monitor.ends')}`,
  )
}

function timingPart({ timing }: MonitorReport, say: Say): Html | undefined {
  const { hours, fresh, of } = timing
  if (!hours) return undefined
  const { least, median, p90 } = hours
  const spread = say('monitor.timing.text', { least: fixed(least), median: fixed(median), p90: fixed(p90) })
  const seen = say('monitor.timing.fresh', { fresh, of })
  return section(
    say('monitor.timing.heading'),
    `${spread}${say.language === 'en' ? ' ' : ''}${seen}`,
    fresh < of,
    fresh < of ? html`<p>${say('monitor.timing.not_fresh')}</p>` : undefined,
  )
}

function undrawnPart({ undrawn }: MonitorReport, say: Say): Html {
  const tasks = undrawn.reduce((sum, row) => sum + row.tasks, 0)
  const rows = undrawn.map((row) => [row.authority, say.number(row.tasks)])
  const heading = say('monitor.undrawn.heading')
  const head = [say('monitor.replacements.authority'), { number: say('monitor.undrawn.tasks') }]
  return section(
    heading,
    tasks === 0 ? say('monitor.undrawn.none') : say('monitor.undrawn.text', { tasks }),
    false,
    tasks === 0 ? undefined : table(heading, head, rows),
  )
}

/** A question that ends with a mark. */
function question(part: 'inclusion' | 'replacements' | 'ends', mark: Mark, say: Say, rest: Html): Html {
  return section(say(`monitor.${part}.heading`), say(`monitor.${part}.${mark}`), mark === 'odd', rest)
}

function section(heading: string, answer: string, isOdd: boolean, rest: Html | undefined): Html {
  return html`<section>
    <h2>${heading}</h2>
    <p class="lead${isOdd && ' odd'}">${answer}</p>
    ${rest}
  </section>`
}

function repeatedTable(
  items: readonly RepeatedLine[],
  say: Say,
  [what, times]: readonly [string, string],
): Html | undefined {
  if (items.length === 0) return undefined
  const rows = items.map((item) => [
    item.names.join(say.language === 'en' ? ', ' : '、'),
    say('monitor.of', { hits: item.times, of: item.of }),
    fixed(item.expected),
    share(item.p),
  ])
  return table(
    what,
    [what, { number: times }, { number: say('monitor.repeated.expected') }, { number: say('monitor.p') }],
    rows,
  )
}

function ratesTable(items: readonly AuthorityRate[], say: Say, words: string): Html | undefined {
  if (items.length === 0) return undefined
  const rows = items.map(({ authority, hits, of, low, high, mark }) => [
    authority,
    say('monitor.of', { hits, of }),
    say('monitor.interval_text', { low: percent(low), high: percent(high) }),
    marked(mark, say),
  ])
  const head = [
    say('monitor.replacements.authority'),
    { number: say(`${words}.rate`) },
    { number: say('monitor.replacements.interval') },
    say('monitor.verdict'),
  ]
  return table(say(`${words}.heading`), head, rows)
}

function marked(mark: Mark, say: Say): Html {
  return html`<span class="${mark === 'odd' ? 'odd' : 'soft'}">${say(`monitor.marks.${mark}`)}</span>`
}

/** The mark that calls for a look comes before all others. */
function worst(items: readonly { readonly mark: Mark }[]): Mark {
  const marks = items.map(({ mark }) => mark)
  return (['odd', 'calm'] as const).find((mark) => marks.includes(mark)) ?? 'tooFew'
}

function fixed(value: number): string {
  return value.toFixed(1)
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`
}

/** A probability that may be very small. */
function share(p: number): string {
  return p >= 0.001 ? p.toFixed(3) : '< 0.001'
}
