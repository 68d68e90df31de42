// Canonical JSON (RFC 8785) in the strict profile of spec 2.3: one text for one meaning, refused otherwise.

import { fromUtf8, utf8 } from './bytes.ts'

/** What a manifest may hold. Integers are 0…2^53−1. */
export type Json = string | boolean | number | readonly Json[] | { readonly [key: string]: Json }

/** An object of a manifest. */
export type JsonObject = { readonly [key: string]: Json }

const KEY = /^[a-z][a-z0-9_]*$/
const MAX_DEPTH = 16

/** Why bytes are not a strict manifest. */
export class JcsError extends Error {}

/** The canonical text of a value. Throws `JcsError` on anything outside the strict profile. */
export function canonical(value: Json, depth = 0): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0 || Object.is(value, -0))
      throw new JcsError(`number ${value}`)
    return String(value)
  }
  if (depth >= MAX_DEPTH) throw new JcsError('nested deeper than 16')
  if (Array.isArray(value)) return `[${(value as Json[]).map((v) => canonical(v, depth + 1)).join(',')}]`
  if (value === null || typeof value !== 'object') throw new JcsError(`value ${String(value)}`)
  const object = value as JsonObject
  const members = Object.keys(object)
    .toSorted()
    .map((key) => {
      if (!KEY.test(key)) throw new JcsError(`key ${JSON.stringify(key)}`)
      return `${JSON.stringify(key)}:${canonical(object[key] as Json, depth + 1)}`
    })
  return `{${members.join(',')}}`
}

/** The bytes of a manifest: UTF-8 of its canonical text, no LF at the end. */
export function canonicalBytes(value: JsonObject): Uint8Array {
  return utf8(canonical(value))
}

/** Parses a manifest and refuses (`JcsError`) bytes that differ from JCS(parse(bytes)) or are no object. */
export function parseCanonical(bytes: Uint8Array): JsonObject {
  const text = decode(bytes)
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new JcsError('not an object')
  if (canonical(value as Json) !== text) throw new JcsError('bytes differ from their canonical form')
  return value as JsonObject
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new JcsError('lone surrogate')
  if (text.normalize('NFC') !== text) throw new JcsError('text not in NFC')
  return JSON.stringify(text)
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    throw new JcsError('not UTF-8')
  }
}

function parse(text: string): unknown {
  if (deeperThan(text, MAX_DEPTH)) throw new JcsError('nested deeper than 16')
  try {
    return JSON.parse(text)
  } catch {
    throw new JcsError('not JSON')
  }
}

/** Depth by brackets outside strings, so that hostile nesting is refused before any recursion. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '{' || c === '[') {
      if (++depth > limit) return true
    } else if (c === '}' || c === ']') depth--
  }
  return false
}
