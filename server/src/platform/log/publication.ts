// A log as anybody may read it: its files, and the keys that sign it.

import { compareBytes, concat, fromBase64, fromHex, noteKeyId, toBase64, toHex } from '@sunlot/draw'
import type { LogPolicy, NamedKey } from './policy.ts'
import { cosignatureType, noteType } from './signer.ts'
import type { TileFolder } from './tile-folder.ts'

/** The published files, and whom one must trust to verify them: the log's key, the witnesses, how many of them. */
export interface PublishedLog {
  readonly tiles: TileFolder
  readonly policy: LogPolicy
}

/** The keys as C2SP writes them, one line each: the log's own, then those of its witnesses. `name+<key id>+<base64>`. */
export function verifierKeys({ log, witnesses }: LogPolicy): string {
  const lines = [
    lineOf(log, noteType(log.alg)),
    ...witnesses.map((each) => lineOf(each, cosignatureType(each.alg))),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function lineOf({ name, key }: NamedKey, type: Uint8Array): string {
  const bytes = fromHex(key)
  return `${name}+${toHex(noteKeyId(name, type, bytes))}+${toBase64(concat(type, bytes))}`
}

/** The log's key that such a line holds; nothing where it holds none, or its key id is another's. */
export function parseVerifierKey(line: string): NamedKey | undefined {
  const [, name, id, text] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = text === undefined ? undefined : fromBase64(text)
  if (name === undefined || id === undefined || !bytes) return undefined
  for (const alg of ['ed25519', 'sm2'] as const) {
    const type = noteType(alg)
    const key = bytes.subarray(type.length)
    const isOfThis = key.length === KEY_BYTES[alg] && compareBytes(bytes.subarray(0, type.length), type) === 0
    if (isOfThis && toHex(noteKeyId(name, type, key)) === id) return { name, alg, key: toHex(key) }
  }
  return undefined
}

const KEY_BYTES = { ed25519: 32, sm2: 65 } as const
