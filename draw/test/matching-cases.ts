// Random small problems, and plain readings of them that share no code with the matcher: a max-flow, and an enumeration of
// all assignments.

import { compareAscii, utf8 } from '../src/bytes.ts'
import { hashHex } from '../src/hash.ts'
import type { MatchProblem } from '../src/matching/problem.ts'
import { stageKey } from '../src/stream.ts'

/** CI runs the first number, SOAK=1 the second. */
export function soak(ci: number, long: number): number {
  return process.env['SOAK'] === '1' ? long : ci
}

/** A small deterministic generator: integers in [0, n). */
export function below(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    x = Math.imul(x ^ (x >>> 15), 0x85ebca6b)
    return ((x ^ (x >>> 13)) >>> 0) % n
  }
}

export function seedHex(n: number): string {
  return n.toString(16).padStart(64, '0')
}

/** A random problem; about half of them cannot be met. `mix` 1 keeps the many of them quick. */
export function randomProblem(n: number): MatchProblem {
  const pick = below(n + 1)
  const subjectCount = 1 + pick(30)
  const inspectors = Array.from({ length: 2 + pick(14) }, (_, k) => `a${k}`)
  const classes = Array.from({ length: 1 + pick(3) }, (_, k) => `c${k}`)
  const density = 3 + pick(8)
  const eligible = new Map(classes.map((cls) => [cls, inspectors.filter(() => pick(10) < density)]))
  const subjects = Array.from({ length: subjectCount }, (_, k) => ({
    id: `s${k}`,
    cls: classes[pick(classes.length)]!,
    demand: 1 + pick(2),
  }))
  const barred = pick(4)
  const conflicts = subjects.flatMap((s) =>
    inspectors.filter(() => pick(20) < barred).map((i) => [s.id, i] as const),
  )
  const visits = subjects.reduce((sum, s) => sum + s.demand, 0)
  const cap =
    pick(3) === 0 ? 1000 : Math.max(1, Math.ceil((visits * (8 + pick(12))) / 10 / inspectors.length))
  const tau = { num: pick(5), den: 4 }
  return {
    alg: 'sha256',
    seed: seedHex(n),
    stage: 'match',
    authority: 'd01',
    subjects,
    inspectors,
    eligible,
    conflicts,
    cap,
    tau,
    mix: 1,
  }
}

/** Candidates of each subject, read plainly. */
export function allowed(problem: MatchProblem): Map<string, string[]> {
  const barred = new Set(problem.conflicts.map(([s, i]) => `${s}\t${i}`))
  return new Map(
    problem.subjects.map((s) => [
      s.id,
      problem.inspectors.filter(
        (i) => problem.eligible.get(s.cls)?.includes(i) === true && !barred.has(`${s.id}\t${i}`),
      ),
    ]),
  )
}

/** The most visits that can be made when nobody makes more than `load`: a max-flow by augmenting paths. */
export function mostVisits(problem: MatchProblem, load: number, only?: ReadonlySet<string>): number {
  const may = allowed(problem)
  const held = new Map(problem.inspectors.map((i) => [i, new Set<string>()]))
  const tryPlace = (subject: string, visited: Set<string>): boolean => {
    for (const i of may.get(subject)!) {
      const mine = held.get(i)!
      if (visited.has(i) || mine.has(subject)) continue
      visited.add(i)
      if (mine.size < load) {
        mine.add(subject)
        return true
      }
      for (const other of mine)
        if (tryPlace(other, visited)) {
          mine.delete(other)
          mine.add(subject)
          return true
        }
    }
    return false
  }
  let visits = 0
  for (const s of problem.subjects)
    if (only === undefined || only.has(s.id))
      for (let k = 0; k < s.demand; k++) if (tryPlace(s.id, new Set())) visits++
  return visits
}

/** Every assignment that meets all demands, as "s0:a0,a1;s1:…", with its loads. For small problems. */
export function everyAssignment(problem: MatchProblem): Map<string, number[]> {
  const may = allowed(problem)
  const subjects = problem.subjects.toSorted((a, b) => compareAscii(a.id, b.id))
  const found = new Map<string, number[]>()
  const walk = (k: number, parts: string[], loads: readonly number[]): void => {
    const s = subjects[k]
    if (s === undefined) {
      found.set(parts.join(';'), [...loads])
      return
    }
    for (const team of subsets(may.get(s.id)!.toSorted(compareAscii), s.demand))
      walk(
        k + 1,
        [...parts, `${s.id}:${team.join()}`],
        loads.map((l, i) => l + Number(team.includes(problem.inspectors[i]!))),
      )
  }
  walk(
    0,
    [],
    problem.inspectors.map(() => 0),
  )
  return found
}

export function subsets(items: readonly string[], size: number): string[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, k) => subsets(items.slice(k + 1), size - 1).map((rest) => [item, ...rest]))
}

/** Ids in order of (ticket, id). */
export function inTicketOrder(problem: MatchProblem, use: string, ids: readonly string[]): string[] {
  const key = stageKey(problem.alg, problem.seed, `${problem.stage}/${problem.authority}/${use}`)
  const ticket = new Map(ids.map((id) => [id, hashHex(problem.alg, utf8(key + id))]))
  return ids.toSorted((a, b) => compareAscii(ticket.get(a)!, ticket.get(b)!) || compareAscii(a, b))
}
