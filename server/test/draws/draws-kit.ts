// A draw of the fictional county from an agreed task to its certificate, over HTTP: each step goes on from the one before.

import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fromHex, publicKeyEd25519, receiptHash, signEd25519, toHex, utf8 } from '@sunlot/draw'
import { expect } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { projectPath } from '../../src/platform/root.ts'
import { record } from '../../src/platform/record.ts'
import { setAhead } from '../../src/system/clock.store.ts'
import { matching, versionOf } from '../plans/plans-kit.ts'
import { type CatalogueCast, giveConference, idOf } from '../registers/catalogue-kit.ts'
import { type Answer, type Client, startApp, type TestApp } from '../support/app.ts'
import type { EngineKind } from '../support/engines.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { answer, consultationCast, type ConsultationCast, giveConsulting } from '../tasks/consultation-kit.ts'
import { growingLog, Witnesses } from './witnesses-kit.ts'

/** An application whose log is witnessed, and whose jobs run. */
export interface DrawsApp extends TestApp {
  readonly witnesses: readonly string[]
  readonly growing: Awaited<ReturnType<typeof growingLog>>
  /** Moves every clock at once: of the server, of SQL, of the witnesses. */
  later(ms: number): Promise<void>
}

/** Starts it, on a simulated database: its clock can be moved. `at`: another hour to begin in. */
export async function drawsApp(
  kind: EngineKind,
  {
    witnesses = 3,
    env = {},
    at,
  }: { readonly witnesses?: number; readonly env?: Record<string, string>; readonly at?: Date } = {},
): Promise<DrawsApp> {
  if (!existsSync(projectPath('web', 'dist', 'verifier.html')))
    throw new Error('build the verifier page first: node tools/build.mjs --changed verifier')
  const running = new Witnesses()
  let texts: readonly string[] = []
  const app = await startApp(kind, {
    born: 'simulated',
    env,
    witnesses: async (log, clock) => (texts = await running.start(witnesses, log, clock)),
  })
  await app.start()
  let ahead = 0
  const later = async (ms: number): Promise<void> => {
    ahead += ms
    const parts = { database: app.database, newId: app.newId }
    await record(parts, SYSTEM, { action: 'clock.set' }, (writer) => setAhead(writer, ahead))
    app.clock.advance(ms)
  }
  // Before any witness has seen an hour.
  if (at) await later(at.getTime() - app.clock.now().getTime())
  const growing = await growingLog(app, texts)
  return {
    ...app,
    witnesses: texts,
    growing,
    later,
    close: async () => {
      await growing.stop()
      running.close()
      await app.close()
    },
  }
}

/** The cast of a joint task, and an oversight authority that is not its lead. */
export interface DrawsCast extends ConsultationCast {
  readonly overseer: GivenPerson
  readonly overseer2: GivenPerson
  readonly oversightAuthority: string
  readonly task: string
}

/** Three authorities, 24 subjects, five inspectors each, a task that all have agreed to. */
export async function agreedTask(app: TestApp, more: object = {}): Promise<DrawsCast> {
  const cast = await consultationCast(app)
  const oversightAuthority = await giveAuthority(app, { division: COUNTY, name: '青石县司法局' })
  const oversight = { authority: oversightAuthority, roles: ['oversight'] as const }
  const overseer = await givePerson(app, oversight)
  const overseer2 = await givePerson(app, oversight)
  const { authority: office } = cast.other
  await giveConference(app, { division: COUNTY, office, oversight: oversightAuthority })
  return { ...cast, overseer, overseer2, oversightAuthority, task: await agree(cast, more) }
}

/** One more task of a cast that all have agreed to. */
export async function agree(cast: ConsultationCast, more: object = {}): Promise<string> {
  const task = await giveConsulting(cast, more)
  for (const one of [cast.other, cast.third]) {
    const given = await answer(cast, one, task)
    expect(given.status, given.text).toBe(200)
  }
  return task
}

/** The same people, signed in once more: of a long row of draws the clock leaves their sessions behind. */
export async function afresh(app: TestApp, cast: DrawsCast): Promise<DrawsCast> {
  const person = async (one: GivenPerson) => ({ ...one, client: await app.as(one.accountId) })
  const side = async (one: CatalogueCast): Promise<CatalogueCast> => ({
    ...one,
    clerk: await person(one.clerk),
    clerk2: await person(one.clerk2),
    head: await person(one.head),
    leader: await person(one.leader),
  })
  const [lead, other, third] = [await side(cast.lead), await side(cast.other), await side(cast.third)]
  const [overseer, overseer2] = [await person(cast.overseer), await person(cast.overseer2)]
  return { ...cast, lead, other, third, overseer, overseer2 }
}

/** A draw and everybody in it. */
export interface DrawCast {
  readonly app: DrawsApp
  readonly cast: DrawsCast
  readonly id: string
  readonly name: string
}

/** Signs a person in once more: his last proof may be too old for an act that asks for it. */
export function again(app: TestApp, person: GivenPerson): Promise<Client> {
  return app.as(person.accountId)
}

/** A draw as its page shows it. */
export interface ShownDraw {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly state: string
  readonly closeBy: string | null
  readonly openAt: string | null
  readonly commitHash: string | null
  readonly closeHash: string | null
  readonly certificateHash: string | null
  readonly failure: { readonly code: string; readonly params?: object } | null
  readonly figures: {
    readonly population: number
    readonly strata: readonly { readonly n: number }[]
  } | null
  readonly can: Readonly<Record<string, { readonly code: string } | null>>
}

export async function shown({ cast, id }: Pick<DrawCast, 'cast' | 'id'>): Promise<ShownDraw> {
  const given = await cast.lead.clerk2.client.get(`/draws/${id}`)
  expect(given.status, given.text).toBe(200)
  return given.body as unknown as ShownDraw
}

/** Waits until something holds. Throws with what is seen last. */
export async function until<T>(
  what: string,
  see: () => Promise<T>,
  holds: (seen: T) => boolean,
  seconds = 30,
): Promise<T> {
  for (const end = performance.now() + seconds * 1000; ;) {
    const seen = await see()
    if (holds(seen)) return seen
    if (performance.now() > end) throw new Error(`no ${what}: ${JSON.stringify(seen)}`)
    await wait(50)
  }
}

/** Waits until a draw is in a state. */
export function inState(draw: Pick<DrawCast, 'cast' | 'id'>, state: string): Promise<ShownDraw> {
  return until(
    `draw that is ${state}`,
    () => shown(draw),
    (seen) => seen.state === state,
  )
}

/** An agreed task whose lists are frozen. */
export async function frozen(app: DrawsApp, more: FrozenOptions = {}): Promise<DrawCast> {
  const cast = more.cast ?? (await agreedTask(app, more.task))
  const given = await cast.lead.clerk.client.post(`/tasks/${cast.task}/draws`, more.freeze ?? {})
  expect(given.status, given.text).toBe(202)
  const id = idOf(given)
  const { name } = await inState({ cast, id }, 'frozen')
  return { app, cast, id, name }
}

export interface FrozenOptions {
  readonly cast?: DrawsCast
  readonly task?: object
  readonly freeze?: object
}

/** Milliseconds from the commitment on; the dice are thrown after the close. */
export const TIMES = { closeBy: 600_000, dice: 660_000, openAt: 3_600_000 } as const

/** Ten-sided dice that may be thrown so long from now. */
export function diceAfter(app: TestApp, ms: number = TIMES.dice): object {
  const notBefore = new Date(app.clock.now().getTime() + ms).toISOString()
  return { kind: 'dice', faces: 10, count: 25, notBefore }
}

export interface CommittedOptions extends FrozenOptions {
  readonly commit?: object
  readonly isSealed?: boolean
}

/** A committed draw, witnessed. */
export async function committed(app: DrawsApp, more: CommittedOptions = {}): Promise<DrawCast> {
  const { isSealed = false } = more
  const draw = await frozen(app, { ...more, freeze: { sealed: isSealed, ...more.freeze } })
  const given = await commitDraw(draw, {
    ...(isSealed ? { openAt: instant(app, TIMES.openAt) } : {}),
    ...more.commit,
  })
  expect(given.status, given.text).toBeLessThan(300)
  await app.growing.turn()
  return draw
}

/** What the head's commitment is answered. */
export async function commitDraw(draw: DrawCast, more: object = {}): Promise<Answer> {
  const { app, cast, id } = draw
  const head = await again(app, cast.lead.head)
  const before = await head.get(`/draws/${id}`)
  const body = { closeBy: instant(app, TIMES.closeBy), sources: [diceAfter(app)], ...more }
  return head.post(`/draws/${id}/commitment`, body, matching(versionOf(before)))
}

function instant(app: TestApp, ms: number): string {
  return new Date(app.clock.now().getTime() + ms).toISOString()
}

/** Somebody in the room with a device of his own. */
export interface Observer {
  readonly number: number
  readonly mark: string
  readonly token: string
  readonly secret: Uint8Array
}

/** The room of a draw; its code. */
export async function openRoom({ app, cast, id }: DrawCast): Promise<string> {
  const clerk = await again(app, cast.lead.clerk)
  const given = await clerk.post(`/draws/${id}/room`)
  expect(given.status, given.text).toBeLessThan(300)
  const shownRoom = given.body as { room?: { code: string }; code?: string }
  return String(shownRoom.room?.code ?? shownRoom.code)
}

let seeds = 0

/** Comes in with a new key. */
export async function joinRoom(
  app: TestApp,
  code: string,
  role = 'PEOPLES_CONGRESS_DEPUTY',
): Promise<Observer> {
  const secret = fromHex((++seeds).toString(16).padStart(64, '7'))
  const publicKey = toHex(publicKeyEd25519(secret))
  const given = await app.anonymous.post(`/public/rooms/${code}/observers`, { role, publicKey })
  expect(given.status, given.text).toBe(201)
  const { token, number, mark } = given.body as unknown as Observer
  return { token, number, mark, secret }
}

export function inRoom(app: TestApp, code: string, { token }: Observer) {
  const headers = { 'x-observer': token }
  return {
    contribute: (text: string) => app.anonymous.put(`/public/rooms/${code}/contribution`, { text }, headers),
    sign: (tag: 'contrib' | 'cert', hash: string, by: Observer) =>
      app.anonymous.post(
        `/public/rooms/${code}/signatures`,
        { tag, hash, value: toHex(signEd25519(by.secret, utf8(hash))) },
        headers,
      ),
  }
}

/** A draw with its room, closed. */
export interface ClosedDraw extends DrawCast {
  readonly code: string
  readonly observers: readonly Observer[]
}

export interface ClosedOptions extends CommittedOptions {
  /** What each observer adds; nothing: he looks on. */
  readonly observers?: readonly (string | undefined)[]
}

/** A closed draw: each observer added what was said, preflight passed, the oversight signed. */
export async function closed(app: DrawsApp, more: ClosedOptions = {}): Promise<ClosedDraw> {
  const draw = await committed(app, more)
  const code = await openRoom(draw)
  const observers: Observer[] = []
  for (const text of more.observers ?? ['1234567890', '今天下雨', undefined]) {
    const observer = await joinRoom(app, code)
    observers.push(observer)
    if (text === undefined) continue
    const given = await inRoom(app, code, observer).contribute(text)
    expect(given.status, given.text).toBe(200)
    const { id, value } = given.body as unknown as { id: string; value: string }
    const { commitHash } = await shown(draw)
    const signed = await inRoom(app, code, observer).sign(
      'contrib',
      receiptHash('sha256', String(commitHash), { id, value }),
      observer,
    )
    expect(signed.status, signed.text).toBe(200)
  }
  await closeDraw(draw)
  await app.growing.turn()
  return { ...draw, code, observers }
}

/** The clerk stops contributions, preflight passes, the oversight signs what it sees. */
export async function closeDraw(draw: DrawCast): Promise<void> {
  const { app, cast, id } = draw
  const clerk = await again(app, cast.lead.clerk)
  const begun = await clerk.post(`/draws/${id}/closing`)
  expect(begun.status, begun.text).toBeLessThan(300)
  const overseer = await again(app, cast.overseer)
  const see = async () => (await overseer.get(`/draws/${id}/ceremony`)).body as unknown as Ceremony
  const { close } = await until('preflight', see, (seen) => seen.close?.preflight !== 'running')
  const given = await overseer.post(`/draws/${id}/close`, { hash: close?.hash })
  expect(given.status, given.text).toBeLessThan(300)
}

interface Ceremony {
  readonly close: { readonly hash: string; readonly preflight: string } | null
}

export const DICE = '3141592653589793238462643'

/** A closed draw whose dice were thrown, typed by two and signed by two. */
export async function settled(app: DrawsApp, more: ClosedOptions = {}): Promise<ClosedDraw> {
  const draw = await closed(app, more)
  await app.later(TIMES.dice + 1000)
  await settleDice(draw)
  await app.growing.turn()
  return draw
}

/** Two people type what fell, two outsiders sign it. */
export async function settleDice(
  draw: ClosedDraw,
  {
    text = DICE,
    eventN,
    source = 'dice',
    sign,
  }: {
    text?: string
    eventN?: number
    source?: string
    /** What an outsider signs, where he does not take what he is told. */
    sign?: (draw: ClosedDraw, eventN: number) => Promise<string>
  } = {},
): Promise<void> {
  const { app, cast, id, code, observers } = draw
  const more = eventN === undefined ? {} : { eventN }
  const typists = [await again(app, cast.lead.clerk), await again(app, cast.overseer)]
  for (const typist of typists) {
    const given = await typist.post(`/draws/${id}/values/${source}/typings`, { text, ...more })
    expect(given.status, given.text).toBeLessThan(300)
  }
  const numbers = observers.slice(0, 2).map(({ number }) => number)
  const named = await typists[0]!.post(`/draws/${id}/values/${source}/outsiders`, {
    observers: numbers,
    ...more,
  })
  expect(named.status, named.text).toBeLessThan(300)
  const { sources } = named.body as unknown as { sources: readonly { id: string; recordHash: string }[] }
  for (const observer of observers.slice(0, 2)) {
    const hash = sign
      ? await sign(draw, eventN ?? 0)
      : sources.find(({ id: each }) => each === source)!.recordHash
    const signed = await inRoom(app, code, observer).sign('contrib', hash, observer)
    expect(signed.status, signed.text).toBe(200)
  }
}

/** A certified draw. */
export async function certified(app: DrawsApp, more: ClosedOptions = {}): Promise<ClosedDraw> {
  const draw = await settled(app, more)
  await pressAll(draw)
  await inState(draw, 'certified')
  await app.growing.turn()
  return draw
}

/** Whoever has to presses: the lead for the subjects. */
export async function pressAll({ app, cast, id }: DrawCast): Promise<Answer> {
  const head = await again(app, cast.lead.head)
  const given = await head.post(`/draws/${id}/presses`, { stage: 'objects' })
  expect(given.status, given.text).toBe(202)
  return given
}
