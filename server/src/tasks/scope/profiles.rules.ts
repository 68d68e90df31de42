// Groups of subjects as a task reckons with them: what they are, and what the year has already done to them.

import type { Profile } from '../../registers/index.ts'

/** Subjects that are alike in all that a task asks. */
export interface Group extends Profile {
  /** In business as the register has it. */
  readonly active: boolean
  /** Visited this year by an authority of the task, and by one above them. */
  readonly own: boolean
  readonly upper: boolean
  /** Visits of this year that count towards caps, by everybody and by the authorities of the task. */
  readonly visits: number
  readonly ownVisits: number
  /** Left out by name. */
  readonly named: boolean
}

/** Subjects whom the year, or somebody by name, has set apart from those who are otherwise like them. */
export type Apart = Group

/**
 * All groups of a scope from its plain profiles and those set apart, which are among them: what is set apart is taken off.
 * So that the many are counted without looking at visits at all.
 */
export function groupsOf(
  profiles: readonly (Profile & { active: boolean })[],
  apart: readonly Apart[],
): readonly Group[] {
  const off = new Map<string, number>()
  for (const group of apart) {
    const key = keyOf(group)
    off.set(key, (off.get(key) ?? 0) + group.subjects)
  }
  const plain = profiles.flatMap((profile) => {
    const subjects = profile.subjects - (off.get(keyOf(profile)) ?? 0)
    return subjects > 0 ? [{ ...profile, ...UNTOUCHED, subjects }] : []
  })
  return [...plain, ...apart]
}

/** How many subjects groups have together. */
export function subjectsOf(groups: readonly Pick<Profile, 'subjects'>[]): number {
  return groups.reduce((sum, { subjects }) => sum + subjects, 0)
}

const UNTOUCHED = { own: false, upper: false, visits: 0, ownVisits: 0, named: false } as const

function keyOf(profile: Profile & { active: boolean }): string {
  const { division, industry, entityType, kind, active, tags, pools, licences } = profile
  const lists = [tags, pools, licences].map((list) => list.join(','))
  return [division, industry, entityType, kind, profile.class, active, ...lists].join('|')
}
