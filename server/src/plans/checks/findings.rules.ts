// What a check of a plan says, and what it is given.

import { citationText, type Law, type Place, resolve } from '../../law/index.ts'
import type { AppliesTo, CitationFacts, ItemFacts } from '../../registers/index.ts'
import type { LineFacts, PlanField, PlanKind, PlanState } from '../shapes.ts'

/** The checks, in the order in which they are shown: what must be mended first. */
export const CHECKS = [
  'unmatched',
  'item_missing',
  'item_owner',
  'item_basis',
  'not_random',
  'period',
  'field',
  'level',
  'ratio_floor',
  'ratio_cap',
  'cap_missing',
  'full_coverage',
  'mode_here',
  'participants',
  'joint_led',
  'frequency_cap',
  'disclosure_floor',
  'class_monotone',
  'mode_draw_type',
  'same_line',
  'overlap',
  'library_late',
  'filing_late',
] as const
export type Check = (typeof CHECKS)[number]

/** Where what a check found can be mended. */
export type Mend = 'line' | 'item' | 'plan' | 'merge' | 'publish' | 'file'

/** What a check found. `severity` warning: it may be answered instead of mended. Ratios in params in basis points. */
export interface Finding {
  readonly code: Check
  readonly severity: 'error' | 'warning'
  /** Empty: about the whole plan. */
  readonly lineIds: readonly string[]
  readonly params: Readonly<Record<string, string | number>>
  readonly law: { readonly key: string; readonly citation: string } | null
  readonly mend: Mend
}

/** An item, as far as the checks ask. */
export type CheckedItem = ItemFacts & {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly subItem: string | null
  readonly authorityId: string
  readonly appliesTo: AppliesTo
  readonly bases: readonly CitationFacts[]
}

/** A line, and the lines of other plans that it was taken from. */
export type CheckedLine = LineFacts & { readonly sourceLineIds: readonly string[] }

/** Subjects of a line: all, and by class of credit risk. */
export interface LineCount {
  readonly subjects: number
  readonly byClass: Readonly<Record<string, number>>
}

/** The plan that is checked. */
export interface CheckedPlan {
  readonly kind: PlanKind
  readonly year: number
  readonly half: number | null
  readonly field: PlanField
  readonly state: PlanState
  readonly divisionCode: string
  readonly authorityId: string
  /** Whether it was filed, and not returned or withdrawn. */
  readonly isFiled: boolean
}

/** All that the checks ask of a plan and its lines, beside the population. */
export interface PlanChecked {
  readonly law: Law
  /** YYYY-MM-DD. */
  readonly today: string
  readonly plan: CheckedPlan
  readonly lines: readonly CheckedLine[]
  readonly items: ReadonlyMap<string, CheckedItem>
  /** Inspecting members of the joint conference, with their names. */
  readonly members: ReadonlyMap<string, string>
  /** Joint lines that authorities lead in their other plans of the year, each by what it goes back to. */
  readonly ledElsewhere: readonly { readonly authorityId: string; readonly sources: readonly string[] }[]
  readonly counts: ReadonlyMap<string, LineCount>
}

/** The law at a place, where the place has one. */
export function ruleAt(law: Law, key: string, place: Place): ReturnType<typeof resolve> {
  return law.divisions.has(place.division) ? resolve(law, key, place) : undefined
}

/** The rule behind a finding, with its words; null where no document says it. */
export function citing(law: Law, key: string, place: Place): Finding['law'] {
  const rule = ruleAt(law, key, place)
  return rule ? { key, citation: citationText(rule.source) } : null
}

/** Where and when a line is inspected: the law of its first day. */
export function placeOf({ plan }: Pick<PlanChecked, 'plan'>, line: Pick<LineFacts, 'startsOn'>): Place {
  return { division: plan.divisionCode, on: line.startsOn }
}

/** The items of a line with the authority in whose part they stand. */
export function itemsOf(
  { items }: Pick<PlanChecked, 'items'>,
  line: Pick<LineFacts, 'parts'>,
): readonly { readonly item: CheckedItem; readonly authorityId: string }[] {
  return line.parts.flatMap(({ authorityId, itemIds }) =>
    itemIds.flatMap((id) => {
      const item = items.get(id)
      return item ? [{ item, authorityId }] : []
    }),
  )
}
