// proofs.json, signatures.json, people.json and log leaves: what stands beside the certificate (spec 3, 8).

import { AUTHORITY, HEX, HEX64, ID } from './grammar.ts'
import { ascending, int, keyed, list, object, type Of, oneOf, pos, text } from './fields.ts'

const hex64 = text(HEX64)

export const proofs = object({
  v: oneOf('vdp1'),
  checkpoint: text(),
  consistency: list(hex64),
  leaves: ascending(object({ index: int(), leaf: text(), path: list(hex64) }), (l) => l.index),
})
export type Proofs = Of<typeof proofs>

export const LEAF_TYPES = ['plan', 'commit', 'close', 'record', 'cert', 'event', 'void'] as const

/** A log leaf. The last five fields stand on commit leaves alone. */
export const logLeaf = object(
  { v: oneOf('vdp1'), type: oneOf(...LEAF_TYPES), draw: text(ID), hash: hex64, at: int() },
  { authority: text(AUTHORITY), seq: pos, prev: hex64, plan_ref: text(ID), draw_no: pos },
)
export type LogLeaf = Of<typeof logLeaf>

const signature = keyed(
  object({
    of: oneOf('commit', 'close', 'cert', 'event', 'contrib'),
    hash: hex64,
    by: text(ID),
    alg: oneOf('ed25519', 'sm2'),
    key: text(HEX),
    value: text(HEX),
  }),
)
export type Signature = Of<typeof signature>

export const signatures = object({
  v: oneOf('vdp1'),
  signatures: ascending(signature, (s) => `${s.of}\n${s.hash}\n${s.by}`, 0, 1000),
})
export type Signatures = Of<typeof signatures>

export const people = object({ v: oneOf('vdp1'), secret: hex64 })
export type People = Of<typeof people>
