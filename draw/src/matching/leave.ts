// An infeasible match never voids a draw: the subjects that cannot be met are left unassigned, with the proof, and the rest
// is matched as if they had never been there.

import { compareAscii } from '../bytes.ts'
import { type Assigned, assign, type HallRank, type Leaving } from './assign.ts'
import { Candidates } from './candidates.ts'
import { startLoad } from './integers.ts'
import { type Finished, finish, named } from './match.ts'
import { highestPairProbability, type Probability } from './pair-probability.ts'
import type { AssignmentLine, Infeasible, MatchProblem, MatchReport } from './problem.ts'
import { rank, type Ranked, without } from './ranked.ts'

/** A match that may leave subjects out. */
export interface LeaveResult {
  /** Ascending by id. */
  readonly lines: readonly AssignmentLine[]
  /** The subjects left out, ascending by bytes. */
  readonly unassigned: readonly string[]
  /**
   * Why: everybody left out stands in one of these, and each can be checked alone (`isCertified`). Subjects who fail because
   * of the same inspectors share one proof, which says how much is missing for all of them.
   */
  readonly certificates: readonly Infeasible[]
  readonly report: MatchReport
}

/**
 * Matches, leaving out who cannot be met: a short subject itself; of a Hall set the last by rank, as few as have together
 * a demand of at least demand − crossing − cap · inspectors. Then all of M/1 runs again without them, until it ends well.
 */
export function matchOrLeave(problem: MatchProblem): LeaveResult {
  const { left, finished } = solve(problem)
  return { ...left, lines: finished.lines, report: finished.report }
}

/** `matchOrLeave`, and the highest probability with which one subject meets one inspector. */
export function matchAndMeasure(problem: MatchProblem): LeaveResult & { readonly highest: Probability } {
  const { ranked, left, finished } = solve(problem)
  const highest = highestPairProbability(ranked, finished.chain)
  return { ...left, lines: finished.lines, report: finished.report, highest }
}

/** Only who would be left out and why; nobody is matched. */
export function whoIsLeft(problem: MatchProblem): Pick<LeaveResult, 'unassigned' | 'certificates'> {
  return leaveUntilFeasible(rank(problem)).left
}

interface Left {
  readonly unassigned: readonly string[]
  readonly certificates: readonly Infeasible[]
}

function solve(problem: MatchProblem): { ranked: Ranked; left: Left; finished: Finished } {
  const { ranked, assigned, left } = leaveUntilFeasible(rank(problem))
  return { ranked, left, finished: finish(ranked, assigned) }
}

function leaveUntilFeasible(whole: Ranked): { ranked: Ranked; assigned: Assigned; left: Left } {
  const unassigned: string[] = []
  const certificates: Infeasible[] = []
  for (let ranked = whole; ;) {
    const leave = new Uint8Array(ranked.subjects.length)
    const halls = new Set<HallRank>()
    const outcome = assign(ranked, leavingAlone(ranked, leave, halls))
    if (outcome.kind === 'assigned' && !leave.includes(1))
      return { ranked, assigned: outcome, left: { unassigned: unassigned.sort(compareAscii), certificates } }
    if (outcome.kind === 'short') leaveEveryShort(ranked, leave, certificates)
    if (outcome.kind === 'hall' && !halls.has(outcome)) {
      halls.add(outcome)
      for (const o of lastOf(ranked, outcome)) leave[o] = 1
    }
    for (const hall of halls) certificates.push(named(ranked, hall))
    for (const [o, id] of ranked.subjects.entries()) if (leave[o] === 1) unassigned.push(id)
    ranked = without(ranked, leave)
  }
}

// A subject fails in ASSIGN exactly when it cannot be met beside all those served before it, whatever the stream brought, so
// ASSIGN may take it back and go on, and one run says who leaves, instead of a thousand. Only where even the start load is
// above the cap may several have to leave at once, or the cap be passed: then we begin again.
function leavingAlone(ranked: Ranked, leave: Uint8Array, halls: Set<HallRank>): Leaving {
  const mayGoOn = startLoad(ranked.total, ranked.inspectors.length) <= ranked.cap
  return (hall, o, known) => {
    for (const p of known ? [o] : lastOf(ranked, hall)) leave[p] = 1
    halls.add(hall)
    return mayGoOn ? 'leave' : 'stop'
  }
}

// Whether a subject is short depends on nobody else, so all of them can leave at once, in rank order.
function leaveEveryShort(ranked: Ranked, leave: Uint8Array, certificates: Infeasible[]): void {
  const candidates = new Candidates(ranked)
  for (let o = 0; o < leave.length; o++) {
    if (candidates.count(o) >= ranked.demand[o]!) continue
    leave[o] = 1
    certificates.push(named(ranked, { kind: 'short', subject: o }))
  }
}

function lastOf(ranked: Ranked, hall: HallRank): number[] {
  let excess = hall.demand - hall.crossing - ranked.cap * hall.inspectors.length
  const last: number[] = []
  for (let k = hall.subjects.length - 1; excess > 0; k--) {
    const o = hall.subjects[k]!
    last.push(o)
    excess -= ranked.demand[o]!
  }
  return last
}
