// A scanner for the XML that office programs write: tags and text, no DTD, no tree.

/** What a scan calls. Names come without their namespace prefix, texts with references resolved. */
export interface XmlHandlers {
  /** `attributes`: the text between name and end, for `attribute`. */
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/** XML that is not well-formed. */
export class XmlFailure extends Error {}

/** Scans XML, or a slice of it that begins and ends between tags. Throws XmlFailure. */
export function scanXml(xml: string, handlers: XmlHandlers): void {
  for (let at = 0; at < xml.length;) {
    const tag = xml.indexOf('<', at)
    if (tag !== at) {
      handlers.text(resolveReferences(xml.slice(at, tag < 0 ? xml.length : tag)))
      if (tag < 0) return
    }
    const mark = xml.charCodeAt(tag + 1)
    if (mark === SLASH) {
      const end = mustFind(xml, '>', tag)
      handlers.close(localName(xml, tag + 2, end).trimEnd())
      at = end + 1
    } else if (mark === EXCLAMATION || mark === QUESTION) {
      at = skipSpecial(xml, tag, handlers)
    } else {
      at = openTag(xml, tag, handlers)
    }
  }
}

/** The value of an attribute, or undefined. A name with a prefix, as `r:id`, matches any prefix when given as `:id`. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = 0; at < attributes.length;) {
    while (isSpace(attributes.charCodeAt(at))) at++
    const equals = attributes.indexOf('=', at)
    if (equals < 0) return undefined
    const opening = skipSpaces(attributes, equals + 1)
    const quote = attributes[opening]
    if (quote !== '"' && quote !== "'") throw new XmlFailure('an attribute without quotes')
    const closing = mustFind(attributes, quote, opening + 1)
    const found = attributes.slice(at, equals).trimEnd()
    if (found === name || (name.startsWith(':') && found.endsWith(name))) {
      return resolveReferences(attributes.slice(opening + 1, closing))
    }
    at = closing + 1
  }
  return undefined
}

/** Text with the escapes of office programs (`_x000D_`) resolved. */
export function unescapeOffice(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

const SLASH = 47
const EXCLAMATION = 33
const QUESTION = 63
const LESS = 60
const GREATER = 62

function openTag(xml: string, tag: number, handlers: XmlHandlers): number {
  let nameEnd = tag + 1
  while (nameEnd < xml.length && !endsName(xml.charCodeAt(nameEnd))) nameEnd++
  const end = tagEnd(xml, nameEnd)
  const selfClosing = xml.charCodeAt(end - 1) === SLASH
  const name = localName(xml, tag + 1, nameEnd)
  handlers.open(name, xml.slice(nameEnd, selfClosing ? end - 1 : end))
  if (selfClosing) handlers.close(name)
  return end + 1
}

function tagEnd(xml: string, from: number): number {
  let quote = 0
  for (let at = from; at < xml.length; at++) {
    const code = xml.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === GREATER) return at
    else if (code === LESS) break
    else if (code === 34 || code === 39) quote = code
  }
  throw new XmlFailure('a tag without an end')
}

function skipSpecial(xml: string, tag: number, handlers: XmlHandlers): number {
  if (xml.startsWith('<!--', tag)) return mustFind(xml, '-->', tag + 4) + 3
  if (xml.startsWith('<![CDATA[', tag)) {
    const end = mustFind(xml, ']]>', tag)
    handlers.text(xml.slice(tag + 9, end))
    return end + 3
  }
  if (xml.startsWith('<?', tag)) return mustFind(xml, '?>', tag) + 2
  throw new XmlFailure('a declaration')
}

function mustFind(xml: string, what: string, from: number): number {
  const at = xml.indexOf(what, from)
  if (at < 0) throw new XmlFailure(`${what} is missing`)
  return at
}

function localName(xml: string, from: number, to: number): string {
  const name = xml.slice(from, to)
  return name.slice(name.indexOf(':') + 1)
}

function endsName(code: number): boolean {
  return code === GREATER || code === LESS || code === SLASH || isSpace(code)
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolveReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&([^;&]*);?/g, (whole, name: string) => {
    const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = digits
      ? Number.parseInt(digits[1] ?? digits[2]!, digits[1] === undefined ? 10 : 16)
      : Number.NaN
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : NAMED[name]
    if (character === undefined || !whole.endsWith(';'))
      throw new XmlFailure(`the reference ${whole.slice(0, 20)}`)
    return character
  })
}
