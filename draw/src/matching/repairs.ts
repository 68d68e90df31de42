// The cheapest changes that would let an infeasible match be met, each tried on the whole problem before it is offered.
// To lower a demand is never offered: two inspectors are the law's.

import { compareAscii } from '../bytes.ts'
import { ceilDiv } from './integers.ts'
import { whoIsLeft } from './leave.ts'
import type { Infeasible, MatchProblem } from './problem.ts'

/**
 * One change. `solved`: tried, and all subjects in question are met; `remaining`: how many subjects of the whole problem
 * are still left out then. A change that meets nobody more is not offered.
 */
export type Repair = { readonly solved: boolean; readonly remaining: number } & (
  | { readonly kind: 'raise_cap'; readonly params: { readonly cap: number } }
  | { readonly kind: 'add_inspectors'; readonly params: { readonly cls: string; readonly count: number } }
  | {
      readonly kind: 'lift_conflict'
      readonly params: { readonly subject: string; readonly inspector: string }
    }
)

/** What repairs need to know of an infeasible match; see `Explanation`. */
export interface Situation {
  readonly core: Infeasible
  readonly subjects: readonly string[]
  readonly classes: readonly string[]
  readonly visits: number
  readonly inspectors: readonly string[]
  readonly shortBy: number
}

type Trial = { readonly solved: boolean; readonly remaining: number }

const MOST_CLASSES = 3
const MOST_CONFLICTS = 5
const MOST_COUNTS = 3
const MOST_CAPS = 8

/** Repairs in the order cap, people, conflicts; those that solve before those that only help. */
export function repairsOf(problem: MatchProblem, situation: Situation): Repair[] {
  const before = whoIsLeft(problem).unassigned.length
  const found: Repair[] = []
  const offer = (repair: Repair | undefined): void => {
    if (repair !== undefined && repair.remaining < before) found.push(repair)
  }
  if (situation.core.kind === 'hall') offer(raisedCap(problem, situation))
  for (const cls of situation.classes.slice(0, MOST_CLASSES)) offer(addedInspectors(problem, situation, cls))
  offer(liftedConflict(problem, situation))
  return found.sort((a, b) => Number(b.solved) - Number(a.solved))
}

// Each failed trial proves a higher cap to be needed, so that the first that holds is the least.
function raisedCap(problem: MatchProblem, situation: Situation): Repair {
  let cap = ceilDiv(situation.visits, situation.inspectors.length)
  for (let step = 1; ; step++) {
    const { trial, certificates } = tried({ ...problem, cap }, situation)
    const needs = certificates.map((c) =>
      c.kind === 'hall' ? ceilDiv(c.demand - c.crossing, c.inspectors.length) : 0,
    )
    const need = Math.max(0, ...needs)
    if (need <= cap || step === MOST_CAPS) return { kind: 'raise_cap', params: { cap }, ...trial }
    cap = need
  }
}

function addedInspectors(problem: MatchProblem, situation: Situation, cls: string): Repair | undefined {
  const each = situation.core.kind === 'short' ? 1 : problem.cap
  const least = ceilDiv(situation.shortBy, each)
  let best: Repair | undefined
  for (let count = least; count < least + MOST_COUNTS; count++) {
    const { trial } = tried(withMore(problem, cls, count), situation)
    if (best === undefined || trial.remaining < best.remaining)
      best = { kind: 'add_inspectors', params: { cls, count }, ...trial }
    if (trial.solved) break
  }
  return best
}

function withMore(problem: MatchProblem, cls: string, count: number): MatchProblem {
  const listed = new Set(problem.inspectors)
  const added: string[] = []
  for (let n = 1; added.length < count; n++) if (!listed.has(`added-${n}`)) added.push(`added-${n}`)
  const eligible = new Map(problem.eligible).set(cls, [...(problem.eligible.get(cls) ?? []), ...added])
  return { ...problem, inspectors: [...problem.inspectors, ...added], eligible }
}

// Only a conflict with somebody outside the core can help: those inside have no visit left to give.
function liftedConflict(problem: MatchProblem, situation: Situation): Repair | undefined {
  const full = new Set(situation.inspectors)
  const classOf = new Map(problem.subjects.map((s) => [s.id, s.cls]))
  const wanted = new Set(situation.subjects)
  const listed = new Set(problem.inspectors)
  const eligible = new Map(situation.classes.map((cls) => [cls, new Set(problem.eligible.get(cls) ?? [])]))
  const pairs = problem.conflicts
    .filter(
      ([s, i]) => wanted.has(s) && listed.has(i) && !full.has(i) && eligible.get(classOf.get(s)!)!.has(i),
    )
    .toSorted((a, b) => compareAscii(a[0], b[0]) || compareAscii(a[1], b[1]))
  let best: Repair | undefined
  for (const [subject, inspector] of pairs.slice(0, MOST_CONFLICTS)) {
    const conflicts = problem.conflicts.filter(([s, i]) => s !== subject || i !== inspector)
    const { trial } = tried({ ...problem, conflicts }, situation)
    if (best === undefined || trial.remaining < best.remaining)
      best = { kind: 'lift_conflict', params: { subject, inspector }, ...trial }
    if (trial.solved) break
  }
  return best
}

function tried(
  problem: MatchProblem,
  situation: Situation,
): { trial: Trial; certificates: readonly Infeasible[] } {
  const { unassigned, certificates } = whoIsLeft(problem)
  const left = new Set(unassigned)
  const solved = situation.subjects.every((id) => !left.has(id))
  return { trial: { solved, remaining: unassigned.length }, certificates }
}
