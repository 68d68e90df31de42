// 授权: when a role may be proposed, given, refused and taken back. A role needs a second person (I16).

import type { Role } from '../platform/actor.ts'
import { divisionPrefix } from '../platform/reach.ts'
import type { Refusal } from '../platform/refusal.ts'

const ADMINISTRATORS: readonly string[] = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] satisfies readonly Role[]

/** A grant that stands: proposed, or effective and not yet over. */
export interface HeldGrant {
  readonly role: string
  readonly authorityId: string
  readonly divisionCode: string
}

/** What is proposed, with what it is about. Days as YYYY-MM-DD. */
export interface ProposalFacts {
  readonly role: string
  readonly divisionCode: string
  readonly validFrom: string
  readonly validUntil?: string | undefined
  readonly person: { readonly id: string; readonly leftOn: string | null }
  readonly authority: { readonly id: string; readonly divisionCode: string; readonly closedOn: string | null }
  /** What the person holds already. */
  readonly held: readonly HeldGrant[]
}

// The audit administrator decides nothing.
const DECIDERS_ON_ADMINISTRATORS: readonly string[] = [
  'systemAdministrator',
  'securityAdministrator',
] satisfies readonly Role[]

/** Who is to decide on a grant, with the roles that he acts by. */
export interface Decider {
  readonly personId: string
  readonly grants: readonly { readonly role: string }[]
}

/** A grant, as far as decisions about it go. */
export interface GrantFacts {
  readonly role: string
  readonly state: string
  readonly personId: string
  readonly proposedById: string | null
  readonly validUntil: string | null
  readonly lastAdministrator: boolean
}

/** Whether a role is one of the 三员: system, security, audit administrator. */
export function isAdministrator(role: string): boolean {
  return ADMINISTRATORS.includes(role)
}

/** Why a role may not be proposed. `proposerId`: the person who proposes it. */
export function whyNotPropose(
  proposal: ProposalFacts,
  proposerId: string,
  today: string,
): Refusal | undefined {
  const { person, authority, validFrom, validUntil } = proposal
  if (person.id === proposerId) return { code: 'grant.about_yourself' }
  if (person.leftOn !== null) return { code: 'person.left', params: { on: person.leftOn } }
  if (authority.closedOn !== null) return { code: 'authority.closed', params: { on: authority.closedOn } }
  if (!proposal.divisionCode.startsWith(divisionPrefix(authority.divisionCode)))
    return { code: 'grant.division_outside' }
  if (validFrom < today) return { code: 'grant.backdated', params: { today } }
  if (validUntil !== undefined && validUntil < validFrom) return { code: 'grant.ends_before_it_begins' }
  return whyNotBeside(proposal)
}

/** Why a grant may not be approved. One of the 三员 is made by two administrators, never by one and his leader. */
export function whyNotApprove(grant: GrantFacts, decider: Decider, today: string): Refusal | undefined {
  const refused = whyNotDecide(grant, decider.personId)
  if (refused) return refused
  const mayMakeAdministrators = decider.grants.some(({ role }) => DECIDERS_ON_ADMINISTRATORS.includes(role))
  if (isAdministrator(grant.role) && !mayMakeAdministrators)
    return { code: 'grant.administrator_by_administrator' }
  return grant.validUntil !== null && grant.validUntil < today
    ? { code: 'grant.over', params: { until: grant.validUntil } }
    : undefined
}

/** Why a grant may not be decided on, either way: it is not open, one's own proposal, or about oneself. */
export function whyNotDecide(grant: GrantFacts, deciderId: string): Refusal | undefined {
  if (grant.state !== 'proposed') return { code: 'grant.already_decided' }
  if (grant.proposedById === deciderId) return { code: 'grant.proposed_by_yourself' }
  return grant.personId === deciderId ? { code: 'grant.about_yourself' } : undefined
}

/** Why a grant may not be withdrawn. */
export function whyNotWithdraw(grant: GrantFacts): Refusal | undefined {
  if (grant.state !== 'proposed' && grant.state !== 'effective') return { code: 'grant.not_open' }
  return grant.lastAdministrator ? { code: 'grant.last_administrator' } : undefined
}

/** Why a role may not stand beside what the person holds: 三员 exclude each other and everything else. */
function whyNotBeside({ role, divisionCode, authority, held }: ProposalFacts): Refusal | undefined {
  const same = held.some(
    (one) => one.role === role && one.authorityId === authority.id && one.divisionCode === divisionCode,
  )
  if (same) return { code: 'grant.held_already' }
  const administrator = held.find((one) => isAdministrator(one.role))
  if (administrator && isAdministrator(role)) return { code: 'grant.second_administrator' }
  if (administrator) return { code: 'grant.business_for_administrator' }
  return isAdministrator(role) && held.length > 0 ? { code: 'grant.administrator_for_business' } : undefined
}
