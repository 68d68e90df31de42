// What other parts of tasks know of the consultation: who takes part, with which items and inspectors.

import type { AppliesTo, CitationFacts, InspectorFacts } from '../../registers/index.ts'

/** An item that an authority brings into a task, with what decides whether it may be used. Ratios in basis points. */
export interface ItemRef {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly subItem: string | null
  readonly authorityId: string
  readonly tier: string
  readonly ratioFloor: number | null
  readonly ratioCap: number | null
  readonly isRandom: boolean
  readonly object: string
  readonly scope: string | null
  readonly methods: readonly string[]
  readonly methodRequirement: string | null
  readonly implementingLevels: readonly string[]
  readonly appliesTo: AppliesTo
  readonly state: string
  readonly effectiveFrom: string | null
  readonly effectiveUntil: string | null
  readonly bases: readonly (CitationFacts & { readonly article: string | null })[]
}

/** An inspector whom an authority names for the draw, with what decides whether he may be drawn. */
export interface PoolMember extends InspectorFacts {
  readonly inspectorId: string
  readonly personId: string
  readonly name: string
  readonly authorityId: string
  readonly unitName: string | null
  /** What he is able to do, as his authority says for this task. */
  readonly classes: readonly string[]
}

/** The part of one authority in a task. `members`: inspectors to each subject; `drawn`: drawn from the pool for all. */
export interface ParticipationFacts {
  readonly id: string
  readonly version: number
  readonly taskId: string
  readonly authorityId: string
  readonly authorityName: string
  readonly isLead: boolean
  readonly state: ParticipationState
  /** It has accepted another scheme than lies there now. */
  readonly isOutdated: boolean
  readonly round: number
  readonly members: number
  readonly classes: readonly string[]
  readonly drawn: number | null
  readonly items: readonly ItemRef[]
  readonly pool: readonly PoolMember[]
  readonly conflictsConfirmed: boolean
  /** Who settled any of it last. */
  readonly preparedById: string | null
  /** Who settled any of it since it was last agreed to. */
  readonly drafterIds: readonly string[]
  readonly replyBy: string | null
}

export const PARTICIPATION_STATES = ['prepared', 'invited', 'accepted', 'declined', 'released'] as const
export type ParticipationState = (typeof PARTICIPATION_STATES)[number]
