// Who of a scope is not drawn, and why: each for exactly one reason (I5, REQ-SCH-7).

import { codesNamed, type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { Group } from './profiles.rules.ts'

/** Why somebody of the scope is not drawn, in the order in which it is asked; codes of exclusion-reasons. */
export const EXCLUSIONS = [
  'NOT_ACTIVE',
  'BY_NAME',
  'NO_ITEM',
  'INSPECTED_BY_UPPER',
  'INSPECTED_THIS_YEAR',
  'FREQUENCY_CAP',
] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

/** What may be waived, where the law of the place does not demand it. */
export const WAIVABLE = ['INSPECTED_BY_UPPER', 'INSPECTED_THIS_YEAR'] as const

/** What decides who is left out. Caps in visits a year; undefined where no document sets one. */
export interface ExclusionRules {
  readonly waived: Readonly<Record<string, string>>
  readonly cap: number | undefined
  readonly capOfAllLevels: number | undefined
  /** Whether some item applies to a group; in the comprehensive mode alone somebody can have none. */
  readonly hasItem: (group: Group) => boolean
}

/** Groups that may be drawn, and how many subjects are left out for which reason. */
export interface Sifted {
  readonly frame: readonly Group[]
  readonly excluded: readonly { readonly code: Exclusion; readonly subjects: number }[]
  readonly subjects: number
}

/** The law's caps of a place for a task; none where the ground of the task does not count towards them (2.4). */
export function capsOf(
  law: Law,
  place: Place,
  capGround: string | null,
): Pick<ExclusionRules, 'cap' | 'capOfAllLevels'> {
  const isExempt = capGround !== null && codesNamed(law, EXEMPTIONS, place).includes(capGround)
  const capBy = (key: string) => {
    const value = isExempt ? undefined : resolve(law, key, place)?.value
    return typeof value === 'number' ? value : undefined
  }
  return {
    cap: capBy('inspections.annual_frequency_cap'),
    capOfAllLevels: capBy('inspections.annual_frequency_cap_all_levels'),
  }
}

/**
 * The years whose visits count for a task: each that its period touches, and each by itself. Whoever was inspected in one of
 * them, or has reached the cap of one, is left out; visits of two years are never added up.
 */
export function yearsTouched({
  startsOn,
  endsOn,
}: {
  readonly startsOn: string
  readonly endsOn: string
}): readonly number[] {
  const [first, last] = [Number(startsOn.slice(0, 4)), Number(endsOn.slice(0, 4))]
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, at) => first + at)
}

/** Why the subjects of a group are left out: the first reason that holds; undefined where they may be drawn. */
export function exclusionOf(group: Group, rules: ExclusionRules): Exclusion | undefined {
  return EXCLUSIONS.find((code) => rules.waived[code] === undefined && HOLDS[code](group, rules))
}

/** Parts a scope into who may be drawn and who not. Every subject is in exactly one of the two. */
export function sift(groups: readonly Group[], rules: ExclusionRules): Sifted {
  const counts = new Map<Exclusion, number>()
  const frame: Group[] = []
  let subjects = 0
  for (const group of groups) {
    subjects += group.subjects
    const code = exclusionOf(group, rules)
    if (code === undefined) frame.push(group)
    else counts.set(code, (counts.get(code) ?? 0) + group.subjects)
  }
  const excluded = EXCLUSIONS.flatMap((code) => {
    const left = counts.get(code)
    return left === undefined ? [] : [{ code, subjects: left }]
  })
  return { frame, excluded, subjects }
}

/** Why an exclusion cannot be waived: the law of the place demands it (D-12). */
export function whyNotWaive(
  law: Law,
  place: Place,
  waived: Readonly<Record<string, string>>,
): Refusal | undefined {
  const demanded = codesNamed(law, DEDUP, place).find(
    (code) => waived[EXCLUSION_OF[code] ?? code] !== undefined,
  )
  return demanded === undefined
    ? undefined
    : { code: 'task.dedup_needed', params: { exclusion: EXCLUSION_OF[demanded] ?? demanded }, law: DEDUP }
}

const EXEMPTIONS = 'inspections.frequency_exemptions'
const DEDUP = 'tasks.dedup_scope'

/** Code of dedup-scopes → the exclusion that it demands. */
const EXCLUSION_OF: Readonly<Record<string, Exclusion>> = {
  SAME_AUTHORITY_SAME_YEAR: 'INSPECTED_THIS_YEAR',
  MUNICIPAL_COUNTERPART_SAME_YEAR: 'INSPECTED_BY_UPPER',
}

const HOLDS: Readonly<Record<Exclusion, (group: Group, rules: ExclusionRules) => boolean>> = {
  NOT_ACTIVE: ({ active }) => !active,
  BY_NAME: ({ named }) => named,
  NO_ITEM: (group, { hasItem }) => !hasItem(group),
  INSPECTED_BY_UPPER: ({ upper }) => upper,
  INSPECTED_THIS_YEAR: ({ own }) => own,
  FREQUENCY_CAP: ({ visits, ownVisits }, { cap, capOfAllLevels }) =>
    (cap !== undefined && ownVisits >= cap) || (capOfAllLevels !== undefined && visits >= capOfAllLevels),
}
