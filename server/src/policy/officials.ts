// Roles that stand together in line after line of the table, each with its reach.

import type { Role } from '../platform/actor.ts'
import type { ReachKind } from '../platform/reach.ts'

/** Everybody with business here, as far as `reach` says: all but the three administrators. */
export function officials(reach: Exclude<ReachKind, 'self'>) {
  return {
    conferenceOffice: reach,
    clerk: reach,
    unitHead: reach,
    leaderInCharge: reach,
    inspector: reach,
    oversight: reach,
    reader: reach,
  } satisfies Partial<Record<Role, ReachKind>>
}

/** Those who prepare an authority's papers. */
export const PREPARING = { conferenceOffice: 'ownAuthority', clerk: 'ownAuthority' } as const
/** Those who decide on what was prepared; that nobody decides on his own, the rules see to. */
export const DECIDING = { unitHead: 'ownAuthority', leaderInCharge: 'ownAuthority' } as const
/** Those who keep a register: its authority's clerk, and the office of the joint conference in its whole division. */
export const KEEPING = { conferenceOffice: 'divisionSubtree', clerk: 'ownAuthority' } as const
