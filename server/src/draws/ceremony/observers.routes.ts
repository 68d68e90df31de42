// What somebody without an account does with a device of his own: he looks on, comes in, adds something, signs.

import { createHash } from 'node:crypto'
import { contributionOf, receiptHash, recordHash, signatureHolds } from '@sunlot/draw'
import { type Bucket, takeTokens } from '../../accounts/index.ts'
import { codesOn } from '../../law/index.ts'
import { ANONYMOUS } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { type Context, free, reply, type Route } from '../../platform/http/route.ts'
import { record } from '../../platform/record.ts'
import { demand, found, NotFound, Refused } from '../../platform/refusal.ts'
import { appendLeaf, commitmentOf, insertSignature } from '../draws/manifests.store.ts'
import type { DrawsParts } from '../parts.ts'
import {
  asRoomCode,
  contributionId,
  isAskedAgain,
  observerMark,
  whyNotContribute,
  whyFull,
  whyNotJoin,
  whyNotSign,
} from './room.rules.ts'
import { ByCode, Contributed, Contributing, Joined, Joining, Signed, Signing } from './room.schema.ts'
import { countObservers, insertObserver, observerByKey, observerByToken } from './observers.store.ts'
import {
  bumpRoom,
  contributionsOf,
  findRoomByCode,
  holdState,
  insertContribution,
  lockRoom,
  type Room,
} from './rooms.store.ts'
import { openRecords, settle } from './values.store.ts'
import { caseOf } from './values.ts'

// Of one address into one room by one code, so that nobody alone takes every place. Where a whole hall stands behind one address,
// the clerk gives the room another code.
const JOINING = { capacity: 20, perHour: 20 }
// A phone writes some five times in a ceremony.
const GUESSING = { capacity: 20, perHour: 60 }
const WRITING = { capacity: 20, perHour: 60 }
const MOST_BYTES = 4096

type Asking = Pick<Context, 'recording' | 'now' | 'address' | 'header' | 'requestId' | 'newId'> & {
  readonly params: { readonly code: string }
}

/** The public side of a room that writes. Each makes its own transaction: a guess must be counted though nothing is done. */
export function observerRoutes(parts: DrawsParts): readonly Route[] {
  const act = { withoutIdempotency: true, about: 'draw', bodyLimit: MOST_BYTES } as const
  return [
    free({
      ...act,
      method: 'POST',
      path: '/public/rooms/{code}/observers',
      action: 'room.join',
      summary: '用自己的设备进入抽取现场；不需要账号，不登记任何号码',
      schema: { params: ByCode, body: Joining },
      replies: { 201: Joined },
      async handler(context) {
        const { body, now } = context
        const room = await roomAt(parts, context)
        const isSignedIn = context.actor.kind !== 'anonymous'
        const isFormerCode = room.code !== asRoomCode(context.params.code)
        const here = `join ${room.drawId} ${room.code}`
        // All that needs no place in the room is decided before the room is held.
        const bucket = isFormerCode ? guessing(parts, context) : addressBucket(parts, context, here, JOINING)
        if (!isSignedIn) await takeTokens(parts.recording.database, [bucket], now)
        const known = await parts.recording.database.read((reader) =>
          observerByKey(reader, room.drawId, body.publicKey),
        )
        const hasPlace = !isSignedIn && isAskedAgain(known, now)
        demand(hasPlace ? undefined : whyNotJoin({ isSignedIn, isFormerCode }))
        const law = await parts.recording.database.read((reader) => parts.book.read(reader))
        const roles = codesOn(law, 'observers', dayOf(now)).map(({ code }) => code)
        demand(
          body.role === 'OTHER' || roles.includes(body.role)
            ? undefined
            : { code: 'room.role_unknown', params: { role: body.role } },
          422,
        )
        // Made from the key, so that a phone whose answer was lost gets the same one again.
        const token = parts.secrets.fingerprint(`${room.drawId}\n${body.publicKey}`, 'draw.observer')
        const number = await writing(context, 'room.join', room, async (writer) => {
          await holdState(writer, room.drawId)
          const held = found(await lockRoom(writer, room.drawId), 'room')
          const earlier = await observerByKey(writer, room.drawId, body.publicKey)
          if (earlier && isAskedAgain(earlier, now)) return earlier.number
          // Taken back while this one waited.
          demand(whyNotJoin({ isSignedIn, isFormerCode: held.code !== asRoomCode(context.params.code) }))
          const count = await countObservers(writer, held)
          demand(whyFull(count))
          demand(earlier ? { code: 'room.key_taken' } : undefined)
          const number = count.ever + 1
          await insertObserver(writer, {
            id: context.newId(),
            drawId: room.drawId,
            number,
            role: body.role,
            name: body.name,
            tokenHash: hashOf(token),
            publicKey: body.publicKey,
            at: now,
          })
          await bumpRoom(writer, room.drawId)
          return number
        })
        return reply(201, { token: token.toString('base64url'), number, mark: observerMark(number) })
      },
    }),
    free({
      ...act,
      method: 'PUT',
      path: '/public/rooms/{code}/contribution',
      action: 'room.contribute',
      summary: '写一个自己的数或者一句话；封口前一人一次，不能修改',
      schema: { params: ByCode, body: Contributing },
      replies: { 200: Contributed },
      async handler(context) {
        const { body, now } = context
        const room = await roomAt(parts, context)
        const observer = await observerOf(parts, context, room)
        return writing(context, 'room.contribute', room, async (writer) => {
          const { state } = await holdState(writer, room.drawId)
          found(await lockRoom(writer, room.drawId), 'room')
          const { value: commit } = found(await commitmentOf(writer, room.drawId), 'commitment')
          const all = await contributionsOf(writer, room.drawId)
          const mine = all.find(({ observerId }) => observerId === observer.id)
          const given = contributionOf(commit.alg, mine?.number ?? all.length + 1, body.text)
          // Once: the same again is the phone that was not answered.
          if (mine) {
            demand(mine.value === given.value ? undefined : { code: 'room.contributed' })
            return { id: contributionId(mine.number), value: mine.value, note: mine.note }
          }
          demand(whyNotContribute(state))
          const { value, note } = given
          const number = all.length + 1
          await insertContribution(writer, {
            drawId: room.drawId,
            number,
            observerId: observer.id,
            value,
            note,
            at: now,
          })
          await bumpRoom(writer, room.drawId)
          return { id: given.id, value, note: note ?? null }
        })
      },
    }),
    free({
      ...act,
      method: 'POST',
      path: '/public/rooms/{code}/signatures',
      action: 'room.sign',
      summary: '用自己设备上的钥匙签字：自己的回执、写着自己代号的记录、证书',
      schema: { params: ByCode, body: Signing },
      replies: { 200: Signed },
      async handler(context) {
        const { body, now } = context
        const room = await roomAt(parts, context)
        const observer = await observerOf(parts, context, room)
        const mark = observerMark(observer.number)
        await writing(context, 'room.sign', room, async (writer) => {
          const draw = await holdState(writer, room.drawId)
          // Two outsiders who sign at once: the second one sees the first.
          found(await lockRoom(writer, room.drawId), 'room')
          const records = await openRecords(writer, room.drawId)
          const named = records.filter(({ by }) => by?.includes(mark))
          const receipt = await receiptOf(writer, room.drawId, observer.id)
          const hashes = named.flatMap(({ recordHash: hash }) => hash ?? [])
          const known = { state: draw.state, receipt, records: hashes, certificate: draw.certificateHash }
          demand(whyNotSign(body, known))
          const signature = {
            of: body.tag,
            hash: body.hash,
            by: mark,
            alg: 'ed25519',
            key: observer.publicKey,
            value: body.value,
          } as const
          demand(signatureHolds(signature) ? undefined : { code: 'room.signature_wrong' }, 422)
          await insertSignature(writer, room.drawId, { ...signature, now })
          const signed = named.find(({ recordHash: hash, settledAt }) => hash === body.hash && !settledAt)
          if (signed)
            await trySettle(
              writer,
              { drawId: room.drawId, eventN: signed.eventN, source: signed.source },
              now,
            )
          await bumpRoom(writer, room.drawId)
        })
        return { mark, hash: body.hash }
      },
    }),
  ]
}

/** The open room of the code in the address. A code that is none costs its address a token. */
export async function roomAt(
  parts: Pick<DrawsParts, 'recording' | 'secrets'>,
  context: Pick<Asking, 'params' | 'now' | 'address'>,
): Promise<Room> {
  const { database } = parts.recording
  const code = asRoomCode(context.params.code)
  const room = await database.read((reader) => findRoomByCode(reader, code))
  if (room) return room
  await takeTokens(database, [guessing(parts, context)], context.now)
  throw new NotFound('room')
}

/** Who speaks, by the token that his device keeps. */
async function observerOf(parts: DrawsParts, context: Asking, room: Room) {
  const { database } = parts.recording
  const token = Buffer.from(context.header('x-observer') ?? '', 'base64url')
  const observer = await database.read((reader) => observerByToken(reader, room.drawId, hashOf(token)))
  if (!observer) {
    await takeTokens(database, [guessing(parts, context)], context.now)
    throw new Refused({ code: 'room.not_in' }, 401)
  }
  await takeTokens(database, [{ ...WRITING, key: `room observer ${observer.id}` }], context.now)
  return observer
}

function writing<T>(
  { recording, requestId }: Asking,
  action: string,
  { drawId }: Room,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return record(recording, ANONYMOUS, { action, requestId, about: { type: 'draw', id: drawId } }, work)
}

async function receiptOf(writer: Writer, drawId: string, observerId: string): Promise<string | undefined> {
  const mine = (await contributionsOf(writer, drawId)).find((each) => each.observerId === observerId)
  const commit = mine && (await commitmentOf(writer, drawId))
  return (
    commit &&
    receiptHash(commit.value.alg, commit.hash, { id: contributionId(mine.number), value: mine.value })
  )
}

/** With the second signature the record is logged, and what follows from the value may be computed. */
async function trySettle(
  writer: Writer,
  key: { readonly drawId: string; readonly eventN: number; readonly source: string },
  now: Date,
): Promise<void> {
  const { value, values } = await caseOf(writer, key)
  const { stored, signed } = value
  if (!stored?.by || !stored.at || new Set(signed).size < stored.by.length) return
  const at = Math.floor(stored.at.getTime() / 1000)
  const hash = recordHash(values.alg, values.of, {
    id: key.source,
    value: stored.value,
    at,
    by: stored.by,
  })
  if (hash !== stored.recordHash) throw new Error('a record that is not what its outsiders have signed')
  const { value: commit } = found(await commitmentOf(writer, key.drawId), 'commitment')
  const logged = {
    v: 'vdp1',
    type: 'record',
    draw: commit.draw_id,
    hash,
    at: Math.floor(now.getTime() / 1000),
  }
  await appendLeaf(writer, key.drawId, logged as Parameters<typeof appendLeaf>[2])
  await settle(writer, key, now)
}

/** What a code or a token that opens nothing costs its address. */
function guessing(parts: Pick<DrawsParts, 'secrets'>, context: Pick<Asking, 'address'>): Bucket {
  return addressBucket(parts, context, 'code', GUESSING)
}

function addressBucket(
  { secrets }: Pick<DrawsParts, 'secrets'>,
  { address }: Pick<Asking, 'address'>,
  what: string,
  figures: Omit<Bucket, 'key'>,
): Bucket {
  const mark = secrets.fingerprint(address, 'address').toString('hex')
  return { ...figures, key: `room ${what} ${mark}` }
}

function hashOf(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}
