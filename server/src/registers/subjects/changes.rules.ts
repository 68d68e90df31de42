// Changes of subjects: which need a second person, who decides, and when one has been overtaken.

import type { Refusal } from '../../platform/refusal.ts'

export const CHANGE_KINDS = ['entered', 'changed', 'left', 'returned', 'moved'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** Columns of registers.subject, named as there: what stands in them, or what is to. */
export type Columns = Readonly<Record<string, unknown>>

/** column → what stood there, what stands there now. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>

// What somebody is classed as, and where, decides whether he can be drawn (I4, I5): never by one person.
const DECIDING: ReadonlySet<string> = new Set([
  'kind',
  'entity_type',
  'credit_class',
  'risk_grade',
  'tags',
  'pools',
  'registration_state',
  'division_code',
])

/** What differs between the columns as they are and as they are to be. */
export function changesOf(before: Columns, after: Columns): Changes {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([column, value]) => !isSame(before[column], value))
      .map(([column, value]) => [column, [before[column] ?? null, value ?? null]]),
  )
}

/** What a subject is flagged with whose licence ended and was entered again: the trick of leaving, in small (I4). */
export const LICENCE_RETURNED = 'licenceReturned'

/**
 * Whether a change needs a second person. Naming an industry for the first time does not; naming another one does. And who
 * entered a licence again is not who says that this was in order.
 */
export function needsSecondPerson(column: string, [before, after]: readonly [unknown, unknown]): boolean {
  if (column === 'flags') return hasFlag(before) && !hasFlag(after)
  return DECIDING.has(column) || (column === 'industry_code' && before !== null)
}

function hasFlag(flags: unknown): boolean {
  return Array.isArray(flags) && flags.includes(LICENCE_RETURNED)
}

/** Changes that are done at once, and those that wait. */
export function sorted(changes: Changes): { readonly plain: Changes; readonly deciding: Changes } {
  const entries = Object.entries(changes)
  const isDeciding = ([column, values]: (typeof entries)[number]): boolean =>
    needsSecondPerson(column, values)
  return {
    plain: Object.fromEntries(entries.filter((one) => !isDeciding(one))),
    deciding: Object.fromEntries(entries.filter(isDeciding)),
  }
}

/** The columns as they are to be. */
export function afterOf(changes: Changes): Columns {
  return Object.fromEntries(Object.entries(changes).map(([column, [, after]]) => [column, after]))
}

/** A change, as far as the decision on it goes. */
export interface ChangeFacts {
  readonly state: string
  readonly kind: string
  readonly proposedById: string | null
  readonly fields: Changes
}

/** Why a change may not be decided on, either way: it is decided, or one's own proposal. */
export function whyNotDecide(
  { state, proposedById }: Pick<ChangeFacts, 'state' | 'proposedById'>,
  deciderId: string | undefined,
): Refusal | undefined {
  if (state !== 'proposed') return { code: 'subjectChange.already_decided' }
  return proposedById === deciderId ? { code: 'subjectChange.own_proposal' } : undefined
}

/** Why a change may not be taken back: it is decided, or another's proposal. */
export function whyNotWithdraw(
  { state, proposedById }: Pick<ChangeFacts, 'state' | 'proposedById'>,
  personId: string | undefined,
): Refusal | undefined {
  if (state !== 'proposed') return { code: 'subjectChange.already_decided' }
  return proposedById !== null && proposedById === personId
    ? undefined
    : { code: 'subjectChange.not_own_proposal' }
}

/** Why a change may not take effect: what it starts from is no longer so. */
export function whyNotApply({ kind, fields }: ChangeFacts, now: Columns): Refusal | undefined {
  const isGone = now['left_on'] !== null
  if (kind === 'returned' ? !isGone : isGone)
    return { code: 'subjectChange.overtaken', params: { field: 'left_on' } }
  const overtaken = Object.entries(fields).find(([column, [before]]) => !isSame(now[column], before))
  return overtaken && { code: 'subjectChange.overtaken', params: { field: overtaken[0] } }
}

/** Full days between two instants. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 86_400_000)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(plainly(one)) === JSON.stringify(plainly(other))
}

// Lists are sets: in another order they are the same.
function plainly(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('hex')
  return Array.isArray(value) ? value.map(String).toSorted() : (value ?? null)
}
