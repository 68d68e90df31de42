// Checks a proof of infeasibility from the problem alone, without ranks, tickets or the run that found it.

import type { Hall, Infeasible, MatchProblem, MatchSubject } from './problem.ts'

/** Who may take a subject: eligible, listed, and without conflict. The plain reading of a problem, for checks and words. */
export type MayTake = (subject: MatchSubject) => ReadonlySet<string>

/** The plain reading of a problem; sets are built once per call of the returned function. */
export function mayTake(problem: MatchProblem): MayTake {
  const listed = new Set(problem.inspectors)
  const conflicts = new Map<string, Set<string>>()
  for (const [subject, inspector] of problem.conflicts) {
    const barred = conflicts.get(subject)
    if (barred === undefined) conflicts.set(subject, new Set([inspector]))
    else barred.add(inspector)
  }
  return ({ id, cls }) => {
    const barred = conflicts.get(id)
    const eligible = problem.eligible.get(cls) ?? []
    return new Set(eligible.filter((i) => listed.has(i) && barred?.has(i) !== true))
  }
}

/** What of a subject's demand must fall on `inspectors`, whatever the others take: max(0, demand − |A without them|). */
export function unavoidable(
  demand: number,
  candidates: ReadonlySet<string>,
  inspectors: ReadonlySet<string>,
): number {
  let others = 0
  for (const i of candidates) if (!inspectors.has(i)) others++
  return Math.max(0, demand - others)
}

/**
 * Does `infeasible` prove that `problem` has no assignment? For a Hall set: the numbers in it are right, and the visits that
 * must fall on its inspectors are more than cap times their number.
 */
export function isCertified(problem: MatchProblem, infeasible: Infeasible): boolean {
  const subjects = new Map(problem.subjects.map((s) => [s.id, s]))
  const candidatesOf = mayTake(problem)
  if (infeasible.kind === 'hall') return isHallSet(problem, infeasible, subjects, candidatesOf)
  const subject = subjects.get(infeasible.subject)
  return subject !== undefined && candidatesOf(subject).size < subject.demand
}

function isHallSet(
  problem: MatchProblem,
  hall: Hall,
  subjects: ReadonlyMap<string, MatchSubject>,
  candidatesOf: MayTake,
): boolean {
  const inspectors = new Set(hall.inspectors)
  const members = new Set(hall.subjects)
  if (members.size !== hall.subjects.length || inspectors.size !== hall.inspectors.length) return false
  if (hall.cap !== problem.cap || hall.inspectors.some((i) => !problem.inspectors.includes(i))) return false
  let demand = 0
  let within = 0
  for (const id of members) {
    const subject = subjects.get(id)
    if (subject === undefined) return false
    demand += subject.demand
    within += unavoidable(subject.demand, candidatesOf(subject), inspectors)
  }
  return (
    demand === hall.demand &&
    demand - hall.crossing <= within &&
    demand - hall.crossing > hall.cap * inspectors.size
  )
}
