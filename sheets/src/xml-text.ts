// The XML parts of a workbook as text, whole or in slices that end between tags.
import { SheetError } from './errors.ts'
import { scanXml, XmlFailure, type XmlHandlers } from './xml-scan.ts'
import type { Zip } from './zip.ts'

const WHOLE_PART_BYTES = 33_554_432

/** The text of a small part. Throws `too-large`, `bad-bytes`, `doctype`, and as `Zip.bytes`. */
export async function wholeXml(zip: Zip, part: string): Promise<string> {
  let text = ''
  for await (const slice of xmlSlices(zip, part)) {
    text += slice
    if (text.length > WHOLE_PART_BYTES) {
      throw new SheetError('too-large', zip.path, {
        what: `the part ${part}`,
        limit: `${WHOLE_PART_BYTES} bytes`,
      })
    }
  }
  return text
}

/**
 * The text of a part in slices. Each ends before a closing tag, outside comments and CDATA, so that every tag and
 * every text is whole within its slice. Throws as `wholeXml`.
 */
export async function* xmlSlices(zip: Zip, part: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held = ''
  let offset = 0
  let line = 1
  for await (const chunk of zip.bytes(part)) {
    let text: string
    try {
      text = decoder.decode(chunk, { stream: true })
    } catch {
      throw badBytes(zip, part, offset, line)
    }
    offset += chunk.length
    line += text.split('\n').length - 1
    held += text
    const cut = safeCut(held)
    if (cut === 0) {
      refuseEndless(zip, part, held)
      continue
    }
    const slice = held.slice(0, cut)
    held = held.slice(cut)
    refuseDoctype(zip, part, slice)
    yield slice.codePointAt(0) === 0xfeff ? slice.slice(1) : slice
  }
  try {
    held += decoder.decode()
  } catch {
    throw badBytes(zip, part, offset, line)
  }
  refuseDoctype(zip, part, held)
  yield held.codePointAt(0) === 0xfeff ? held.slice(1) : held
}

/** `scanXml` on a part or a slice of it, its failures as `workbook-damaged`. */
export function scanPart(zip: Zip, part: string, xml: string, handlers: XmlHandlers): void {
  try {
    scanXml(xml, handlers)
  } catch (cause) {
    if (!(cause instanceof XmlFailure)) throw cause
    throw new SheetError('workbook-damaged', zip.path, { part, reason: `XML: ${cause.message}` })
  }
}

function badBytes(zip: Zip, part: string, offset: number, line: number): SheetError {
  return new SheetError('bad-bytes', zip.path, { part, offset, line, encoding: 'utf-8', reason: 'invalid' })
}

function safeCut(text: string): number {
  const cut = text.lastIndexOf('</')
  const special = text.lastIndexOf('<!', cut)
  if (cut <= 0 || special < 0) return Math.max(0, cut)
  const ending = text.startsWith('<![CDATA[', special)
    ? ']]>'
    : text.startsWith('<!--', special)
      ? '-->'
      : '>'
  const end = text.indexOf(ending, special)
  return end >= 0 && end < cut ? cut : special
}

function refuseEndless(zip: Zip, part: string, held: string): void {
  if (held.length > WHOLE_PART_BYTES) {
    const params = { part, reason: 'a single element of more than 32 MiB' }
    throw new SheetError('workbook-damaged', zip.path, params)
  }
}

function refuseDoctype(zip: Zip, part: string, text: string): void {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY'))
    throw new SheetError('doctype', zip.path, { part })
}
