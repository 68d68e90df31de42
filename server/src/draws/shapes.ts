// A draw, as every rule of this feature knows it.

import type { Params } from '../platform/refusal.ts'

export const DRAW_STATES = [
  'freezing',
  'frozen',
  'committed',
  'closing',
  'closed',
  'drawing',
  'certified',
  'void',
  'discarded',
] as const
export type DrawState = (typeof DRAW_STATES)[number]

export const DRAW_COMMANDS = [
  'freezeDone',
  'freezeFailed',
  'discard',
  'commit',
  'openRoom',
  'contribute',
  'countersign',
  'closing',
  'reopen',
  'close',
  'voidNotClosed',
  'void',
  'type',
  'press',
  'certify',
  'open',
  'event',
] as const
export type DrawCommand = (typeof DRAW_COMMANDS)[number]

/** A draw without the names that go with it. */
export interface DrawFacts {
  readonly id: string
  readonly version: number
  /** draw_id of draw-v1. */
  readonly name: string
  readonly taskId: string
  readonly divisionCode: string
  readonly leadAuthorityId: string
  readonly oversightAuthorityId: string
  /** Lead, participants, oversight. */
  readonly partyIds: readonly string[]
  readonly serial: number
  readonly planRef: string
  readonly drawNo: number
  readonly supersedesId: string | null
  readonly state: DrawState
  readonly isSealed: boolean
  /** The code of `draws.organiser` (D-10) where the place has one. */
  readonly organiser: string | null
  readonly mode: 'teams' | 'subjects'
  readonly jobId: string | null
  readonly snapshotAt: Date | null
  readonly figures: DrawFigures | null
  readonly findings: readonly FreezeFinding[] | null
  readonly seq: number | null
  readonly closeBy: Date | null
  readonly certifyBy: Date | null
  readonly openAt: Date | null
  readonly openedAt: Date | null
  readonly commitHash: string | null
  readonly closeHash: string | null
  readonly certificateHash: string | null
  readonly frozenById: string
  readonly frozenAt: Date
  readonly committedById: string | null
  readonly committedAt: Date | null
  readonly closingById: string | null
  readonly closingAt: Date | null
  readonly closedById: string | null
  readonly closedAt: Date | null
  readonly preflightAt: Date | null
  readonly certifiedAt: Date | null
  readonly endedAt: Date | null
  readonly endReason: 'cancelled' | 'not_closed' | 'beacon_absent' | 'discarded' | null
  readonly infeasible: readonly Infeasible[] | null
  /** Why the last job about it came to nothing. */
  readonly failure: { readonly code: string; readonly params?: Params } | null
}

/** What the freeze says to a person: `mend` is the console's address at which it is mended. */
export interface FreezeFinding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly params: Params
  readonly law?: string
  readonly mend: string
}

/** What was frozen, counted; public once it is committed. */
export interface DrawFigures {
  readonly scopeCount: number
  readonly population: number
  readonly exclusions: readonly { readonly code: string; readonly subjects: number }[]
  readonly strata: readonly { readonly code: string; readonly rows: number; readonly n: number }[]
  readonly demands: readonly {
    readonly code: string
    readonly subjects: number
    readonly authorities: readonly {
      readonly code: string
      readonly id: string
      readonly name: string
      readonly members: number
      readonly items: readonly string[]
    }[]
  }[]
  readonly pools: readonly {
    readonly code: string
    readonly id: string
    readonly name: string
    readonly rows: number
    readonly draw: number
    readonly notAble: number
  }[]
  readonly classes: readonly { readonly code: string; readonly name: string }[]
  readonly conflicts: number
  readonly short: number
  readonly teams: number | null
}

/** Why subjects are left without visitors, in numbers that words make a sentence of; `visits` are person-visits. */
export interface Infeasible {
  /** The code of the authority whose people are too few; d00: whole teams. */
  readonly authority: string
  readonly subjects: number
  readonly classes: readonly string[]
  readonly visits: number
  readonly inspectors: number
  readonly ofInspectors: number
  readonly eachAtMost: number
  readonly capacity: number
  readonly shortBy: number
  readonly others: readonly { readonly reason: string; readonly count: number }[]
  readonly repairs: readonly {
    readonly kind: string
    readonly solved: boolean
    readonly remaining: number
    readonly params: Params
  }[]
}
