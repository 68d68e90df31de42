// State as a word, a shape and a colour, in that order.

import type { Holds } from '@sunlot/draw'
import { h } from './dom.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** A tick in a disc, a cross in a diamond, a question in a broken ring: told apart in grey, too. */
const SHAPES: Readonly<
  Record<Holds, readonly [tag: string, attributes: Readonly<Record<string, string>>][]>
> = {
  yes: [
    ['circle', { cx: '12', cy: '12', r: '11', class: 'body' }],
    ['path', { d: 'M6.5 12.5l4 4 7-8.5', class: 'mark' }],
  ],
  no: [
    ['path', { d: 'M12 .5L23.5 12 12 23.5.5 12z', class: 'body' }],
    ['path', { d: 'M8.5 8.5l7 7m0-7l-7 7', class: 'mark' }],
  ],
  unknown: [
    ['circle', { cx: '12', cy: '12', r: '10.5', class: 'ring' }],
    ['path', { d: 'M9 9.5a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2.1m0 3v.1', class: 'line' }],
  ],
}

/** The word with its shape. */
export function badge(holds: Holds, word: string): HTMLElement {
  return h('span', { class: `badge ${holds}` }, h('b', {}, word), shape(holds))
}

/** The shape alone, hidden from screen readers: the word stands beside it. */
export function shape(holds: Holds): Element {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  for (const [tag, attributes] of SHAPES[holds]) {
    const part = document.createElementNS(SVG, tag)
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value)
    svg.append(part)
  }
  return svg
}
