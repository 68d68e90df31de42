// Who was drawn, by name and code, on the page itself: nobody should have to open a bundle to read it.

import { code, html, type Html, table } from './html.ts'
import type { DrawnRow } from '../drawing/results.store.ts'
import { type NameOfPart, stratumText } from './strata.ts'
import type { Say } from './words.ts'

/** As many as a page that somebody prints can hold. */
export const MOST_DRAWN = 500

/** The list; nothing while it is sealed or not there. `rows`: at most one more than MOST_DRAWN. */
export function drawnPart(
  rows: readonly DrawnRow[],
  { say, nameOf }: { readonly say: Say; readonly nameOf: NameOfPart },
): Html | undefined {
  if (rows.length === 0) return undefined
  const lines = rows
    .slice(0, MOST_DRAWN)
    .map(({ name, code: subject, stratum, left, entered }) => [
      name ?? say('drawn.person'),
      code(subject),
      stratumText(stratum, nameOf, say),
      left !== null
        ? say('drawn.left', { n: left })
        : entered > 0
          ? say('drawn.entered', { n: entered })
          : '',
    ])
  const head = ['name', 'code', 'stratum', 'change'].map((key) => say(`drawn.${key}`))
  return html`<section>
    <h2>${say('drawn.heading')}</h2>
    <p class="small">${say('drawn.order')}</p>
    ${table(say('drawn.heading'), head, lines)}
    ${rows.length > MOST_DRAWN && html`<p>${say('drawn.more', { count: MOST_DRAWN })}</p>`}
  </section>`
}
