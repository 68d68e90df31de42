// The pseudo-code of protocol section 8 written out with arrays and sets, as slow and as plain as it stands there.

import { compareAscii } from '../src/bytes.ts'
import type { MatchProblem } from '../src/matching/problem.ts'
import { Stream, stageKey } from '../src/stream.ts'
import { allowed, inTicketOrder } from './matching-cases.ts'

export interface Reference {
  readonly infeasible?: string
  readonly lines?: Record<string, string[]>
  readonly report?: Record<string, number>
  /** The highest num/den over pairs of groups, from K further blocks. */
  readonly highest?: { readonly num: number; readonly den: number }
}

function asc(set: Iterable<number>): number[] {
  return [...set].sort((a, b) => a - b)
}

/** M/1 line by line, in the names of the protocol. */
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
      for (let i = Q.shift(); end === undefined && i !== undefined; i = Q.shift()) {
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
            .sort((a, b) => (a! < b! ? -1 : 1))
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
    const classes = [...new Set(problem.subjects.map((s) => s.cls))].sort()
    const subjectKey = S.map((id, o) => `${subject.get(id)!.cls} ${d[o]}`)
    const inspectorKey = I.map((id) => classes.filter((c) => problem.eligible.get(c)!.includes(id)).join())
    const conflicting = new Set(problem.conflicts.map((c) => c.join()))
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
      const size = S.reduce(
        (sum, s, o) =>
          sum +
          I.filter((i, r) => subjectKey[o] === g && inspectorKey[r] === h && !conflicting.has(`${s},${i}`))
            .length,
        0,
      )
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
