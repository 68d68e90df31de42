// The draw of subjects under each design: selection.tsv or batches.tsv, and how the certificate reports it (spec 5).

import { compareAscii, toHex } from '../bytes.ts'
import { type Candidates, rankByStratum, thresholdFor, ticketOf } from '../kernel/index.ts'
import { linesBytes, listBytes, selectionBytes } from '../lists/write.ts'
import type { ClassLine, Fraction, StratumLine } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { ppsClasses } from './pps.ts'
import { rankIds } from './rank.ts'

/** One who was drawn. */
export interface Drawn {
  readonly id: string
  readonly stratum: string
}

/** The drawn subjects with the bytes of their list and the certificate's lines about them. */
export interface SubjectDraw {
  readonly list: { readonly name: 'selection.tsv' | 'batches.tsv'; readonly bytes: Uint8Array }
  readonly drawn: readonly Drawn[]
  readonly strata: readonly StratumLine[]
  readonly classes?: readonly ClassLine[]
  readonly leastPi: Fraction
}

/** A population in memory, for the designs that rank it whole. */
export interface Subject extends Drawn {
  readonly weight: number
}

type Counted = { readonly code: string; readonly rows: number; readonly n: number }

/** The threshold of each stratum for the first scan of a ratio or total draw. */
export function thresholdsOf(strata: readonly Counted[]): bigint[] {
  return strata.map((s) => thresholdFor(s.n, s.rows))
}

/** Which strata got too few candidates (n + 1, or all) and must be scanned again with a wider threshold. */
export function tooFew(strata: readonly Counted[], candidates: Candidates): number[] {
  const found = strata.map(() => 0)
  for (const s of candidates.strata) found[s] = (found[s] ?? 0) + 1
  return strata.flatMap((s, i) => ((found[i] ?? 0) < Math.min(s.n + 1, s.rows) ? [i] : []))
}

/** Draws the n lowest tickets of every stratum from its candidates. */
export function drawByStratum(strata: readonly Counted[], candidates: Candidates): SubjectDraw {
  const ranked = rankByStratum(candidates, strata.length)
  const drawn: Drawn[] = []
  const places: number[] = []
  const report = strata.map((s, i): StratumLine => {
    const own = ranked[i] ?? []
    const ticket = (at: number): string => toHex(ticketOf(candidates, own[at] as number))
    for (const place of own.slice(0, s.n)) {
      places.push(place)
      drawn.push({ id: candidates.ids[place] as string, stratum: s.code })
    }
    const cut = s.n > 0 ? { cut: ticket(s.n - 1) } : {}
    const next = s.n < s.rows ? { next: ticket(s.n) } : {}
    return { code: s.code, rows: s.rows, n: s.n, pi: fraction(s.n, s.rows), ...cut, ...next }
  })
  return {
    list: {
      name: 'selection.tsv',
      bytes: selectionBytes(drawn, (i) => ticketOf(candidates, places[i] as number)),
    },
    drawn,
    strata: report,
    leastPi: least(report.map((s) => s.pi as Fraction)),
  }
}

/** Class-quota PPS over the whole population. */
export function drawByWeight(
  c: Commitment,
  seed: string,
  subjects: readonly Subject[],
  n: number,
): SubjectDraw {
  const byWeight = groupBy(subjects, (s) => s.weight)
  const stratumOf = new Map(subjects.map((s) => [s.id, s.stratum]))
  const rows = new Map([...byWeight].map(([weight, group]) => [weight, group.length]))
  const lines: string[][] = []
  const classes = ppsClasses(c.alg, seed, n, rows).map((k): ClassLine => {
    const ids = (byWeight.get(k.weight) ?? []).map((s) => s.id)
    const ranked = rankIds(c.alg, seed, 'objects', ids)
    for (const r of ranked.slice(0, k.n)) lines.push([r.id, stratumOf.get(r.id) as string, r.ticket])
    const cut = k.n > 0 ? { cut: ranked[k.n - 1]?.ticket as string } : {}
    const next = k.n < k.rows ? { next: ranked[k.n]?.ticket as string } : {}
    return {
      weight: k.weight,
      rows: k.rows,
      n: k.n,
      pi: { num: `${k.num}`, den: `${k.den}` },
      ...cut,
      ...next,
    }
  })
  const key = (line: readonly string[]): string => `${line[1]}\t${line[2]}\t${line[0]}`
  const ordered = lines.toSorted((a, b) => compareAscii(key(a), key(b)))
  const drawnOf = groupBy(ordered, (line) => line[1])
  return {
    list: { name: 'selection.tsv', bytes: linesBytes(ordered) },
    drawn: ordered.map(([id = '', stratum = '']) => ({ id, stratum })),
    strata: c.strata.map((s) => ({ code: s.code, rows: s.rows, n: drawnOf.get(s.code)?.length ?? 0 })),
    classes,
    leastPi: least(classes.map((k) => k.pi)),
  }
}

/** Everybody, in batches by ticket order. */
export function drawBatches(
  c: Commitment,
  seed: string,
  subjects: readonly Subject[],
  batches: number,
): SubjectDraw {
  const ids = subjects.map((s) => s.id)
  const total = BigInt(ids.length)
  const lines = rankIds(c.alg, seed, 'batch', ids).map((r, k) => [
    r.id,
    `${(BigInt(k) * BigInt(batches)) / total}`,
  ])
  return {
    list: { name: 'batches.tsv', bytes: listBytes(lines) },
    drawn: subjects.map(({ id, stratum }) => ({ id, stratum })),
    strata: c.strata.map((s) => ({ code: s.code, rows: s.rows, n: s.rows, pi: fraction(1, 1) })),
    leastPi: fraction(1, 1),
  }
}

/** The smallest of several fractions, the first of equals. */
export function least(all: readonly Fraction[]): Fraction {
  return all.reduce((best, f) =>
    BigInt(f.num) * BigInt(best.den) < BigInt(best.num) * BigInt(f.den) ? f : best,
  )
}

function fraction(num: number, den: number): Fraction {
  return { num: `${num}`, den: `${den}` }
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
