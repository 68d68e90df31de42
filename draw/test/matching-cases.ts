// Random small problems, and three plain readings of them that share no code with the matcher: the pseudo-code of the
// protocol written out with arrays, a max-flow, and an enumeration of all assignments.

import { compareAscii } from '../src/bytes.ts'
import { hashHex } from '../src/hash.ts'
import { utf8 } from '../src/bytes.ts'
import type { MatchProblem } from '../src/matching/problem.ts'
import { Stream, stageKey } from '../src/stream.ts'

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

export interface Reference {
  readonly infeasible?: string
  readonly lines?: Record<string, string[]>
  readonly report?: Record<string, number>
  /** Per group pair the count and sizes: highest num/den over K further blocks. */
  readonly highest?: { readonly num: number; readonly den: number }
}

/** The pseudo-code of protocol section 8, line by line. */
export function reference(problem: MatchProblem): Reference {
  const may = allowed(problem)
  const S = inTicketOrder(
    problem,
    'subjects',
    problem.subjects.map((s) => s.id),
  )
  const I = inTicketOrder(problem, 'inspectors', problem.inspectors)
  const subject = new Map(problem.subjects.map((s) => [s.id, s]))
  const d = S.map((id) => subject.get(id)!.demand)
  const A = S.map((id) => I.flatMap((i, r) => (may.get(id)!.includes(i) ? [r] : [])))
  const stream = (use: string): Stream =>
    new Stream(
      problem.alg,
      stageKey(problem.alg, problem.seed, `${problem.stage}/${problem.authority}/${use}`),
    )
  const short = A.findIndex((a, o) => a.length < d[o]!)
  if (short >= 0) return { infeasible: `short ${S[short]}` }
  const T = d.reduce((sum, n) => sum + n, 0)
  const asg = S.map(() => new Set<number>())
  const held = I.map(() => new Set<number>())
  const load = (i: number): number => held[i]!.size
  const add = (o: number, i: number): void => void (asg[o]!.add(i), held[i]!.add(o))
  const del = (o: number, i: number): void => void (asg[o]!.delete(i), held[i]!.delete(o))
  const asc = (set: Iterable<number>): number[] => [...set].sort((a, b) => a - b)
  const G = stream('assign')
  let u = Math.ceil(T / I.length)
  let augmentations = 0
  let raises = 0
  for (let o = 0; o < S.length; o++)
    while (asg[o]!.size < d[o]!) {
      const c = A[o]!.filter((i) => !asg[o]!.has(i) && load(i) < u)
      if (c.length > 0) {
        const least = Math.min(...c.map(load))
        const q = c.filter((i) => load(i) === least)
        add(o, q[G.below(q.length)]!)
        continue
      }
      const par = new Map<number, [number, number | undefined]>()
      const seen = new Set([o])
      const Q: number[] = []
      let end: number | undefined
      const expand = (p: number, f: number | undefined): void => {
        for (const i of A[p]!) {
          if (par.has(i) || asg[p]!.has(i)) continue
          par.set(i, [p, f])
          if (load(i) < u) return void (end = i)
          Q.push(i)
        }
      }
      expand(o, undefined)
      while (end === undefined && Q.length > 0) {
        const i = Q.shift()!
        for (const p of asc(held[i]!)) {
          if (seen.has(p)) continue
          seen.add(p)
          expand(p, i)
          if (end !== undefined) break
        }
      }
      if (end !== undefined) {
        for (let i = end; ;) {
          const [p, f] = par.get(i)!
          if (f !== undefined) del(p, f)
          add(p, i)
          if (f === undefined) break
          i = f
        }
        augmentations++
        continue
      }
      const Dm = asc(seen).reduce((sum, p) => sum + d[p]!, 0)
      const X = asc(seen).reduce((sum, p) => sum + asc(asg[p]!).filter((i) => !par.has(i)).length, 0)
      const need = Math.ceil((Dm - X) / par.size)
      if (need > problem.cap)
        return {
          infeasible: `hall ${asc(seen)
            .map((p) => S[p])
            .sort()
            .join()} ${Dm} ${X} ${par.size}`,
        }
      u = need
      raises++
    }
  if (T > problem.cap * I.length) return { infeasible: `hall ${S.toSorted().join()} ${T} 0 ${I.length}` }
  let smooth = 0
  const closed = new Set<number>()
  let L = Math.max(...I.map((_, i) => load(i)))
  while (L >= 2) {
    const Q = asc(I.keys()).filter((i) => load(i) === L && !closed.has(i))
    const par = new Map<number, [number, number] | undefined>(Q.map((i) => [i, undefined]))
    let end: number | undefined
    bfs: for (let at = 0; at < Q.length; at++)
      for (const p of asc(held[Q[at]!]!))
        for (const j of A[p]!) {
          if (par.has(j) || closed.has(j) || asg[p]!.has(j)) continue
          par.set(j, [p, Q[at]!])
          if (load(j) <= L - 2) {
            end = j
            break bfs
          }
          Q.push(j)
        }
    if (end === undefined) {
      for (const i of Q) closed.add(i)
      L--
      continue
    }
    smooth++
    for (let i = end, step = par.get(i); step !== undefined; step = par.get(i)) {
      del(step[0], step[1])
      add(step[0], i)
      i = step[1]
    }
  }
  const M = stream('mix')
  const { num, den } = problem.tau
  const um = Math.max(...I.map((_, i) => load(i)))
  const lm = Math.min(...I.map((_, i) => load(i)))
  const u2 = Math.min(problem.cap, Math.ceil((um * (den + num)) / den))
  const l2 = num >= den ? 0 : Math.floor((lm * (den - num)) / den)
  const ob = S.flatMap((_, o) => asc(asg[o]!).map(() => o))
  const at = S.flatMap((_, o) => asc(asg[o]!))
  const SL = (i: number): number[] => asc(at.keys()).filter((x) => at[x] === i)
  const holds = (o: number, i: number): boolean => at.some((a, x) => a === i && ob[x] === o)
  let swaps = 0
  let moves = 0
  const propose = (): void => {
    const x = M.below(T)
    const o = ob[x]!
    const i = at[x]!
    const j = A[o]![M.below(A[o]!.length)]!
    const y = M.below(u2)
    if (holds(o, j)) return
    const slots = SL(j)
    if (y < slots.length) {
      const t = slots[y]!
      const p = ob[t]!
      if (!A[p]!.includes(i) || holds(p, i)) return
      at[x] = j
      at[t] = i
      swaps++
    } else if (y === slots.length && SL(i).length > l2) {
      at[x] = j
      moves++
    }
  }
  const R = Math.max(2000, problem.mix * T)
  for (let k = 0; k < R; k++) propose()
  const lines = Object.fromEntries(S.map((id, o) => [id, I.filter((_, i) => holds(o, i)).sort(compareAscii)]))
  const report = { um, lm, u2, l2, augmentations, raises, smooth, proposals: R, swaps, moves }
  return { lines, report, highest: measured() }

  function measured(): { num: number; den: number } {
    const K = Math.min(400, Math.max(16, Math.floor(2_000_000 / T)))
    const conflictsOf = (key: 0 | 1, id: string): string[] =>
      [...new Set(problem.conflicts.filter((c) => c[key] === id).map((c) => c[1 - key]!))].sort()
    const subjectKey = S.map((id, o) => `${subject.get(id)!.cls} ${d[o]} ${conflictsOf(0, id).join()}`)
    const classes = [...new Set(problem.subjects.map((s) => s.cls))].sort()
    const inspectorKey = I.map(
      (id) =>
        `${classes.filter((c) => problem.eligible.get(c)!.includes(id)).join()} ${conflictsOf(1, id).join()}`,
    )
    const counts = new Map<string, number>()
    for (let k = 0; k < K; k++) {
      for (let n = 0; n < T; n++) propose()
      at.forEach((i, x) => {
        const pair = `${subjectKey[ob[x]!]}|${inspectorKey[i]}`
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      })
    }
    let best = { num: 0, den: 1 }
    for (const [pair, num] of counts) {
      const [g, h] = pair.split('|')
      const size = subjectKey.filter((k) => k === g).length * inspectorKey.filter((k) => k === h).length
      const here = { num, den: K * size }
      if (
        num * best.den > best.num * here.den ||
        (num * best.den === best.num * here.den && here.den < best.den)
      )
        best = here
    }
    return best
  }
}
