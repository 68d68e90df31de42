// Ids of records: UUID version 7 (RFC 9562), so that an index grows at its end.

import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Gives a new id at each call. */
export type NewId = () => string

/** Ids whose first 48 bits are the clock's milliseconds and whose rest is random. */
export function idsOf(clock: Clock): NewId {
  return () => {
    const bytes = randomBytes(16)
    bytes.writeUIntBE(clock.now().getTime(), 0, 6)
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}
