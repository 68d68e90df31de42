// An infeasible match in numbers that words can turn into a sentence: who needs how much, who may take it, why the others
// may not, how much is missing, and which small changes would help.

import { compareAscii } from '../bytes.ts'
import type { Infeasible, MatchProblem } from './problem.ts'
import { rank, type Ranked } from './ranked.ts'
import { type Repair, repairsOf } from './repairs.ts'
import { needsOn, shrink } from './shrink.ts'

/** Why an inspector is not eligible for a class, as a code that words knows ("outside_area"); absent: "not_eligible". */
export type WhyNotEligible = (inspector: string, cls: string) => string | undefined

/** What is missing, for whom, and what would mend it. `visits` = `capacity` + `shortBy`, all in person-visits. */
export interface Explanation {
  /** The least proof: nobody can be taken from it. */
  readonly core: Infeasible
  /** All subjects that depend on the inspectors of the core, ascending, and their classes, ascending. */
  readonly subjects: readonly string[]
  readonly classes: readonly string[]
  /** Visits of these subjects that nobody else may make. */
  readonly visits: number
  /** The inspectors who may make them, ascending, out of how many in all; together they can make `capacity`. */
  readonly inspectors: readonly string[]
  readonly ofInspectors: number
  /** The most visits of these subjects by one inspector: the cap; 1 where it is one subject. */
  readonly eachAtMost: number
  readonly capacity: number
  readonly shortBy: number
  /**
   * Why the other inspectors do not count, by code ascending: a code of `WhyNotEligible`; "conflict": eligible, but in
   * conflict with all of these subjects he might take; "used": he is counted already for what he may take of them.
   */
  readonly others: readonly { readonly reason: string; readonly count: number }[]
  readonly repairs: readonly Repair[]
}

/** Explains one certificate of `problem`. Repairs are solved again on the whole problem; this takes a few runs of ASSIGN. */
export function explainInfeasible(
  problem: MatchProblem,
  infeasible: Infeasible,
  whyNotEligible: WhyNotEligible = () => undefined,
): Explanation {
  const ranked = rank(problem)
  const core = infeasible.kind === 'hall' ? shrink(ranked, infeasible) : infeasible
  const one = core.kind === 'short'
  const needs = one
    ? new Map([[ranked.subjects.indexOf(core.subject), core.demand]])
    : needsOn(ranked, core.inspectors)
  const subjects = [...needs.keys()]
  const visits = [...needs.values()].reduce((sum, need) => sum + need, 0)
  const eachAtMost = one ? 1 : problem.cap
  const capacity = eachAtMost * core.inspectors.length
  const situation = {
    core,
    subjects: subjects.map((o) => ranked.subjects[o]!).sort(compareAscii),
    classes: [...new Set(subjects.map((o) => ranked.classes[ranked.classOf[o]!]!))].sort(compareAscii),
    visits,
    inspectors: core.inspectors,
    ofInspectors: problem.inspectors.length,
    eachAtMost,
    capacity,
    shortBy: visits - capacity,
    others: reasonsOf(ranked, subjects, core.inspectors, whyNotEligible),
  }
  return { ...situation, repairs: repairsOf(problem, situation) }
}

function reasonsOf(
  ranked: Ranked,
  subjects: readonly number[],
  counted: readonly string[],
  whyNot: WhyNotEligible,
): Explanation['others'] {
  const able = new Set(counted)
  const counts = new Map<string, number>()
  const states = standing(ranked, subjects)
  const cls = ranked.classes[ranked.classOf[subjects[0]!]!]!
  ranked.inspectors.forEach((id, i) => {
    if (able.has(id)) return
    const reason = states[i] ?? whyNot(id, cls) ?? 'not_eligible'
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  })
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => compareAscii(a.reason, b.reason))
}

// Per inspector: eligible for none of the subjects' classes (absent), in conflict with all he is eligible for, or used.
function standing(ranked: Ranked, subjects: readonly number[]): ('conflict' | 'used' | undefined)[] {
  const eligibleFor = new Int32Array(ranked.inspectors.length)
  const barredFrom = new Int32Array(ranked.inspectors.length)
  const ofClass = new Map<number, number>()
  const eligible = (c: number): Int32Array =>
    ranked.eligible.entries.subarray(ranked.eligible.start[c]!, ranked.eligible.start[c + 1]!)
  for (const o of subjects) ofClass.set(ranked.classOf[o]!, (ofClass.get(ranked.classOf[o]!) ?? 0) + 1)
  for (const [c, count] of ofClass) for (const i of eligible(c)) eligibleFor[i]! += count
  const members = new Map([...ofClass.keys()].map((c) => [c, new Set(eligible(c))]))
  for (const o of subjects)
    for (let k = ranked.conflicts.start[o]!; k < ranked.conflicts.start[o + 1]!; k++) {
      const i = ranked.conflicts.entries[k]!
      if (members.get(ranked.classOf[o]!)!.has(i)) barredFrom[i]!++
    }
  return Array.from(eligibleFor, (all, i) => {
    if (all === 0) return undefined
    return all === barredFrom[i] ? 'conflict' : 'used'
  })
}
