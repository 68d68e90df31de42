// The page of all commitments: what anybody sees first, and where a gap would show.

import type { Reply } from '../../platform/http/route.ts'
import type { Static } from 'typebox'
import { inLanguage } from './draw-page.ts'
import { html, page, table } from './html.ts'
import type { PublicDrawList } from './public.schema.ts'
import type { Say } from './words.ts'

/** What was asked for, to be kept in the addresses of the page. */
export type ListFilter = Readonly<Partial<Record<'division' | 'year' | 'after' | 'limit', string | number>>>

/** The list as a page. */
export function listPage(
  {
    items,
    next,
  }: { readonly items: readonly Static<typeof PublicDrawList>['items'][number][]; readonly next?: string },
  { say, filter }: { readonly say: Say; readonly filter: ListFilter },
): Reply {
  const rows = items.map((item) => [
    html`<a href="${inLanguage(`draws/${item.name}.html`, say.language)}">${item.taskName}</a><br /><code
        >${item.name}</code
      >`,
    item.leadAuthorityName,
    say.number(item.seq),
    html`<span class="${item.state === 'withheld' || item.state === 'void' ? 'bad' : 'soft'}"
      >${say(`states.${item.state}`)}</span
    >`,
    say.time(new Date(item.committedAt)),
    `${say.number(item.population)} → ${say.number(item.drawn)}`,
  ])
  const head = [
    say('list.task'),
    say('list.authority'),
    { number: say('list.seq') },
    say('list.state'),
    say('list.at'),
    { number: say('list.rows') },
  ]
  const other = say.language === 'en' ? 'zh-CN' : 'en'
  return page({
    say,
    title: say('list.title'),
    otherLanguage: inLanguage(withQuery('draws.html', filter), other),
    links: [[inLanguage('monitor.html', say.language), say('monitor_link')]],
    body: html`<h1>${say('list.title')}</h1>
      <p class="lead">${say('list.lead')}</p>
      ${items.length === 0 ? html`<p>${say('list.none')}</p>` : table(say('list.title'), head, rows)}
      ${
        next !== undefined &&
        html`<p class="act">
          <a href="${inLanguage(withQuery('draws.html', { ...filter, after: next }), say.language)}"
            >${say('list.more')}</a
          >
        </p>`
      }`,
    keptSeconds: 60,
  })
}

/** An address with what was asked for. */
export function withQuery(address: string, filter: ListFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )
  return query.size === 0 ? address : `${address}?${query.toString()}`
}
