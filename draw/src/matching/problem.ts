// What a match is asked and what it answers: plain data, the same in every implementation of M/1.

import { compareAscii } from '../bytes.ts'
import type { Alg } from '../hash.ts'

/** A tolerance, num/den ≥ 0: the band of loads is [lm·(1 − tau), um·(1 + tau)], cut at 0 and at the cap. */
export interface Tolerance {
  readonly num: number
  readonly den: number
}

/** One subject to be matched: its class decides who is eligible; `demand` ≥ 1 is how many different inspectors. */
export interface MatchSubject {
  readonly id: string
  readonly cls: string
  readonly demand: number
}

/** One run of M/1 (protocol section 8). The order of rows never changes the result. */
export interface MatchProblem {
  readonly alg: Alg
  /** S, 64 hex. */
  readonly seed: string
  /** P of the stage names. */
  readonly stage: 'teams' | 'match'
  /** D of the stage names: an authority's code, or "d00" for whole teams. */
  readonly authority: string
  readonly subjects: readonly MatchSubject[]
  readonly inspectors: readonly string[]
  /** Class → the inspectors who may take it. A class without an entry has none; unlisted inspectors are ignored. */
  readonly eligible: ReadonlyMap<string, readonly string[]>
  /** (subject, inspector) pairs that never meet. Pairs that name anyone who is not listed are ignored. */
  readonly conflicts: readonly (readonly [subject: string, inspector: string])[]
  /** The most subjects that one inspector may hold, ≥ 1. */
  readonly cap: number
  readonly tau: Tolerance
  /** Mixing proposals per slot (m); the protocol's value is 20. */
  readonly mix: number
}

/** One line of an assignment file: a subject and its inspectors, ascending by bytes. */
export interface AssignmentLine {
  readonly id: string
  readonly inspectors: readonly string[]
}

/** What a match reports of itself; it stands in the certificate. */
export interface MatchReport {
  /** Greatest and least load after SMOOTH. */
  readonly um: number
  readonly lm: number
  /** The band of MIX: u′ and l′. */
  readonly u2: number
  readonly l2: number
  readonly augmentations: number
  readonly raises: number
  /** Chains moved by SMOOTH. */
  readonly smooth: number
  /** R, and what became of the R proposals. */
  readonly proposals: number
  readonly swaps: number
  readonly moves: number
}

/** A subject with fewer inspectors than its demand, whatever the others get. */
export interface Short {
  readonly kind: 'short'
  readonly subject: string
  readonly demand: number
  /** The inspectors who are eligible and have no conflict, ascending. */
  readonly inspectors: readonly string[]
}

/**
 * Subjects that together need more than their inspectors can give: demand − crossing > cap · |inspectors|, where
 * `crossing` is the number of (subject, inspector) pairs that these subjects can at most have with anybody else.
 */
export interface Hall {
  readonly kind: 'hall'
  /** Ascending by bytes. */
  readonly subjects: readonly string[]
  /** Ascending by bytes. */
  readonly inspectors: readonly string[]
  readonly demand: number
  readonly crossing: number
  readonly cap: number
}

/** Why no assignment meets every demand. */
export type Infeasible = Short | Hall

/** A match: lines ascending by subject id with the report, or a proof that there is none. */
export type MatchResult =
  | { readonly ok: true; readonly lines: readonly AssignmentLine[]; readonly report: MatchReport }
  | { readonly ok: false; readonly infeasible: Infeasible }

/** The text of an assignment file: id TAB inspectors joined by "," LF. `lines` are already in order. */
export function assignmentFile(lines: readonly AssignmentLine[]): string {
  return lines.map((line) => `${line.id}\t${line.inspectors.join(',')}\n`).join('')
}

/** Lines ascending by id, each line's inspectors ascending; the argument is left alone. */
export function sortedLines(lines: readonly AssignmentLine[]): AssignmentLine[] {
  return lines
    .map((line) => ({ id: line.id, inspectors: [...line.inspectors].sort(compareAscii) }))
    .sort((a, b) => compareAscii(a.id, b.id))
}
