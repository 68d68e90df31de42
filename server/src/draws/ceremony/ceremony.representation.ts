// 抽取现场 as those see it who run it, with what each of them may do next.

import type { Static } from 'typebox'
import { seenIn } from '../../agencies/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Access } from '../../platform/reach.ts'
import { canOf, found, type Refusal } from '../../platform/refusal.ts'
import { leadOf, oversightOf } from '../draws/access.ts'
import { type DrawRow, findDraw } from '../draws/draws.store.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import { whyNotEventFreshNow, whyNotFreshNow } from '../draws/places.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import type { Ceremony } from './ceremony.schema.ts'
import { buildCloseOf } from './close.ts'
import {
  needsCountersignature,
  whyNotBeginClose,
  whyNotClose,
  whyNotCountersign,
  whyNotReopen,
} from './closing.rules.ts'
import { whyNotOpen, whyNotPutOut } from './room.rules.ts'
import { type Room, roomOf, signaturesOf } from './rooms.store.ts'
import { casesOf, stateOf, valuesOf } from './values.ts'
import { authorityOfPerson } from './values.store.ts'
import { attemptOf, bornAt, differences, type ValueCase, valueStateOf, whyNotType } from './values.rules.ts'

/** Who asks, and when. */
export interface Asking {
  readonly access: Access
  readonly actor: Actor
  readonly now: Date
}

/** Gives the ceremony of a draw, or of the fresh source of a substitute. Throws NotFound. */
export function openCeremony({ log }: Pick<DrawsParts, 'log'>) {
  return (
    reader: Reader,
    asking: Asking,
    of: { readonly id: string; readonly eventN?: number | undefined },
  ): Promise<Static<typeof Ceremony>> => ceremonyOf(reader, { ...asking, log }, of)
}

async function ceremonyOf(
  reader: Reader,
  asking: Asking & Pick<DrawsParts, 'log'>,
  { id, eventN = 0 }: { readonly id: string; readonly eventN?: number | undefined },
): Promise<Static<typeof Ceremony>> {
  const draw = found(await findDraw(reader, seenIn(asking.access, 'draw.ceremony'), id), 'draw')
  const room = await roomOf(reader, id)
  const signature = await countersignatureOf(reader, draw)
  return {
    id,
    version: draw.version,
    name: draw.name,
    state: draw.state,
    closeBy: draw.closeBy?.toISOString() ?? null,
    room: room
      ? {
          code: room.code,
          openedAt: room.openedAt.toISOString(),
          endedAt: room.endedAt?.toISOString() ?? null,
        }
      : null,
    countersignature: { needed: signature.isNeeded, signed: signature.isSigned },
    close: await closeOf(reader, draw),
    sources: await sourcesOf(reader, asking, draw, eventN),
    can: canDo(asking, draw, { ...signature, room }),
  }
}

/** Whether the oversight authority has to sign a commitment, and has. */
export async function countersignatureOf(
  reader: Reader,
  { id }: Pick<DrawRow, 'id'>,
): Promise<{ readonly isNeeded: boolean; readonly isSigned: boolean }> {
  const commit = await commitmentOf(reader, id)
  if (!commit) return { isNeeded: false, isSigned: false }
  const signed = await signaturesOf(reader, id, 'commit')
  const { hash, value } = commit
  return {
    isNeeded: needsCountersignature(value),
    isSigned: signed.some((each) => each.hash === hash && each.by === value.oversight),
  }
}

/** What one who signs in may be refused by place before by state. */
export function whyNotThere(
  { access }: Pick<Asking, 'access'>,
  draw: DrawRow,
  action: keyof typeof PLACES,
): Refusal | undefined {
  return access.whyNot(action, PLACES[action](draw))
}

/** Why no value is taken: of a draw, that its close was not seen in time; of a substitute, that its event was not. */
export async function whyNotValues(
  reader: Reader,
  { log, now }: Pick<DrawsParts, 'log'> & Pick<Asking, 'now'>,
  { id, eventN }: { readonly id: string; readonly eventN: number },
): Promise<Refusal | undefined> {
  return eventN === 0
    ? whyNotFreshNow(reader, log, id, now)
    : whyNotEventFreshNow(reader, log, { id, eventN, now })
}

const parties = (draw: DrawRow) => ({ authorityIds: draw.partyIds })
const PLACES = {
  'draw.openRoom': leadOf,
  'draw.renewCode': leadOf,
  'draw.putOut': leadOf,
  'draw.beginClose': leadOf,
  'draw.reopen': leadOf,
  'draw.countersign': oversightOf,
  'draw.close': oversightOf,
  'draw.typeValue': parties,
  'draw.nameOutsiders': parties,
  'draw.giveBeacon': parties,
} as const

function canDo(
  asking: Asking & Pick<DrawsParts, 'log'>,
  draw: DrawRow,
  {
    room,
    ...signature
  }: { readonly isNeeded: boolean; readonly isSigned: boolean; readonly room: Room | undefined },
): Static<typeof Ceremony>['can'] {
  const { actor, now } = asking
  const { quorum } = asking.log.policy
  const by = actor.kind === 'person' ? actor.personId : ''
  const isUnsigned = signature.isNeeded && !signature.isSigned
  const at = (action: keyof typeof PLACES) => whyNotThere(asking, draw, action)
  return {
    openRoom: canOf(at('draw.openRoom') ?? whyNotStep(draw.state, 'openRoom')),
    renewCode: canOf(at('draw.renewCode') ?? whyNotStep(draw.state, 'openRoom') ?? whyNotOpen(room)),
    putOut: canOf(
      at('draw.putOut') ?? whyNotOpen(room) ?? whyNotPutOut(draw.state, { number: 0, contributed: null }),
    ),
    countersign: canOf(at('draw.countersign') ?? whyNotCountersign(draw, signature)),
    closing: canOf(at('draw.beginClose') ?? whyNotBeginClose(draw, { quorum, now })),
    reopen: canOf(at('draw.reopen') ?? whyNotReopen(draw, { quorum, now })),
    close: canOf(at('draw.close') ?? whyNotClose(draw, { by, isUnsigned, quorum, now })),
  }
}

async function closeOf(reader: Reader, draw: DrawRow): Promise<Static<typeof Ceremony>['close']> {
  if (!draw.closingAt || draw.state === 'committed') return null
  const hash = draw.closeHash ?? (await buildCloseOf(reader, draw)).hash
  return {
    hash,
    at: draw.closingAt.toISOString(),
    by: draw.closingByName,
    preflight: draw.preflightAt ? 'passed' : draw.failure ? 'failed' : 'running',
    failure: draw.preflightAt ? null : canOf(draw.failure ?? undefined),
    jobId: draw.jobId,
    signedBy: draw.closedByName,
  }
}

async function sourcesOf(
  reader: Reader,
  asking: Asking & Pick<DrawsParts, 'log'>,
  draw: DrawRow,
  eventN: number,
): Promise<Static<typeof Ceremony>['sources']> {
  const values = await valuesOf(reader, draw.id, eventN)
  if (!values) return []
  const cases = await casesOf(reader, { drawId: draw.id, eventN }, values.sources)
  const personId = asking.actor.kind === 'person' ? asking.actor.personId : ''
  const authorityId = (await authorityOfPerson(reader, personId)) ?? ''
  const step = whyNotStep(draw.state, 'type') ?? (await whyNotValues(reader, asking, { id: draw.id, eventN }))
  const who = { personId, authorityId, eventN, step }
  return cases.map((each) => representSource(asking, draw, each, who))
}

function representSource(
  asking: Asking,
  draw: DrawRow,
  of: ValueCase,
  who: {
    readonly personId: string
    readonly authorityId: string
    readonly eventN: number
    /** Why nothing of any source is taken. */
    readonly step: Refusal | undefined
  },
): Static<typeof Ceremony>['sources'][number] {
  const { typings } = of
  const { step } = who
  const state = stateOf(of, who.eventN, asking.now)
  const attempt = attemptOf(typings)
  return {
    ...state,
    by: [...state.by],
    signed: [...state.signed],
    mine: typings.some((each) => each.attempt === attempt && each.personId === who.personId),
    differences: differences(typings).map((readings) => ({
      attempt: readings[0]?.attempt ?? 0,
      readings: readings.map(({ personName, text }) => ({ name: personName, text })),
    })),
    can: {
      type: canOf(whyNotThere(asking, draw, 'draw.typeValue') ?? step ?? whyNotType(of, who, asking.now)),
      nameOutsiders: canOf(
        whyNotThere(asking, draw, 'draw.nameOutsiders') ?? step ?? whyNotNamed(of, asking.now),
      ),
      giveBeacon: canOf(whyNotThere(asking, draw, 'draw.giveBeacon') ?? step ?? whyNotGiven(of, asking.now)),
    },
  }
}

function whyNotNamed(of: ValueCase, now: Date): Refusal | undefined {
  const params = { source: of.source.id }
  const state = valueStateOf(of, now)
  if (state === 'settled') return { code: 'value.settled', params }
  return state === 'typed' || state === 'signing' ? undefined : { code: 'value.not_typed', params }
}

function whyNotGiven(of: ValueCase, now: Date): Refusal | undefined {
  const params = { source: of.source.id }
  if (of.source.kind !== 'drand') return { code: 'value.no_beacon', params }
  const state = valueStateOf(of, now)
  if (state === 'settled') return { code: 'value.settled', params }
  return state === 'waiting'
    ? {
        code: 'value.early',
        params: { ...params, notBefore: new Date(bornAt(of.source) * 1000).toISOString() },
      }
    : undefined
}
