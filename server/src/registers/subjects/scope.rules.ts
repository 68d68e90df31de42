// Which subjects a plan's line or a task is about, decided on profiles: groups of subjects that are alike in all that it asks.

import { divisionPrefix } from '../../platform/reach.ts'
import type { AppliesTo } from './terms.rules.ts'

/** The class of credit risk; N: not classed. */
export type CreditClass = 'A' | 'B' | 'C' | 'D' | 'N'

/** Whom a line or a task is about (抽查对象范围). Of each list one must fit; an empty list restricts nothing. */
export interface Scope {
  /** Counties, prefectures or provinces; never empty. */
  readonly divisions: readonly string[]
  /** Whose register: the id of an authority. */
  readonly register: string | null
  /** Codes of GB/T 4754 or their beginnings. */
  readonly industries: readonly string[]
  readonly entityTypes: readonly string[]
  readonly kinds: readonly string[]
  readonly licenceKinds: readonly string[]
  readonly pools: readonly string[]
  readonly tags: readonly string[]
  readonly classes: readonly CreditClass[]
}

/** Subjects that are alike in all that a scope or an item asks, and how many they are. */
export interface Profile {
  readonly division: string
  /** Empty where none is known. */
  readonly industry: string
  readonly entityType: string
  readonly kind: string
  readonly class: CreditClass
  readonly tags: readonly string[]
  readonly pools: readonly string[]
  /** Kinds of the licences in force. */
  readonly licences: readonly string[]
  readonly subjects: number
}

/** What of a profile is counted apart only where somebody asks for it: each multiplies the groups. */
export interface ProfileNeeds {
  readonly tags: boolean
  readonly pools: boolean
  readonly licences: boolean
  /** How many letters of the industry are told apart; all where not given. */
  readonly industryLetters?: number
  /** Not told apart: nothing asks for them. */
  readonly withoutTypes?: true
  readonly withoutKinds?: true
}

/** What must be told apart for items alone, where the scope itself is asked when the subjects are counted. */
export function grainOf(applies: readonly AppliesTo[]): ProfileNeeds {
  const has = (list: 'tags' | 'pools' | 'licenceKinds' | 'entityTypes' | 'kinds') =>
    applies.some((each) => each[list].length > 0)
  return {
    tags: has('tags'),
    pools: has('pools'),
    licences: has('licenceKinds'),
    // The section is always told: the burden of industries is shown by it.
    industryLetters: Math.max(
      1,
      ...applies.flatMap(({ industries }) => industries.map((code) => code.length)),
    ),
    ...(has('entityTypes') ? {} : { withoutTypes: true }),
    ...(has('kinds') ? {} : { withoutKinds: true }),
  }
}

/** Whether the subjects of a profile are in a scope. Whose register they stand in is asked where they are counted. */
export function fitsScope(profile: Profile, scope: Scope): boolean {
  return (
    scope.divisions.some((code) => profile.division.startsWith(divisionPrefix(code))) &&
    (scope.classes.length === 0 || scope.classes.includes(profile.class)) &&
    fitsItem(profile, scope)
  )
}

/** Whether an item applies to the subjects of a profile (REQ-OBJ-6): the one place where that is decided. */
export function fitsItem(profile: Profile, applies: AppliesTo): boolean {
  const { industries, entityTypes, kinds, licenceKinds, pools, tags } = applies
  return (
    (industries.length === 0 || industries.some((code) => profile.industry.startsWith(code))) &&
    (entityTypes.length === 0 || entityTypes.includes(profile.entityType)) &&
    (kinds.length === 0 || kinds.includes(profile.kind)) &&
    meet(licenceKinds, profile.licences) &&
    meet(pools, profile.pools) &&
    meet(tags, profile.tags)
  )
}

/** Whether everybody in one scope is in the other, whatever the register holds: list by list. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  return (
    (outer.register === null || outer.register === inner.register) &&
    inner.divisions.every((code) =>
      outer.divisions.some((wide) => divisionPrefix(code).startsWith(divisionPrefix(wide))),
    ) &&
    covered(inner.industries, outer.industries, (code, wide) => code.startsWith(wide)) &&
    (['entityTypes', 'kinds', 'licenceKinds', 'pools', 'tags', 'classes'] as const).every((list) =>
      covered(inner[list], outer[list], (value, wide) => value === wide),
    )
  )
}

function meet(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((value) => has.includes(value))
}

function covered(
  inner: readonly string[],
  outer: readonly string[],
  within: (value: string, wide: string) => boolean,
): boolean {
  if (outer.length === 0) return true
  return inner.length > 0 && inner.every((value) => outer.some((wide) => within(value, wide)))
}
