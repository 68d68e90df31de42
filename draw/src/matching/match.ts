// M/1, the whole: ASSIGN, SMOOTH, MIX and the lines that come out of it.

import { compareAscii } from '../bytes.ts'
import { type Assigned, assign, type HallRank, type ShortRank } from './assign.ts'
import { bandOf, Chain, proposalsFor } from './mix.ts'
import {
  type AssignmentLine,
  type Infeasible,
  type MatchProblem,
  type MatchReport,
  type MatchResult,
  sortedLines,
} from './problem.ts'
import { rank, type Ranked } from './ranked.ts'
import { smooth } from './smooth.ts'

/** Matches by M/1. Pure; throws a `RangeError` on repeated ids or numbers outside their ranges. */
export function match(problem: MatchProblem): MatchResult {
  const ranked = rank(problem)
  const assigned = assign(ranked)
  if (assigned.kind !== 'assigned') return { ok: false, infeasible: named(ranked, assigned) }
  const { lines, report } = finish(ranked, assigned)
  return { ok: true, lines, report }
}

/** A mixed match: its lines, its report, and the chain as it stands after the R proposals. */
export interface Finished {
  readonly lines: readonly AssignmentLine[]
  readonly report: MatchReport
  readonly chain: Chain
}

/** SMOOTH, MIX and output of a full assignment. */
export function finish(ranked: Ranked, assigned: Assigned): Finished {
  const nI = ranked.inspectors.length
  const smoothed = smooth(assigned, nI)
  const band = bandOf(assigned.loads, nI, ranked.tau, ranked.cap)
  const chain = new Chain(ranked, assigned.loads, assigned.candidates, band)
  const proposals = proposalsFor(ranked.total, ranked.mix)
  chain.run(proposals)
  const report = {
    ...band,
    augmentations: assigned.augmentations,
    raises: assigned.raises,
    smooth: smoothed,
    proposals,
    swaps: chain.swaps,
    moves: chain.moves,
  }
  return { lines: linesOf(ranked, chain), report, chain }
}

/** The ids of what a failed ASSIGN found by rank. */
export function named(ranked: Ranked, failed: ShortRank | HallRank): Infeasible {
  if (failed.kind === 'hall') {
    return {
      kind: 'hall',
      subjects: failed.subjects.map((o) => ranked.subjects[o]!).sort(compareAscii),
      inspectors: failed.inspectors.map((i) => ranked.inspectors[i]!).sort(compareAscii),
      demand: failed.demand,
      crossing: failed.crossing,
      cap: ranked.cap,
    }
  }
  const o = failed.subject
  return {
    kind: 'short',
    subject: ranked.subjects[o]!,
    demand: ranked.demand[o]!,
    inspectors: candidateIds(ranked, o).sort(compareAscii),
  }
}

function candidateIds(ranked: Ranked, o: number): string[] {
  const { eligible, conflicts } = ranked
  const barred = new Set(conflicts.entries.subarray(conflicts.start[o]!, conflicts.start[o + 1]!))
  const c = ranked.classOf[o]!
  const row = eligible.entries.subarray(eligible.start[c]!, eligible.start[c + 1]!)
  return Array.from(row)
    .filter((i) => !barred.has(i))
    .map((i) => ranked.inspectors[i]!)
}

function linesOf(ranked: Ranked, chain: Chain): AssignmentLine[] {
  const lines = ranked.subjects.map((id, o) => ({
    id,
    inspectors: Array.from(
      chain.at.subarray(chain.first[o]!, chain.first[o + 1]!),
      (i) => ranked.inspectors[i]!,
    ),
  }))
  return sortedLines(lines)
}
