// What the parts of 抽查任务 share: a task as its rules know it.

import type { CreditClass, Scope } from '../registers/index.ts'

export const TASK_STATES = ['drafted', 'consulting', 'agreed', 'cancelled'] as const
export type TaskState = (typeof TASK_STATES)[number]

/** By what the frame is cut into strata; the codes are those of draw-v1. */
export const STRATA_BY = ['whole', 'class', 'industryClass', 'divisionClass'] as const
export type StrataBy = (typeof STRATA_BY)[number]

/**
 * How many are drawn. Ratios in basis points; `byClass` goes before `ratio`; batches: how many parts full coverage is done
 * in, everybody once.
 */
export type TaskDesign =
  | {
      readonly kind: 'ratio'
      readonly ratio: number
      readonly byClass?: Readonly<Partial<Record<CreditClass, number>>> | undefined
    }
  | { readonly kind: 'total'; readonly n: number }
  | { readonly kind: 'coverage'; readonly batches: number }

/** A task, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface TaskFacts {
  readonly id: string
  readonly version: number
  readonly number: string
  readonly name: string
  readonly divisionCode: string
  readonly leadAuthorityId: string
  readonly year: number
  readonly field: 'market' | 'nonMarket'
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly planLineId: string | null
  readonly planLineVersion: number | null
  /** Which of the draws of its line it is; null outside the plan. */
  readonly drawNo: number | null
  /** Why the scope is narrower than that of its line; null where it is not. */
  readonly narrowedReason: string | null
  /** The cancelled task in whose place it was made. */
  readonly replacesTaskId: string | null
  readonly outsideGround: string | null
  readonly outsideNote: string | null
  /** The hash of the file that shows the ground. */
  readonly outsideEvidence: string | null
  /** A code of frequency-exemptions: the cap excludes nobody, and the visits do not count towards it. */
  readonly capGround: string | null
  readonly capNote: string | null
  /** A code of joint-modes; null: the lead inspects alone. */
  readonly mode: string | null
  readonly crossRegion: boolean
  readonly drawType: 'TARGETED' | 'UNTARGETED'
  readonly drawLevel: Level
  readonly inspectLevel: Level
  readonly scope: Scope
  readonly strataBy: StrataBy
  readonly design: TaskDesign
  /** Exclusion code → why it is not applied. */
  readonly waived: Readonly<Record<string, string>>
  readonly methods: readonly string[]
  readonly startsOn: string
  readonly endsOn: string
  readonly matching: 'teams' | 'subjects'
  readonly teamCount: number | null
  /** The most subjects that one inspector, or one team, may get. */
  readonly loadCap: number
  readonly tauHundredths: number
  readonly drawnListPublished: boolean
  readonly replyBy: string | null
  readonly round: number
  readonly partyIds: readonly string[]
  readonly state: TaskState
  /** Who wrote last. */
  readonly draftedById: string
  /** Who wrote any of it since it was last sent out. */
  readonly drafterIds: readonly string[]
}

export type Level = 'province' | 'prefecture' | 'county' | 'station'
