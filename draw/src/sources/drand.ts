// drand quicknet, whose constants belong to the verifier: no other chain, so no private beacon (spec 4).

import { bls12_381 } from '@noble/curves/bls12-381.js'
import { fromHex, toHex } from '../bytes.ts'
import { sha256 } from '../sha256.ts'

const CHAIN = {
  genesis: 1_692_803_367,
  period: 3,
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  dst: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_',
}

/** The wait after `close_by` before the committed round: nobody can know it when the doors shut. */
const WAIT_SECONDS = 60

/** The round that a commitment with this `close_by` (unix seconds) must name. */
export function roundAfterClose(closeBy: number): number {
  return Math.ceil((closeBy + WAIT_SECONDS - CHAIN.genesis) / CHAIN.period) + 1
}

/** The time (unix seconds) before which the value of a round does not exist. */
export function timeOfRound(round: number): number {
  return CHAIN.genesis + CHAIN.period * (round - 1)
}

/** The randomness of a round: SHA-256 of its signature (96 hex), as 64 hex. */
export function drandValue(signature: string): string {
  return toHex(sha256(fromHex(signature)))
}

/** Whether `signature` (96 hex) is quicknet's for `round`. Never throws. */
export function isQuicknetSignature(round: number, signature: string): boolean {
  try {
    const counter = new Uint8Array(8)
    new DataView(counter.buffer).setBigUint64(0, BigInt(round))
    const scheme = bls12_381.shortSignatures
    const message = scheme.hash(sha256(counter), CHAIN.dst)
    return scheme.verify(fromHex(signature), message, fromHex(CHAIN.publicKey))
  } catch {
    return false
  }
}
