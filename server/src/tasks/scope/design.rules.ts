// How many of each stratum are drawn: the draw's own arithmetic, so that what is shown is what is drawn (spec 5).

import { quotasOf, QuotaError } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'
import type { CreditClass, Profile } from '../../registers/index.ts'
import type { StrataBy, TaskDesign } from '../shapes.ts'

/** A stratum of the frame: `n` of its `rows` subjects are drawn, each with the probability n/rows. */
export interface Stratum {
  readonly code: string
  readonly rows: number
  readonly n: number
}

/** The stratum that a profile is in: a code of the grammar of draw-v1. */
export function stratumOf(profile: Pick<Profile, 'division' | 'industry' | 'class'>, by: StrataBy): string {
  switch (by) {
    case 'whole':
      return 'all'
    case 'class':
      return profile.class
    case 'industryClass':
      // `0`: no industry is known.
      return `${profile.industry.slice(0, 1) || '0'}/${profile.class}`
    case 'divisionClass':
      return `${profile.division}/${profile.class}`
  }
}

/** The class that a stratum is of; undefined where classes are not told apart. */
export function classOf(code: string): CreditClass | undefined {
  const last = code.split('/').at(-1)
  return last === 'A' || last === 'B' || last === 'C' || last === 'D' || last === 'N' ? last : undefined
}

/** The strata of a frame, ascending, with their subjects. */
export function strataOf(frame: readonly Profile[], by: StrataBy): readonly Omit<Stratum, 'n'>[] {
  const rows = new Map<string, number>()
  for (const profile of frame) {
    const code = stratumOf(profile, by)
    rows.set(code, (rows.get(code) ?? 0) + profile.subjects)
  }
  return [...rows]
    .map(([code, count]) => ({ code, rows: count }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** How many are drawn of each stratum; or why it cannot be so. */
export function drawnOf(
  strata: readonly Omit<Stratum, 'n'>[],
  design: TaskDesign,
): { readonly strata: readonly Stratum[]; readonly refusal?: Refusal } {
  if (strata.length === 0) return { strata: [] }
  if (design.kind === 'coverage') return { strata: strata.map((s) => ({ ...s, n: s.rows })) }
  try {
    const quotas = quotasOf(forDraw(strata, design), strata) ?? []
    return { strata: strata.map((s, at) => ({ ...s, n: quotas[at] ?? 0 })) }
  } catch (error) {
    if (!(error instanceof QuotaError)) throw error
    const there = strata.reduce((sum, { rows }) => sum + rows, 0)
    const refusal = { code: 'task.more_than_there', params: { there, wanted: totalOf(design) } }
    return { strata: strata.map((s) => ({ ...s, n: s.rows })), refusal }
  }
}

/** The ratio, in basis points, that a design asks of a class. */
export function ratioOf(
  design: TaskDesign & { readonly kind: 'ratio' },
  cls: CreditClass | undefined,
): number {
  return (cls === undefined ? undefined : design.byClass?.[cls]) ?? design.ratio
}

type Sampled = Exclude<TaskDesign, { readonly kind: 'coverage' }>

/** A design as the draw has it, over its strata. */
export function forDraw(
  strata: readonly Omit<Stratum, 'n'>[],
  design: Sampled,
): Parameters<typeof quotasOf>[0] {
  if (design.kind === 'total')
    return { kind: 'total', n: design.n, mins: strata.map(({ code }) => ({ stratum: code, min: 0 })) }
  return {
    kind: 'ratio',
    ratios: strata.map(({ code }) => ({
      stratum: code,
      num: ratioOf(design, classOf(code)),
      den: 10_000,
      min: 0,
    })),
  }
}

function totalOf(design: Sampled): number {
  return design.kind === 'total' ? design.n : 0
}
