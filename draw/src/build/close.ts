// Builds close.json: contributions, files, preflight. A preflight that fails stops the draw before any randomness exists.

import { utf8 } from '../bytes.ts'
import { type Alg, hashHex, tag } from '../hash.ts'
import { canonical, canonicalBytes, type Json, type JsonObject } from '../jcs.ts'
import { close, type Close } from '../manifest/close.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { Built } from './commitment.ts'

/** A contribution as typed: digits stay digits, any other text is hashed and shown. */
export function contributionOf(alg: Alg, number: number, typed: string): Close['observers'][number] {
  const id = `o${String(number).padStart(3, '0')}`
  if (/^[0-9]{1,32}$/.test(typed)) return { id, value: typed }
  const note = typed.normalize('NFC')
  return { id, value: hashHex(alg, utf8(note)), note }
}

/** Builds the close of a commitment whose preflight has passed. */
export function buildClose(
  c: Built<Commitment>,
  given: Pick<Close, 'at' | 'observers'> & Partial<Pick<Close, 'escrow'>>,
): Built<Close> {
  const value: Close = {
    v: 'vdp1',
    commit: c.hash,
    ...given,
    files: c.value.lists.map((l) => ({ name: l.name, hash: l.hash ?? l.root })),
    preflight: 'pass',
  }
  close(value, 'close')
  const bytes = canonicalBytes(value as unknown as JsonObject)
  return { value, bytes, hash: tag(c.value.alg, 'close', canonical(value as unknown as Json)) }
}
