// The phone of somebody in the room: he comes in, adds a number of his own, signs, and looks on.

import { byId, h } from './dom.ts'
import {
  keepIdentity,
  newIdentity,
  publicKeyOf,
  readIdentity,
  signatureOf,
  type Identity,
} from './identity.ts'
import { certificateOf, Differs, receiptOf, recordOf } from './own-sums.ts'
import { cardsOf, type Hands } from './phone-cards.ts'
import type { Room, Source } from './room-state.ts'
import { contribute, join, Refused, sign } from './sending.ts'
import { codeOfAddress, watchRoom } from './watch.ts'
import { languageButton, problemText, say } from './words.ts'

const code = codeOfAddress()
let identity = readIdentity(code)
let room: Room | undefined
let isSilent = false
let isGone = false
let isBusy = false
let trouble: string | undefined
let shown = ''

const hands: Hands = {
  join: (role, name) =>
    act(async () => {
      const own = identity ?? keepIdentity(newIdentity(code))
      const named = name === '' ? {} : { name }
      const joined = await join(code, { role, ...named, publicKey: publicKeyOf(own) })
      identity = keepIdentity({ ...own, ...joined })
    }),
  add: (text) =>
    act(async () => {
      const own = signedIn()
      const given = await contribute(own, text)
      identity = keepIdentity({ ...own, given })
      const receipt = await receiptOf(inRoom(), text, given)
      await sign(identity, { tag: 'contrib', hash: receipt, value: signatureOf(identity, receipt) })
      identity = keepIdentity({ ...identity, receipt, signed: [...identity.signed, receipt] })
    }),
  signRecord: (source: Source) => act(async () => signHash('contrib', await recordOf(inRoom(), source))),
  signCertificate: () => act(async () => signHash('cert', await certificateOf(inRoom()))),
}

async function signHash(tag: 'contrib' | 'cert', hash: string): Promise<void> {
  const own = signedIn()
  await sign(own, { tag, hash, value: signatureOf(own, hash) })
  identity = keepIdentity({ ...own, signed: [...own.signed, hash] })
}

function signedIn(): Identity {
  if (identity?.token === undefined) throw new Refused('room.observer_unknown')
  return identity
}

/** Who was put out is told so, and stands at the door again with a key that nobody has seen. */
function leaveIfPutOut({ observers, ended }: Room): void {
  if (ended || identity?.number === undefined) return
  if (observers.some(({ number }) => number === identity?.number)) return
  identity = keepIdentity(newIdentity(code))
  trouble = problemText('room.not_in')
}

function inRoom(): Room {
  if (!room) throw new Refused('room.closed')
  return room
}

/** One act at a time; what goes wrong is said where the act stands. */
async function act(work: () => Promise<void>): Promise<void> {
  if (isBusy) return
  isBusy = true
  trouble = undefined
  show()
  try {
    await work()
  } catch (error) {
    trouble =
      error instanceof Refused
        ? problemText(error.code)
        : error instanceof Differs
          ? say('differs')
          : say('no_answer')
  }
  isBusy = false
  show()
}

/** Draws the page again where something is another than before: what is being typed is never taken away. */
function show(): void {
  const key = JSON.stringify([keyOf(room), identity, isSilent, isGone, isBusy, trouble])
  if (key === shown) return
  shown = key
  const main = byId('main')
  const typed = [...main.querySelectorAll('input[type=text]')].map((input) => [
    input.id,
    (input as HTMLInputElement).value,
  ])
  const focused = document.activeElement?.id ?? ''
  main.replaceChildren(...content())
  for (const [id, value] of typed) {
    const input = document.getElementById(String(id)) as HTMLInputElement | null
    if (input && value) input.value = value
  }
  if (focused !== '') document.getElementById(focused)?.focus()
}

/** What of a room a phone shows: progress moves too often for somebody who is typing. */
function keyOf(seen: Room | undefined): unknown {
  return seen && { ...seen, now: '', revision: 0, progress: null, teams: [] }
}

function content(): readonly Node[] {
  if (isGone) return [h('p', { class: 'card warning' }, say('no_room', { code }))]
  if (!room) return [h('p', { class: 'card' }, isSilent ? say('no_answer') : say('waiting'))]
  return [
    h('h1', {}, room.title),
    h('p', { class: 'fine' }, say('by', { authority: room.authority, oversight: room.oversight })),
    isSilent ? h('p', { class: 'card warning', role: 'status' }, say('silent')) : h('span'),
    trouble === undefined ? h('span') : h('p', { class: 'card warning', role: 'alert' }, trouble),
    ...cardsOf(room, identity, { hands, isBusy }),
  ]
}

languageButton(() => {
  shown = ''
  show()
})
show()
watchRoom(code, {
  onRoom: (now) => {
    room = now
    leaveIfPutOut(now)
    show()
  },
  onSilence: (now) => {
    isSilent = now
    show()
  },
  onGone: () => {
    isGone = true
    show()
  },
})
