// When a person may be changed, moved, let go, and his number shown.

import type { Refusal } from '../platform/refusal.ts'

/** A person, as far as decisions about him go. */
export interface PersonFacts {
  readonly id: string
  readonly authorityId: string
  readonly leftOn: string | null
  /** Whether there would be no administrator of one kind left for his division without him. */
  readonly lastAdministrator: boolean
  /** The joint conference for which he is his authority's responsible deputy. */
  readonly deputyIn: string | null
}

/** Shorter than this a purpose says nothing. */
const LEAST_PURPOSE = 4

/** Why a person may not be changed: he has left. */
export function whyNotChangePerson({ leftOn }: Pick<PersonFacts, 'leftOn'>): Refusal | undefined {
  return leftOn === null ? undefined : { code: 'person.left', params: { on: leftOn } }
}

/** Why a person may not leave, or be moved to another authority, by the hand of `actorId`. */
export function whyNotLeave(person: PersonFacts, actorId: string | undefined): Refusal | undefined {
  const left = whyNotChangePerson(person)
  if (left) return left
  if (person.id === actorId) return { code: 'person.yourself' }
  if (person.lastAdministrator) return { code: 'grant.last_administrator' }
  return person.deputyIn === null
    ? undefined
    : { code: 'person.responsible_deputy', params: { conference: person.deputyIn } }
}

/** Why a person may not be moved to an authority: he is there. */
export function whyNotTransferTo(person: PersonFacts, authorityId: string): Refusal | undefined {
  return person.authorityId === authorityId ? { code: 'person.already_there' } : undefined
}

/** Why a mobile number is not shown: there is none, or nothing was said about what it is for (I17). */
export function whyNotReveal(
  person: { readonly mobileCipher: string | null },
  purpose?: { readonly given: string | undefined },
): Refusal | undefined {
  if (person.mobileCipher === null) return { code: 'person.no_mobile' }
  if (purpose && (purpose.given ?? '').trim().length < LEAST_PURPOSE) return { code: 'purpose_needed' }
  return undefined
}

/** A mobile number as everybody sees it: `138****0000`. */
export function maskedMobile(mobile: string): string {
  return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`
}
