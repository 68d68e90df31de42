// A match problem with names turned into ranks: everybody in ticket order, conflicts as sorted rows of integers.

import { compareAscii } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { stageKey, Stream } from '../stream.ts'
import { KeyedHash } from '../keyed-hash.ts'
import type { MatchProblem, Tolerance } from './problem.ts'

/** Rows of integers in one array: row r is `entries[start[r]]` up to `entries[start[r + 1]]`, ascending. */
export interface Rows {
  readonly start: Int32Array
  readonly entries: Int32Array
}

/** A match problem by rank: subjects 0…nO−1 and inspectors 0…nI−1, each in order of (ticket, id). */
export interface Ranked {
  readonly subjects: readonly string[]
  readonly inspectors: readonly string[]
  readonly classes: readonly string[]
  /** Per subject. */
  readonly demand: Int32Array
  readonly classOf: Int32Array
  /** T, the sum of the demands. */
  readonly total: number
  /** Per class, the ranks of the eligible inspectors. */
  readonly eligible: Rows
  /** Per subject, the ranks of all inspectors in conflict with it. */
  readonly conflicts: Rows
  readonly cap: number
  readonly tau: Tolerance
  readonly mix: number
  /** A fresh stream of one of the two streaming stages. */
  readonly stream: (use: 'assign' | 'mix') => Stream
}

/** Ranks a problem. Throws a `RangeError` on repeated ids and on numbers outside their ranges. */
export function rank(problem: MatchProblem): Ranked {
  checkNumbers(problem)
  const { alg, seed } = problem
  const key = (use: string): string => stageKey(alg, seed, `${problem.stage}/${problem.authority}/${use}`)
  const order = ticketOrder(
    alg,
    key('subjects'),
    problem.subjects.map((s) => s.id),
  )
  const rows = Array.from(order, (at) => problem.subjects[at]!)
  const subjects = rows.map((s) => s.id)
  const inspectors = Array.from(
    ticketOrder(alg, key('inspectors'), problem.inspectors),
    (at) => problem.inspectors[at]!,
  )
  const rankOfInspector = rankById(inspectors)
  const classes = [...new Set(rows.map((s) => s.cls))].sort(compareAscii)
  const rankOfClass = rankById(classes)
  return {
    subjects,
    inspectors,
    classes,
    demand: Int32Array.from(rows, (s) => s.demand),
    classOf: Int32Array.from(rows, (s) => rankOfClass.get(s.cls)!),
    total: rows.reduce((sum, s) => sum + s.demand, 0),
    eligible: eligibleRows(problem, classes, rankOfInspector),
    conflicts: conflictRows(problem.conflicts, rankById(subjects), rankOfInspector),
    cap: problem.cap,
    tau: problem.tau,
    mix: problem.mix,
    stream: (use) => new Stream(alg, key(use)),
  }
}

/** The problem that is left without some subjects; everybody else keeps their order. `leave[rank]` ≠ 0 leaves. */
export function without(ranked: Ranked, leave: Uint8Array): Ranked {
  const stay = Array.from(ranked.subjects.keys()).filter((o) => leave[o] === 0)
  const demand = Int32Array.from(stay, (o) => ranked.demand[o]!)
  const { start, entries } = ranked.conflicts
  const rows = stay.map((o) => entries.subarray(start[o]!, start[o + 1]!))
  return {
    ...ranked,
    subjects: stay.map((o) => ranked.subjects[o]!),
    demand,
    classOf: Int32Array.from(stay, (o) => ranked.classOf[o]!),
    total: demand.reduce((sum, d) => sum + d, 0),
    conflicts: joinRows(rows),
  }
}

/** The positions of `ids` in order of (ticket, id), the ticket being H(hex key ‖ id). Throws on a repeated id. */
function ticketOrder(alg: Alg, key: string, ids: readonly string[]): Uint32Array {
  const hash = new KeyedHash(alg, key)
  const tickets = new Uint32Array(8 * ids.length)
  ids.forEach((id, at) => tickets.set(hash.words(id), 8 * at))
  const order = Uint32Array.from(ids.keys()).sort((a, b) => {
    for (let k = 0; k < 8; k++) {
      const x = tickets[8 * a + k]!
      const y = tickets[8 * b + k]!
      if (x !== y) return x < y ? -1 : 1
    }
    return compareAscii(ids[a]!, ids[b]!)
  })
  for (let k = 1; k < order.length; k++)
    if (ids[order[k]!] === ids[order[k - 1]!]) throw new RangeError(`repeated id: ${ids[order[k]!]}`)
  return order
}

function within(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most
}

function checkNumbers(problem: MatchProblem): void {
  if (!within(problem.cap, 1, 1e9)) throw new RangeError('cap is an integer from 1 to 10^9')
  if (!within(problem.mix, 0, 1000)) throw new RangeError('mix is an integer from 0 to 1000')
  if (!within(problem.tau.num, 0, 1e6) || !within(problem.tau.den, 1, 1e6))
    throw new RangeError('tau is num/den with num from 0, den from 1, both at most 10^6')
  for (const s of problem.subjects)
    if (!within(s.demand, 1, 1e6)) throw new RangeError(`demand of ${s.id} is an integer from 1 to 10^6`)
}

function rankById(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, at) => [id, at]))
}

function eligibleRows(problem: MatchProblem, classes: readonly string[], rankOf: Map<string, number>): Rows {
  return joinRows(
    classes.map((cls) => {
      const ranks = new Set<number>()
      for (const id of problem.eligible.get(cls) ?? []) {
        const i = rankOf.get(id)
        if (i !== undefined) ranks.add(i)
      }
      return Int32Array.from(ranks).sort()
    }),
  )
}

// Two passes of counting sort, by inspector and then by subject, because there may be a million pairs.
function conflictRows(
  pairs: MatchProblem['conflicts'],
  rankOfSubject: Map<string, number>,
  rankOfInspector: Map<string, number>,
): Rows {
  const o = new Int32Array(pairs.length)
  const i = new Int32Array(pairs.length)
  let n = 0
  for (const [subject, inspector] of pairs) {
    const so = rankOfSubject.get(subject)
    const si = rankOfInspector.get(inspector)
    if (so === undefined || si === undefined) continue
    o[n] = so
    i[n++] = si
  }
  const byInspector = countingSort(i.subarray(0, n), undefined, rankOfInspector.size)
  const byBoth = countingSort(o.subarray(0, n), byInspector.order, rankOfSubject.size)
  return withoutRepeats(byBoth.start, byBoth.order, i)
}

function countingSort(
  keys: Int32Array,
  before: Int32Array | undefined,
  bound: number,
): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(bound + 1)
  for (const key of keys) start[key + 1]!++
  for (let k = 0; k < bound; k++) start[k + 1]! += start[k]!
  const next = start.slice()
  const order = new Int32Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    const at = before === undefined ? k : before[k]!
    order[next[keys[at]!]!++] = at
  }
  return { start, order }
}

function withoutRepeats(start: Int32Array, order: Int32Array, values: Int32Array): Rows {
  const entries = new Int32Array(order.length)
  const kept = new Int32Array(start.length)
  let n = 0
  for (let row = 0; row + 1 < start.length; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) {
      const value = values[order[k]!]!
      if (n === kept[row] || entries[n - 1] !== value) entries[n++] = value
    }
    kept[row + 1] = n
  }
  return { start: kept, entries: entries.subarray(0, n) }
}

function joinRows(rows: readonly Int32Array[]): Rows {
  const start = new Int32Array(rows.length + 1)
  rows.forEach((row, r) => (start[r + 1] = start[r]! + row.length))
  const entries = new Int32Array(start[rows.length]!)
  rows.forEach((row, r) => entries.set(row, start[r]!))
  return { start, entries }
}
