// Pages for everybody: plain HTML that old phones read and printers print, without scripts. What stands between the parts of
// a template is always text: it is escaped, and can never become markup.

import { createHash } from 'node:crypto'
import { reply, type Reply } from '../../platform/http/route.ts'
import { STYLE } from './style.ts'
import type { Say } from './words.ts'

/** Markup that was made here. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | readonly Part[] | undefined | null | false

/** Markup with texts in it. Nothing, and false, leave a gap. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.map((piece, at) => piece + textOf(parts[at])).join(''))
}

/** A table; columns that hold numbers are set to the right. */
export function table(
  caption: string,
  head: readonly (string | { readonly number: string })[],
  rows: readonly (readonly Part[])[],
): Html {
  const columns = head.map((column) =>
    typeof column === 'string' ? { text: column } : { text: column.number, right: true },
  )
  const cells = (row: readonly Part[]): Html[] =>
    row.map((cell, at) =>
      'right' in columns[at]! ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`,
    )
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption class="hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(
            (column) =>
              html`<th scope="col" ${'right' in column && new Html(' class="n"')}>${column.text}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** What is folded away on a screen. Paper cannot be unfolded: there it stands in full. */
export function folded(title: string, body: Html): Html {
  return html`<details class="screen">
      <summary>${title}</summary>
      ${body}
    </details>
    <div class="paper">
      <h3>${title}</h3>
      ${body}
    </div>`
}

/** A page with its title, and the addresses of the same in the other language and of what belongs beside it. */
export interface PageParts {
  readonly say: Say
  readonly title: string
  readonly otherLanguage: string
  readonly links: readonly (readonly [address: string, text: string])[]
  readonly body: Html
  /** Its own address in full, where it is known: on paper each link says where it leads. */
  readonly address?: string | undefined
  /** How long anybody may keep it, in seconds. */
  readonly keptSeconds: number
}

/** A page as an answer. */
export function page({ say, title, otherLanguage, links, body, address, keptSeconds }: PageParts): Reply {
  const { language } = say
  const others = links.map(([address, text]) => html`<a href="${address}">${text}</a>`)
  const made = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title} · ${say('site')}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header>
          <b class="brand">${say('site')}</b>
          <nav>
            ${others}<a href="${otherLanguage}" lang="${language === 'en' ? 'zh-CN' : 'en'}"
              >${say('other_language')}</a
            >
          </nav>
        </header>
        <main>${address === undefined ? body : withAddresses(body, address)}</main>
        <footer>${say('footer')}</footer>
      </body>
    </html> `
  return reply(200, made.text, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': `public, max-age=${keptSeconds}`,
  })
}

/** A hash or a value that may break anywhere. */
export function code(text: string): Html {
  return html`<code>${text}</code>`
}

/** Each link with its address in full, which the style prints. */
function withAddresses({ text }: Html, address: string): Html {
  return new Html(
    text.replaceAll(/<a href="([^"]*)"/g, (link, href: string) => {
      const { href: whole } = new URL(href.replaceAll('&amp;', '&'), address)
      return `${link} data-at="${whole.replaceAll('&', '&amp;')}"`
    }),
  )
}

function textOf(part: Part): string {
  if (part === undefined || part === null || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return String(part)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// Not a part of the template: the policy names the hash of exactly these bytes.
const STYLE_TAG = new Html(`<style>${STYLE}</style>`)
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
