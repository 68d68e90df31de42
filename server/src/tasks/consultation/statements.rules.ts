// 书面函告: which files are taken, by what they are and not by what they are called.

import type { Refusal } from '../../platform/refusal.ts'

interface StatementType {
  readonly extension: 'pdf' | 'ofd' | 'docx' | 'doc'
  readonly mediaType: string
}

const PDF = { extension: 'pdf', mediaType: 'application/pdf' } as const
const OFD = { extension: 'ofd', mediaType: 'application/ofd' } as const
const DOCX = {
  extension: 'docx',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const
const DOC = { extension: 'doc', mediaType: 'application/msword' } as const

/** Why a file is no statement: it is empty, of another kind, or carries a program. */
export function whyNotStatement(bytes: Uint8Array): Refusal | undefined {
  const isKnown = begins(bytes, '%PDF-') || begins(bytes, COMPOUND) || isPackage(bytes)
  return isKnown && !has(bytes, 'vbaProject.bin') ? undefined : { code: 'participation.statement_format' }
}

/** What a statement is, by its first bytes and, in a package, by its parts. */
export function statementType(bytes: Uint8Array): StatementType {
  if (begins(bytes, '%PDF-')) return PDF
  if (begins(bytes, COMPOUND)) return DOC
  return has(bytes, 'OFD.xml') ? OFD : DOCX
}

const COMPOUND = '\u00d0\u00cf\u0011\u00e0'

function isPackage(bytes: Uint8Array): boolean {
  return begins(bytes, 'PK\u0003\u0004') && (has(bytes, 'OFD.xml') || has(bytes, 'word/document.xml'))
}

function begins(bytes: Uint8Array, text: string): boolean {
  return [...text].every((sign, at) => bytes[at] === sign.charCodeAt(0))
}

function has(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder('latin1').decode(bytes).includes(text)
}
