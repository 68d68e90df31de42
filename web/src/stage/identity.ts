// Who somebody is in this room: a key that his own device made, and nothing else. It stays on the device.

import { fromHex, publicKeyEd25519, signEd25519, toHex, utf8 } from '@sunlot/draw'

/** What a phone keeps of a room. */
export interface Identity {
  readonly code: string
  readonly secret: string
  readonly token?: string
  readonly number?: number
  readonly mark?: string
  /** What was added, as the server took it. */
  readonly given?: { readonly id: string; readonly value: string; readonly note: string | null }
  readonly receipt?: string
  readonly signed: readonly string[]
}

const keyOf = (code: string) => `sunlot-room-${code}`

/** What this device knows of a room. */
export function readIdentity(code: string): Identity | undefined {
  try {
    const text = localStorage.getItem(keyOf(code))
    return text === null ? undefined : (JSON.parse(text) as Identity)
  } catch {
    return undefined
  }
}

/** Keeps it, so that a page that is opened again goes on. */
export function keepIdentity(identity: Identity): Identity {
  localStorage.setItem(keyOf(identity.code), JSON.stringify(identity))
  return identity
}

/** A new key. */
export function newIdentity(code: string): Identity {
  return { code, secret: toHex(crypto.getRandomValues(new Uint8Array(32))), signed: [] }
}

export function publicKeyOf({ secret }: Identity): string {
  return toHex(publicKeyEd25519(fromHex(secret)))
}

/** A signature over the 64 characters of a fingerprint. */
export function signatureOf({ secret }: Identity, hash: string): string {
  return toHex(signEd25519(fromHex(secret), utf8(hash)))
}
