// What this device computes for itself from bytes that it fetched itself, instead of believing what the server says.

import { type Alg, contributionOf, receiptHash, recordHash, tag } from '@sunlot/draw'
import type { Room, Source } from './room-state.ts'

interface Commitment {
  readonly alg: Alg
  readonly hash: string
}

let known: Promise<Commitment> | undefined

/** The commitment's own fingerprint, computed here. Throws where it is not what the room shows. */
export function commitmentOf(room: Room): Promise<Commitment> {
  known ??= read(room).catch((error: unknown) => {
    known = undefined
    throw error
  })
  return known
}

async function read(room: Room): Promise<Commitment> {
  if (!room.commit) throw new Error('nothing is committed')
  const text = await textAt(room.commit.file)
  const { alg } = JSON.parse(text) as { alg: Alg }
  const hash = tag(alg, 'commit', text)
  if (hash !== room.commit.hash) throw new Differs()
  return { alg, hash }
}

/** What the server shows is not what follows from the bytes. */
export class Differs extends Error {}

/** The receipt of what somebody added. Throws Differs where the server took something else. */
export async function receiptOf(
  room: Room,
  typed: string,
  taken: { readonly id: string; readonly value: string },
): Promise<string> {
  const { alg, hash } = await commitmentOf(room)
  const own = contributionOf(alg, Number(taken.id.slice(1)), typed)
  if (own.value !== taken.value) throw new Differs()
  return receiptHash(alg, hash, taken)
}

/** The record that two outsiders sign. Throws Differs where it is not the one that is shown. */
export async function recordOf(room: Room, source: Source): Promise<string> {
  const { alg, hash } = await commitmentOf(room)
  const at = Math.floor(Date.parse(source.at ?? '') / 1000)
  const own = recordHash(
    alg,
    source.eventN === 0 ? { commit: hash } : { event: await eventOf(room, alg, source.eventN) },
    { id: source.id, value: source.value ?? '', at, by: [...source.by] },
  )
  if (own !== source.recordHash) throw new Differs()
  return own
}

/** The fingerprint of the event that a substitute's value is for, computed from the event's own bytes. */
async function eventOf(room: Room, alg: Alg, n: number): Promise<string> {
  const file = `events-${String(n).padStart(4, '0')}.json`
  return tag(alg, 'event', await textAt(`/api/v1/public/draws/${room.name}/files/${file}`))
}

/** The certificate's fingerprint. Throws Differs where it is not the one that is shown. */
export async function certificateOf(room: Room): Promise<string> {
  const { alg } = await commitmentOf(room)
  const text = await comingAt(`/api/v1/public/draws/${room.name}/files/certificate.json`)
  const own = tag(alg, 'cert', text)
  if (own !== room.certificate?.hash) throw new Differs()
  return own
}

// Its hash is shown at once; the file is given when the public log has taken it up.
const TRIES = 10
const BETWEEN_MS = 1_000

/** The text of a file that is about to be there. Throws where it is not after some seconds. */
async function comingAt(address: string): Promise<string> {
  for (let left = TRIES; left > 1; left--) {
    const response = await fetch(address)
    if (response.ok) return response.text()
    if (response.status !== 404) throw new Error(String(response.status))
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
  }
  return textAt(address)
}

async function textAt(address: string): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(String(response.status))
  return response.text()
}
