// A log as anybody may read it: its files, and the keys that sign it.

import { concat, fromHex, noteKeyId, toBase64, toHex } from '@sunlot/draw'
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
