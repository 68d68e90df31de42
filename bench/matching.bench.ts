// M/1 at the size of a province's year, next to the naive thing an office script does: pick at random among who is free.
// Run: npx tsx bench/matching.bench.ts   (SUBJECTS, INSPECTORS and PER_MILLE of conflicts may be set by environment)

import { performance } from 'node:perf_hooks'
import { match } from '../draw/src/matching/match.ts'
import type { MatchProblem } from '../draw/src/matching/problem.ts'
import { Stream, stageKey } from '../draw/src/stream.ts'

const SEED = '5e'.repeat(32)

function setting(name: string, otherwise: number): number {
  return Number(process.env[name] ?? otherwise)
}

/** Subjects × demand 2, all of one class; random conflict pairs, `perMille` of all pairs. */
function randomProblem(subjects: number, inspectors: number, perMille: number): MatchProblem {
  const random = new Stream('sha256', stageKey('sha256', SEED, 'bench'))
  const ids = Array.from({ length: subjects }, (_, k) => `91330100MA27${String(k).padStart(6, '0')}`)
  const people = Array.from({ length: inspectors }, (_, k) => `p${String(k).padStart(5, '0')}`)
  const count = Math.floor((subjects * inspectors * perMille) / 1000)
  const conflicts = Array.from(
    { length: count },
    () => [ids[random.below(subjects)]!, people[random.below(inspectors)]!] as const,
  )
  return {
    alg: 'sha256',
    seed: SEED,
    stage: 'match',
    authority: 'd01',
    subjects: ids.map((id) => ({ id, cls: 'general', demand: 2 })),
    inspectors: people,
    eligible: new Map([['general', people]]),
    conflicts,
    cap: 1000,
    tau: { num: 1, den: 4 },
    mix: 20,
  }
}

/** The peer: Math.random among those eligible, without conflict, below the average load + 25 %; no proof, no uniformity. */
function randomGreedy(problem: MatchProblem): number {
  const barred = new Map(problem.subjects.map((s) => [s.id, new Set<string>()]))
  for (const [subject, inspector] of problem.conflicts) barred.get(subject)?.add(inspector)
  const load = new Map(problem.inspectors.map((i) => [i, 0]))
  const visits = problem.subjects.reduce((sum, s) => sum + s.demand, 0)
  const most = Math.ceil((1.25 * visits) / problem.inspectors.length)
  let unmet = 0
  for (const s of problem.subjects) {
    const eligible = problem.eligible.get(s.cls) ?? []
    const free = eligible.filter((i) => !barred.get(s.id)!.has(i) && load.get(i)! < most)
    for (let k = 0; k < s.demand; k++) {
      const i = free.splice(Math.floor(Math.random() * free.length), 1)[0]
      if (i === undefined) unmet++
      else load.set(i, load.get(i)! + 1)
    }
  }
  return unmet
}

function timed<T>(work: () => T): { ms: number; value: T } {
  const began = performance.now()
  const value = work()
  return { ms: performance.now() - began, value }
}

const problem = randomProblem(
  setting('SUBJECTS', 50_000),
  setting('INSPECTORS', 2000),
  setting('PER_MILLE', 10),
)
console.log(
  `${problem.subjects.length} subjects × 2, ${problem.inspectors.length} inspectors, ${problem.conflicts.length} conflicts`,
)
const runs = Array.from({ length: 3 }, () => timed(() => match(problem)))
const greedy = Array.from({ length: 3 }, () => timed(() => randomGreedy(problem)))
const best = Math.min(...runs.map((r) => r.ms))
const peer = Math.min(...greedy.map((r) => r.ms))
console.log(
  `M/1            ${runs.map((r) => r.ms.toFixed(0)).join(', ')} ms   ${JSON.stringify(runs[0]!.value.ok && runs[0]!.value.report)}`,
)
console.log(`random greedy  ${greedy.map((r) => r.ms.toFixed(0)).join(', ')} ms   unmet ${greedy[0]!.value}`)
console.log(`ratio M/1 : random greedy (best of 3 each) = ${(best / peer).toFixed(2)}`)
