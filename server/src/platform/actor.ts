// Who acts, and for which authority.

/** The roles that a grant can give. 三员 (system, security, audit administrator) exclude each other. */
export const ROLES = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
  'conferenceOffice',
  'clerk',
  'unitHead',
  'leaderInCharge',
  'inspector',
  'oversight',
  'reader',
] as const
export type Role = (typeof ROLES)[number]

/** 三员: nobody holds two of them. */
export const ADMINISTRATORS = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] as const satisfies readonly Role[]

/**
 * Whoever holds one of these decides alone on what another proposed: a grant, the law of a place. Whoever could sign in as
 * one of them would be both persons of I16.
 */
export const DECIDERS = [
  ...ADMINISTRATORS,
  'leaderInCharge',
  'conferenceOffice',
  'oversight',
] as const satisfies readonly Role[]

/** A role that is in force today, for an authority, over a division and all below it. */
export interface Grant {
  readonly id: string
  readonly role: Role
  readonly authorityId: string
  readonly authorityName: string
  readonly divisionCode: string
}

/** A signed-in person. `grants` are those of the authority that he acts for; `allGrants` those he could choose from. */
export interface Person {
  readonly kind: 'person'
  readonly personId: string
  readonly accountId: string
  readonly sessionId: string
  readonly name: string
  readonly stage: 'enrol' | 'full'
  readonly acting: { readonly authorityId: string; readonly divisionCode: string } | undefined
  readonly grants: readonly Grant[]
  readonly allGrants: readonly Grant[]
  readonly reauthenticatedAt: Date | undefined
}

/** The program itself: the example county, the sequencer, a job that nobody asked for. */
export interface System {
  readonly kind: 'system'
}

/** Somebody who has not signed in. */
export interface Anonymous {
  readonly kind: 'anonymous'
}

export type Actor = Person | System | Anonymous

export const SYSTEM: System = { kind: 'system' }
export const ANONYMOUS: Anonymous = { kind: 'anonymous' }
