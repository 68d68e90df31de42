// 青石县's people and places in small: rows, staff, the options of the specification's example.

import { toHex, utf8 } from '../src/bytes.ts'
import type { Matching } from '../src/manifest/commitment.ts'
import { sha256 } from '../src/sha256.ts'
import type { CountyOptions, Staff, SubjectRow } from './county-kit.ts'

/** `count` subjects in the given strata by turns, with ids like credit codes. */
export function subjectsIn(strata: readonly string[], count: number): SubjectRow[] {
  return Array.from({ length: count }, (_, i) => [
    `9199${String(i).padStart(4, '0')}MA${toHex(sha256(utf8(`${i}`)))
      .slice(0, 8)
      .toUpperCase()}`,
    strata[i % strata.length] as string,
    1 << (i % 4),
  ])
}

/** `count` people of an authority. */
export function staffOf(authority: string, count: number, more: Partial<Staff> = {}): Staff[] {
  return Array.from({ length: count }, (_, i) => ({ staffNo: `${authority}-${i + 1}`, authority, ...more }))
}

/** Two authorities, teams of two. */
export const TWO_IN_TEAMS: Matching = {
  mode: 'teams',
  cap: 1000,
  mix: 20,
  tau: { num: 1, den: 4 },
  min_members: 2,
  min_per_authority: 1,
  max_conflicts: { num: 1, den: 4 },
  teams: {
    count: 3,
    members: [
      { authority: 'd01', members: 1, classes: [] },
      { authority: 'd02', members: 1, classes: [] },
    ],
  },
}

/** The county of the specification's example: eight shops, two strata, two authorities. */
export function exampleOptions(): CountyOptions {
  const strata = ['food/A', 'food/C']
  return {
    subjects: subjectsIn(strata, 8),
    excluded: ['91990000MAEXCLUDED'],
    staff: [...staffOf('d01', 5), ...staffOf('d02', 4)],
    design: { kind: 'ratio', ratios: strata.map((stratum) => ({ stratum, num: 1, den: 4, min: 1 })) },
    demands: [
      {
        code: 'food',
        strata,
        authorities: [
          { authority: 'd01', members: 1, classes: [] },
          { authority: 'd02', members: 1, classes: [] },
        ],
      },
    ],
    matching: TWO_IN_TEAMS,
    draw: { d01: 3, d02: 3 },
  }
}
