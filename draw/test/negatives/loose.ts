// Manifests as a forger handles them: read to be changed, written whatever they hold.

import { utf8 } from '../../src/bytes.ts'
import { type Json, type JsonObject, parseCanonical } from '../../src/jcs.ts'

/** A manifest that may be written to. */
export type Loose<T> = T extends string | number | boolean | undefined
  ? T
  : { -readonly [K in keyof T]: Loose<T[K]> }

/** Reads a manifest so that it may be changed. */
export function read<T>(files: ReadonlyMap<string, Uint8Array>, name: string): Loose<T> {
  return structuredClone(parseCanonical(files.get(name) as Uint8Array)) as unknown as Loose<T>
}

/** Writes a manifest, whatever it holds: keys are sorted, nothing else is asked. */
export function write(files: Map<string, Uint8Array>, name: string, value: unknown): Uint8Array {
  const bytes = utf8(sorted(value as Json))
  files.set(name, bytes)
  return bytes
}

function sorted(value: Json): string {
  if (Array.isArray(value)) return `[${(value as Json[]).map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const object = value as JsonObject
  const keys = Object.keys(object).toSorted()
  return `{${keys.map((k) => `${JSON.stringify(k)}:${sorted(object[k] as Json)}`).join(',')}}`
}
