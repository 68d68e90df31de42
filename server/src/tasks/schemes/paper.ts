// Papers for printing: title, numbered sections, signature, in the order and type of GB/T 9704. No script, one style sheet
// that the page's own policy admits by its hash.

import { createHash } from 'node:crypto'
import { reply, type Reply } from '../../platform/http/route.ts'

const STYLE = [
  'body{margin:0 auto;max-width:44em;padding:37mm 26mm 35mm 28mm;color:#000;background:#fff;',
  'font:16pt/28pt FangSong,FangSong_GB2312,STFangsong,serif;overflow-wrap:anywhere}',
  'h1{font:22pt/36pt FZXiaoBiaoSong-B05S,STZhongsong,SimSun,serif;text-align:center;margin:0 0 28pt}',
  'h2{font:16pt/28pt SimHei,STHeiti,sans-serif;margin:0;text-indent:2em}',
  'p{margin:0;text-indent:2em;text-align:justify}',
  '.to{text-indent:0}.sign{text-align:right;text-indent:0;margin-top:56pt;padding-right:4em}',
  '.day{text-align:right;text-indent:0;padding-right:4em}',
  'table{border-collapse:collapse;width:100%;font-size:12pt;line-height:20pt;margin:14pt 0}',
  'th,td{border:1px solid #000;padding:2pt 6pt;text-align:left;vertical-align:top}',
  '@page{size:A4;margin:37mm 26mm 35mm 28mm}@media print{body{padding:0;max-width:none}}',
  '@media(max-width:600px){body{padding:24px 16px;font-size:17px;line-height:1.8}h1{font-size:22px;line-height:1.5}}',
].join('')
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A paper as an answer. */
export function paper(title: string, body: string): Reply {
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`
  return reply(200, html, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
  })
}

/** Lines as paragraphs. */
export function paragraphs(text: string, className?: 'to' | 'sign' | 'day'): string {
  const mark = className === undefined ? '' : ` class="${className}"`
  return text
    .split('\n')
    .map((line) => `<p${mark}>${escaped(line)}</p>`)
    .join('')
}

/** A heading of the first level: 一、组织领导. */
export function heading(at: number, title: string): string {
  return `<h2>${numeral(at)}、${escaped(title)}</h2>`
}

/** A table with its head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`
}

/** 1 → 一, 17 → 十七; sections are never more than 99. */
export function numeral(value: number): string {
  const digits = [...'零一二三四五六七八九']
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  const high = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`
  return `${high}${ones === 0 && tens > 0 ? '' : digits[ones]}`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
