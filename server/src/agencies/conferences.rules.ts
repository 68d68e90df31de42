// 联席会议: who may belong to it, and as what.

import { divisionPrefix } from '../platform/reach.ts'
import type { Refusal } from '../platform/refusal.ts'

/** Somebody in the leading group. */
export interface GroupSeat {
  readonly personId: string
  readonly post: string
}

interface AuthorityFacts {
  readonly name: string
  readonly divisionCode: string
  readonly closedOn: string | null
}

interface PersonFacts {
  readonly name: string
  readonly authorityId: string
  readonly leftOn: string | null
}

/** Why an authority can have no part in the conference of a division: unknown, closed, or of somewhere else. */
export function whyNotPart(authority: AuthorityFacts | undefined, divisionCode: string): Refusal | undefined {
  if (!authority) return { code: 'conference.authority_unknown' }
  if (authority.closedOn !== null) return { code: 'authority.closed', params: { on: authority.closedOn } }
  return authority.divisionCode.startsWith(divisionPrefix(divisionCode))
    ? undefined
    : { code: 'conference.authority_elsewhere', params: { name: authority.name } }
}

/** Why somebody cannot be the responsible deputy (分管同志) of a member authority (S1 五(一)). */
export function whyNotDeputy(person: PersonFacts | undefined, authorityId: string): Refusal | undefined {
  return (
    whyNotSeat(person) ??
    (person?.authorityId === authorityId ? undefined : { code: 'conference.deputy_elsewhere' })
  )
}

/** Why somebody cannot sit in the leading group. */
export function whyNotSeat(person: PersonFacts | undefined): Refusal | undefined {
  if (!person) return { code: 'conference.person_unknown' }
  return person.leftOn === null
    ? undefined
    : { code: 'conference.person_left', params: { name: person.name } }
}

/** Why a leading group cannot be as it is proposed: two heads, or somebody twice. */
export function whyNotGroup(seats: readonly GroupSeat[]): Refusal | undefined {
  if (seats.filter(({ post }) => post === 'head').length > 1) return { code: 'conference.two_heads' }
  return new Set(seats.map(({ personId }) => personId)).size < seats.length
    ? { code: 'conference.twice_in_group' }
    : undefined
}

/** Who leaves the leading group and who joins it; a change of post is both, so that it stays known who was what when. */
export function groupChanges(
  now: readonly GroupSeat[],
  wanted: readonly GroupSeat[],
): { readonly leave: readonly string[]; readonly join: readonly GroupSeat[] } {
  const isIn = (seats: readonly GroupSeat[], { personId, post }: GroupSeat) =>
    seats.some((seat) => seat.personId === personId && seat.post === post)
  return {
    leave: now.filter((seat) => !isIn(wanted, seat)).map(({ personId }) => personId),
    join: wanted.filter((seat) => !isIn(now, seat)),
  }
}
