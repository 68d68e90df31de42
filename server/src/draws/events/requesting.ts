// What a skip or a void rests on, read at once; and what either does when the second person has said yes.

import { type Commitment, type FreshSource } from '@sunlot/draw'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { found, type Refusal } from '../../platform/refusal.ts'
import { whyNotWhileSealed } from '../draws/draws.rules.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import { whyNotFreshNow } from '../draws/places.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import { isFresh, sourceStates } from '../ceremony/values.ts'
import { bornAt } from '../ceremony/values.rules.ts'
import { hasDrawToCome } from '../freeze/freeze.store.ts'
import { addEvent, type SaidEvent, voidDraw } from './adding.ts'
import { openSubstitutes } from './events.store.ts'
import { carrySubject, enterSubject, leaveSubject, selectedNow } from './outcomes.store.ts'
import { type Asking, type RequestKind, whyNotPropose, whyNotSkip, whyNotVoid } from './requests.rules.ts'
import type { RequestRow } from './requests.store.ts'
import type { Trial } from './trial.ts'

export type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** As which office somebody proposes or decides. */
export function askingOf(
  draw: Pick<DrawRow, 'leadAuthorityId' | 'oversightAuthorityId'>,
  { actor }: Pick<Viewing, 'actor'>,
): Asking {
  const grants = actor.kind === 'person' ? actor.grants : []
  const holds = (authorityId: string, roles: readonly string[]) =>
    grants.some((g) => g.authorityId === authorityId && roles.includes(g.role))
  return {
    personId: actor.kind === 'person' ? actor.personId : '',
    isHead: holds(draw.leadAuthorityId, ['unitHead', 'leaderInCharge']),
    isOversight: holds(draw.oversightAuthorityId, ['oversight', 'conferenceOffice']),
  }
}

/** Why nobody at all may propose this now: the state of the draw, the seal. */
export function whyNotKind(kind: RequestKind, draw: DrawRow): Refusal | undefined {
  return kind === 'skip'
    ? (whyNotStep(draw.state, 'event') ?? whyNotWhileSealed(draw))
    : whyNotStep(draw.state, 'void')
}

/** Why this cannot be done to the draw, whoever says it. */
export async function whyNotRequest(
  reader: Reader,
  draw: DrawRow,
  asked: { readonly kind: RequestKind; readonly code: string | null; readonly reason: string },
  { log, now }: Pick<DrawsParts, 'log'> & Pick<Viewing, 'now'>,
): Promise<Refusal | undefined> {
  const { kind, code, reason } = asked
  const refused = whyNotKind(kind, draw)
  if (refused) return refused
  const commitment = await committed(reader, draw.id)
  if (kind === 'void') {
    const isStale = (await whyNotFreshNow(reader, log, draw.id, now)) !== undefined
    const lastValueAt = isStale
      ? new Date(lastValueTime(commitment.sources) * 1000)
      : await latestMissing(reader, draw.id, commitment, now)
    return whyNotVoid(reason, draw, { lastValueAt, now })
  }
  const row = await selectedNow(reader, draw.id, code ?? '')
  const open = await openSubstitutes(reader, draw.id)
  return whyNotSkip(
    reason,
    row && {
      isCurrent: true,
      hasOpenSubstitute: open.some(({ place }) => place === row.place || place === row.code),
      skips: row.skips,
      maxSkips: commitment.max_skips,
      isCoverage: commitment.design.kind === 'coverage',
      hasDrawToCome: await hasDrawToCome(reader, draw.planRef),
    },
  )
}

/** Why the viewer cannot propose. */
export function whyNotProposeNow(kind: RequestKind, draw: DrawRow, viewing: Viewing): Refusal | undefined {
  return (
    viewing.access.whyNot('drawRequest.propose', { authorityId: draw.leadAuthorityId }) ??
    whyNotKind(kind, draw) ??
    whyNotPropose(kind, askingOf(draw, viewing))
  )
}

/** Does what was approved. The caller holds the draw. Gives the event's number. */
export async function carryOut(
  writer: Writer,
  parts: DrawsParts,
  draw: DrawRow,
  { request, approvedBy, now, trial }: Approved & { readonly trial: Trial | undefined },
): Promise<number> {
  const { reason, evidence, proposedById: by, code } = request
  if (request.kind === 'void') {
    const why = reason as 'cancelled' | 'beacon_absent'
    return (await voidDraw(writer, parts, draw, { reason: why, evidence, by, approvedBy, now })).n
  }
  const leaving = found(await selectedNow(writer, draw.id, code ?? ''), 'subject')
  const { stratum, divisionCode } = leaving
  const said = await skipOf(writer, draw, { request, approvedBy, now })
  const { n, entered, ticket, team } = await addEvent(writer, parts, draw, said, trial)
  await leaveSubject(writer, draw.id, { code: leaving.code, n })
  await carrySubject(writer, { drawId: draw.id, divisionCode, code: leaving.code, planRef: draw.planRef, n })
  if (entered !== undefined && entered !== '' && ticket !== undefined) {
    const place = team.get(entered) ?? null
    const lacking = place === null ? await missingFor(writer, draw) : []
    await enterSubject(writer, draw.id, { code: entered, stratum, ticket, place, lacking, n })
  }
  return n
}

/** A request that somebody else agrees to. */
interface Approved {
  readonly request: RequestRow
  readonly approvedBy: string
  readonly now: Date
}

/** What is said of a skip. Throws NotFound where the subject is not drawn any more. */
export async function skipOf(
  reader: Reader,
  draw: DrawRow,
  { request, approvedBy, now }: Approved,
): Promise<SaidEvent> {
  const { reason, evidence, proposedById: by } = request
  const { code, stratum } = found(await selectedNow(reader, draw.id, request.code ?? ''), 'subject')
  return { type: 'skip', code, stratum, reason, evidence, by, approvedBy, now }
}

/** The commitment of a draw. */
export async function committed(reader: Reader, drawId: string): Promise<Commitment> {
  return found(await commitmentOf(reader, drawId), 'commitment').value
}

/** Whom one that entered has nobody of: a team, or people of every authority. They are borrowed. */
async function missingFor(reader: Reader, draw: DrawRow): Promise<readonly string[]> {
  const { pools } = await committed(reader, draw.id)
  return draw.mode === 'teams' ? [WHOLE_TEAM] : pools.map(({ authority }) => authority)
}

/** From when on every value may exist (unix seconds). */
function lastValueTime(sources: Commitment['sources']): number {
  return Math.max(...sources.flatMap((source) => (isFresh(source) ? [bornAt(source)] : [])))
}

/** How the protocol calls whole teams where an authority stands. */
const WHOLE_TEAM = 'd00'

/**
 * When the latest of the values that are still missing may exist. Dice can be thrown at any time; and a value of which anything
 * was typed is there, whoever does not want it.
 */
async function latestMissing(
  reader: Reader,
  drawId: string,
  { sources }: Commitment,
  now: Date,
): Promise<Date | undefined> {
  const outside = sources.filter(
    (source): source is FreshSource => source.kind === 'lottery' || source.kind === 'drand',
  )
  const states = await sourceStates(reader, { drawId, eventN: 0 }, outside, now)
  const missing = states
    .filter(({ state, attempt }) => (state === 'waiting' || state === 'typing') && attempt <= 1)
    .map(({ notBefore }) => Date.parse(notBefore))
  return missing.length === 0 ? undefined : new Date(Math.max(...missing))
}
