// What rules know of a plan and of its lines, and the vocabulary that their schemas share.

import { Type } from 'typebox'
import { DivisionCode, Id, OrNull } from '../platform/http/shapes.ts'
import type { CreditClass, Scope } from '../registers/index.ts'

export const PLAN_KINDS = ['annual', 'halfYear', 'consolidated'] as const
export type PlanKind = (typeof PLAN_KINDS)[number]

export const PLAN_STATES = ['draft', 'inReview', 'approved', 'published', 'closed', 'discarded'] as const
export type PlanState = (typeof PLAN_STATES)[number]

export const PLAN_FIELDS = ['market', 'nonMarket', 'all'] as const
export type PlanField = (typeof PLAN_FIELDS)[number]

export const CLASSES = ['A', 'B', 'C', 'D', 'N'] as const
/** Shares by class of credit risk, in basis points. */
export type ClassRatios = Readonly<Partial<Record<CreditClass, number>>>

/** An authority of a line, with what it inspects; the lead is the first. */
export interface PartOfLine {
  readonly authorityId: string
  readonly authorityName: string
  readonly itemIds: readonly string[]
}

/** A line of a plan, as far as decisions about it go. Ratios in basis points, quantities in subjects, days as YYYY-MM-DD. */
export interface LineFacts {
  readonly id: string
  readonly planId: string
  readonly version: number
  readonly number: number
  readonly code: string | null
  readonly taskName: string
  readonly drawType: 'TARGETED' | 'UNTARGETED'
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly field: 'market' | 'nonMarket'
  /** A code of joint-modes; null: one authority alone. */
  readonly mode: string | null
  readonly crossRegion: boolean
  readonly leadAuthorityId: string
  readonly object: string
  readonly scope: Scope
  readonly fullCoverage: boolean
  readonly ratio: number | null
  readonly quantity: number | null
  readonly classRatios: ClassRatios | null
  readonly batches: number | null
  /** How many draws it allows: as many tasks can be made of it. */
  readonly draws: number
  readonly frequencyLeast: number | null
  readonly frequencyMost: number | null
  readonly methods: readonly string[]
  readonly startsOn: string
  readonly endsOn: string
  readonly drawLevel: string
  readonly inspectLevel: string
  /** What an imported table says that nothing here is called. */
  readonly unmatched: string | null
  readonly state: 'planned' | 'ended'
  readonly parts: readonly PartOfLine[]
}

const codes = (description: string, maxLength = 60) =>
  Type.Array(Type.String({ minLength: 1, maxLength }), { uniqueItems: true, maxItems: 100, description })

/** 抽查对象范围, as the contract has it. */
export const ScopeShape = Type.Object(
  {
    divisions: Type.Array(DivisionCode, { minItems: 1, maxItems: 200, uniqueItems: true }),
    register: OrNull(Id),
    industries: codes('行业代码（GB/T 4754）或其前几位', 8),
    entityTypes: codes('主体类型'),
    kinds: codes('对象种类'),
    licenceKinds: codes('许可证种类'),
    pools: codes('名录库'),
    tags: codes('标签'),
    classes: Type.Array(Type.Enum([...CLASSES]), {
      uniqueItems: true,
      description: '信用风险分类；空为不限',
    }),
  },
  { additionalProperties: false, description: '抽查对象范围；各项都要符合，空的一项不作限制' },
)
