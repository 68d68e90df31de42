// 会商: who is asked, what an authority must have settled before it agrees, and how it declines (REQ-SCH-4…6, D-10, D-11).
// All of it is settled before any randomness exists.

import { isRequired, type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { whyNotUse } from '../../registers/index.ts'
import { whyNotPool } from './pools.rules.ts'
import type { ItemRef, ParticipationFacts, ParticipationState } from './shapes.ts'
import { type ParticipationCommand, whyNotStep } from './steps.rules.ts'

/** The law of the task's division on the day on which it begins. */
export interface LawHere {
  readonly law: Law
  readonly place: Place
}

/** A task, as far as the consultation goes. Days as YYYY-MM-DD. */
export interface ConsultedTask {
  readonly state: string
  readonly startsOn: string
  readonly leadAuthorityId: string
}

/** An authority that may be asked to take part. */
interface Invitable {
  readonly id: string
  readonly closedOn: string | null
  readonly inspects: boolean
}

/** Why an authority is not asked to take part: it is closed, no inspection authority, or the lead itself. */
export function whyNotInvite(
  authority: Invitable,
  task: ConsultedTask,
  current: ParticipationState | undefined,
): Refusal | undefined {
  if (task.state !== 'drafted') return { code: 'participation.task_not_open', params: { state: task.state } }
  if (authority.id === task.leadAuthorityId) return { code: 'participation.is_lead' }
  if (authority.closedOn !== null) return { code: 'authority.closed', params: { on: authority.closedOn } }
  if (!authority.inspects) return { code: 'participation.does_not_inspect' }
  // Somebody who is there already is only given other numbers.
  return current === undefined ? undefined : whyNotStep(current, 'ask')
}

/** Why the lead cannot let an authority go: it is the lead itself, it has agreed, or the task is settled. */
export function whyNotRelease(
  part: Pick<ParticipationFacts, 'isLead' | 'state'>,
  task: ConsultedTask,
): Refusal | undefined {
  if (part.isLead) return { code: 'participation.is_lead' }
  return whyNotOpen(task, ['drafted', 'consulting']) ?? whyNotStep(part.state, 'release')
}

/** Why an authority cannot choose its items and inspectors now. The lead does it before it dispatches. */
export function whyNotPrepare(
  part: Pick<ParticipationFacts, 'isLead' | 'state'>,
  task: ConsultedTask,
): Refusal | undefined {
  return whyNotOpen(task, [part.isLead ? 'drafted' : 'consulting']) ?? whyNotStep(part.state, 'prepare')
}

/** Why a lead may not set the pool of a participant: each draws its own, unless the place gives it to the lead (D-10). */
export function whyNotPoolOf(
  part: Pick<ParticipationFacts, 'authorityId'>,
  actingAuthorityId: string | undefined,
  { law, place }: LawHere,
): Refusal | undefined {
  if (part.authorityId === actingAuthorityId) return undefined
  const rule = resolve(law, ORGANISER, place)
  if (typeof rule?.value === 'string' && LEADS.includes(rule.value)) return undefined
  return { code: 'participation.pool_is_own', ...(rule ? { law: ORGANISER } : {}) }
}

/** Why an authority may not bring an item in: it is another's, or cannot be used on the day of `place`. */
export function whyNotItem(
  item: ItemRef,
  part: Pick<ParticipationFacts, 'authorityId'>,
  { place }: Pick<LawHere, 'place'>,
): Refusal | undefined {
  const params = { item: item.code }
  if (item.authorityId !== part.authorityId) return { code: 'participation.item_of_another', params }
  const unusable = whyNotUse(item, item.bases, place.on)
  return unusable && { ...unusable, code: 'participation.item_not_usable', params }
}

/** What an authority must have settled before it takes part: items, inspectors, and that conflicts were asked for. */
export function whyNotComplete(part: ParticipationFacts, here: LawHere): Refusal | undefined {
  if (part.items.length === 0)
    return { code: 'participation.items_needed', params: { authority: part.authorityName } }
  const item = firstOf(part.items, (each) => whyNotItem(each, part, here))
  if (item) return item
  return (
    whyNotPool(part, here) ??
    (part.conflictsConfirmed
      ? undefined
      : { code: 'participation.conflicts_needed', params: { authority: part.authorityName } })
  )
}

/** What an authority is asked to agree to: its own part, the task and the scheme, each as it was seen. */
export interface Offer {
  readonly version: number
  readonly taskVersion: number
  readonly scheme: { readonly id: string; readonly version: number } | null
}

/** Why an answer does not count: it was given to something else than what lies there now. Says what has changed. */
export function whyNotSeen(
  seen: Pick<Offer, 'version'> & Partial<Offer>,
  now: Offer,
): Refusal<'participation.offer_changed'> | undefined {
  const changed = (what: 'part' | 'task' | 'scheme') =>
    ({ code: 'participation.offer_changed', params: { changed: what } }) as const
  if (seen.version !== now.version) return changed('part')
  if (seen.taskVersion !== undefined && seen.taskVersion !== now.taskVersion) return changed('task')
  if (seen.scheme === undefined) return undefined
  const isSame = seen.scheme?.id === now.scheme?.id && seen.scheme?.version === now.scheme?.version
  return isSame ? undefined : changed('scheme')
}

/** What the lead says for another where it may name its pool: the pool alone. All else the authority says itself. */
export function whyNotSayFor(said: {
  readonly itemIds?: unknown
  readonly members?: unknown
  readonly classes?: unknown
  readonly drawn?: unknown
  readonly conflictsConfirmed?: unknown
}): Refusal | undefined {
  if ((said.itemIds ?? said.members ?? said.classes) !== undefined)
    return { code: 'participation.items_are_own' }
  // That nobody of the pool is related to a subject only those can say who know them (REQ-REC-1).
  return (said.drawn ?? said.conflictsConfirmed) === undefined
    ? undefined
    : { code: 'participation.conflicts_are_own' }
}

/** Why an authority cannot agree to take part: not asked, not settled, or by somebody who prepared it. */
export function whyNotAccept(
  part: ParticipationFacts,
  task: ConsultedTask,
  here: LawHere,
  deciderId: string,
): Refusal | undefined {
  return whyNotAnswer(part, task, 'accept') ?? whyNotComplete(part, here) ?? whyNotOwn(part, deciderId)
}

/** Why the lead's own part cannot be settled by dispatching. What dispatch and settlement of a task ask. */
export function whyNotSettle(
  part: ParticipationFacts,
  here: LawHere,
  deciderId: string,
): Refusal | undefined {
  return whyNotStep(part.state, 'settle') ?? whyNotComplete(part, here) ?? whyNotOwn(part, deciderId)
}

/**
 * Why an authority cannot decline: not asked, the place wants the reasons in a written statement (S2 (七)), or by somebody who
 * prepared its part. Without `deciderId`: whoever declines.
 */
export function whyNotDecline(
  part: Pick<ParticipationFacts, 'isLead' | 'state' | 'drafterIds'>,
  task: ConsultedTask,
  { law, place }: LawHere,
  statement: string | null,
  deciderId?: string,
): Refusal | undefined {
  const own = deciderId === undefined ? undefined : whyNotOwn(part, deciderId)
  const early = whyNotAnswer(part, task, 'decline') ?? own
  if (early || statement !== null) return early
  return isRequired(law, STATEMENT, place)
    ? { code: 'participation.statement_needed', law: STATEMENT }
    : undefined
}

/** Why an answer cannot be taken back. */
export function whyNotReopen(
  part: Pick<ParticipationFacts, 'isLead' | 'state'>,
  task: ConsultedTask,
): Refusal | undefined {
  return whyNotAnswer(part, task, 'reopen')
}

/** Why the lead cannot remind: nobody's answer is open, or it has done so today. Days as YYYY-MM-DD. */
export function whyNotRemind(
  parts: readonly { readonly state: ParticipationState; readonly remindedOn: string | null }[],
  task: ConsultedTask,
  today: string,
): Refusal | undefined {
  const closed = whyNotOpen(task, ['consulting'])
  if (closed) return closed
  const open = parts.filter(({ state }) => state === 'invited')
  if (open.length === 0) return { code: 'participation.nobody_open' }
  return open.some(({ remindedOn }) => remindedOn !== today) ? undefined : { code: 'task.reminded_today' }
}

/** How many authorities have not answered what lies there now: as long as there are any, the task is not agreed. */
export function openAnswers(parts: readonly Pick<ParticipationFacts, 'state' | 'isOutdated'>[]): number {
  return parts.filter(({ state, isOutdated }) => state === 'invited' || isOutdated).length
}

const ORGANISER = 'draws.organiser'
const STATEMENT = 'tasks.refusal_statement_required'
const LEADS: readonly string[] = ['LEAD_UNIFIED', 'LEAD_DRAWS_BOTH']

function whyNotAnswer(
  part: Pick<ParticipationFacts, 'isLead' | 'state'>,
  task: ConsultedTask,
  command: ParticipationCommand,
): Refusal | undefined {
  if (part.isLead) return { code: 'participation.is_lead' }
  return whyNotOpen(task, ['consulting']) ?? whyNotStep(part.state, command)
}

function whyNotOpen({ state }: ConsultedTask, states: readonly string[]): Refusal | undefined {
  return states.includes(state) ? undefined : { code: 'participation.task_not_open', params: { state } }
}

/** 报请本部门负责人: who decides for an authority is nobody who prepared any of its part. */
function whyNotOwn(
  { drafterIds }: Pick<ParticipationFacts, 'drafterIds'>,
  deciderId: string,
): Refusal | undefined {
  return drafterIds.includes(deciderId) ? { code: 'participation.own_preparation' } : undefined
}

function firstOf<T>(all: readonly T[], whyNot: (one: T) => Refusal | undefined): Refusal | undefined {
  for (const one of all) {
    const refusal = whyNot(one)
    if (refusal) return refusal
  }
  return undefined
}
