// When an authority may be made, changed and closed.

import { divisionPrefix } from '../platform/reach.ts'
import type { Refusal } from '../platform/refusal.ts'

/** An authority, as far as decisions about it go. */
export interface AuthorityFacts {
  readonly id: string
  readonly divisionCode: string
  readonly closedOn: string | null
}

/** What still hangs on an authority, as counts. */
export interface AuthorityTies {
  readonly units: number
  readonly people: number
  readonly grants: number
  readonly subordinates: number
  readonly conferences: number
}

/** Why nothing may be changed in an authority: it is closed. */
export function whyNotChange({ closedOn }: Pick<AuthorityFacts, 'closedOn'>): Refusal | undefined {
  return closedOn === null ? undefined : { code: 'authority.closed', params: { on: closedOn } }
}

/** Why a division may get no new authority; `undefined` as the division: there is none of that code. */
export function whyNotIn(division: { readonly status: string } | undefined): Refusal | undefined {
  if (!division) return { code: 'division.unknown' }
  return division.status === 'revoked' ? { code: 'division.revoked' } : undefined
}

/**
 * Why one authority cannot be the superior of another. `chain`: the superiors of the superior, itself included. The
 * superior stands in the same division or one above (S2 (十七): 上级部门…按照上级部门的规定执行).
 */
export function whyNotSuperior(
  authority: Pick<AuthorityFacts, 'id' | 'divisionCode'>,
  superior: AuthorityFacts | undefined,
  chain: readonly string[],
): Refusal | undefined {
  if (!superior) return { code: 'authority.superior_unknown' }
  if (chain.includes(authority.id)) return { code: 'authority.superior_cycle' }
  if (superior.closedOn !== null) return { code: 'authority.superior_closed' }
  const isAbove = authority.divisionCode.startsWith(divisionPrefix(superior.divisionCode))
  return isAbove ? undefined : { code: 'authority.superior_elsewhere' }
}

/** Why an authority may not be closed. `on` and `today` as YYYY-MM-DD, where the day is already known. */
export function whyNotClose(
  authority: Pick<AuthorityFacts, 'closedOn'>,
  ties: AuthorityTies,
  day?: { readonly on: string; readonly today: string },
): Refusal | undefined {
  const closed = whyNotChange(authority)
  if (closed) return closed
  if (ties.people > 0) return { code: 'authority.has_people', params: { count: ties.people } }
  if (ties.units > 0) return { code: 'authority.has_units', params: { count: ties.units } }
  if (ties.grants > 0) return { code: 'authority.has_grants', params: { count: ties.grants } }
  if (ties.subordinates > 0)
    return { code: 'authority.has_subordinates', params: { count: ties.subordinates } }
  if (ties.conferences > 0) return { code: 'authority.in_conference' }
  return day ? whyNotOn(day.on, day.today) : undefined
}

/** Why something cannot have ended on a day (YYYY-MM-DD): the day has not come. */
export function whyNotOn(on: string, today: string): Refusal | undefined {
  return on > today ? { code: 'day_in_future', params: { day: on } } : undefined
}
