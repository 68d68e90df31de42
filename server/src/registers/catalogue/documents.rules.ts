// 抽查细则 and 工作指引: which files are taken, by what they are and not by what they are called; and who may do what.

import type { Refusal } from '../../platform/refusal.ts'

/** What a document may be. */
export const FORMATS = ['pdf', 'docx', 'doc', 'ofd', 'txt'] as const
export type Format = (typeof FORMATS)[number]

/** A document, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface DocumentFacts {
  readonly state: string
  readonly uploadedById: string | null
}

/** What a file is, by its first bytes and, in a package, by the parts that it names; undefined: none of the formats. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  if (begins(bytes, '%PDF-')) return 'pdf'
  if (begins(bytes, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'))
    return has(bytes, WORD_STREAM) ? 'doc' : undefined
  if (begins(bytes, 'PK\u0003\u0004')) {
    if (has(bytes, 'OFD.xml')) return 'ofd'
    return has(bytes, 'word/document.xml') && has(bytes, '[Content_Types].xml') ? 'docx' : undefined
  }
  return isPlainText(bytes) ? 'txt' : undefined
}

/** Why a file is not taken: empty, none of the formats, or one that carries a program. */
export function whyNotFile(bytes: Uint8Array): Refusal | undefined {
  if (bytes.length === 0) return { code: 'document.empty' }
  if (formatOf(bytes) === undefined) return { code: 'document.format' }
  return begins(bytes, 'PK') && has(bytes, 'vbaProject.bin') ? { code: 'document.macros' } : undefined
}

/** Why a document may not be submitted: it was, and was not returned. */
export function whyNotSubmit({ state }: DocumentFacts): Refusal | undefined {
  return state === 'kept' || state === 'returned' ? undefined : { code: 'document.submitted_already' }
}

/** Why its receipt may not be confirmed, nor the document returned: it was not submitted, or the receiver uploaded it. */
export function whyNotReceive(
  { state, uploadedById }: DocumentFacts,
  receiverId: string,
): Refusal | undefined {
  if (state !== 'submitted') return { code: 'document.not_submitted' }
  return uploadedById === receiverId ? { code: 'document.own' } : undefined
}

// The names of streams in a compound file are UTF-16.
const WORD_STREAM = [...'WordDocument'].join('\0')

function begins(bytes: Uint8Array, text: string): boolean {
  return [...text].every((sign, at) => bytes[at] === sign.charCodeAt(0))
}

function has(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0)
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (begins(bytes.subarray(at, at + text.length), text)) return true
  return false
}

/** UTF-8 or GB 18030 without control characters but tab and line breaks. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return true
    } catch {
      return false
    }
  })
}
