// `design:` of a plan file: how many are drawn, stated by stratum or by pattern, and expanded over the real strata.

import { fault, FaultCollector, type Place, planError, PlanFaults } from './faults.ts'
import { STRATUM_PATTERN } from './grammar.ts'
import {
  code,
  type Fraction,
  fraction,
  integer,
  map,
  mapNode,
  mapOf,
  placed,
  type Placed,
  type Rule,
} from './rules.ts'
import type { PlanNode } from './yaml-node.ts'

export interface RatioLine extends Fraction {
  readonly min: number
}

/** The design as the plan file states it; keys are strata or patterns. */
export type DesignSpec = Place &
  (
    | { readonly kind: 'ratio'; readonly lines: ReadonlyMap<string, Placed<RatioLine>> }
    | { readonly kind: 'total'; readonly n: number; readonly mins: ReadonlyMap<string, Placed<number>> }
    | { readonly kind: 'pps'; readonly n: number }
    | { readonly kind: 'coverage'; readonly batches: number }
  )

/** The design of the protocol, per stratum. */
export type Design =
  | {
      readonly kind: 'ratio'
      readonly ratios: readonly {
        readonly stratum: string
        readonly num: number
        readonly den: number
        readonly min: number
      }[]
    }
  | {
      readonly kind: 'total'
      readonly n: number
      readonly mins: readonly { readonly stratum: string; readonly min: number }[]
    }
  | { readonly kind: 'pps'; readonly n: number }
  | { readonly kind: 'coverage'; readonly batches: number }

/** A stratum and its subjects. */
export interface StratumRows {
  readonly code: string
  readonly rows: number
}

const above0: Rule<Fraction> = (node) => {
  const value = fraction(node)
  if (value.num === 0) throw fault(node, 'ratio_zero')
  return value
}
const ratioEntry = map({ ratio: above0 }, { min: integer(0) })
const ratioLine: Rule<RatioLine> = (node) => {
  if (node.kind === 'text') return { ...above0(node), min: 0 }
  const { ratio, min = 0 } = ratioEntry(node)
  return { ...ratio, min }
}

const pattern = code(STRATUM_PATTERN, 'stratum_pattern')
const DESIGNS: Readonly<Record<string, (node: PlanNode, place: Place) => DesignSpec>> = {
  ratio: (node, place) => ({ ...place, kind: 'ratio', lines: mapOf(pattern, placed(ratioLine))(node) }),
  total: (node, place) => {
    const { n, mins } = map({ n: integer(1) }, { mins: mapOf(pattern, placed(integer(0))) })(node)
    return { ...place, kind: 'total', n, mins: mins ?? new Map() }
  },
  pps: (node, place) => ({ ...place, kind: 'pps', ...map({ n: integer(1) })(node) }),
  coverage: (node, place) => ({ ...place, kind: 'coverage', ...map({ batches: integer(1) })(node) }),
}

/** Reads `design:`, which has exactly one of ratio, total, pps, coverage. */
export const designSpec: Rule<DesignSpec> = (node) => {
  const entries = [...mapNode(node).entries]
  const [first] = entries
  const known = Object.keys(DESIGNS).join(', ')
  if (!first || entries.length > 1)
    throw fault(node, 'design_one', { known, found: entries.map(([key]) => key).join(', ') })
  const read = Object.hasOwn(DESIGNS, first[0]) ? DESIGNS[first[0]] : undefined
  if (!read) throw fault(first[1], 'unknown_key', { key: first[0], known })
  return read(first[1], { path: first[1].path, line: first[1].line })
}

/**
 * The design over the register's strata (ascending). An exact line goes before patterns. Throws a CommandError for a
 * stratum without a line or with several patterns, a line without subjects (an empty stratum), a total too large.
 */
export function expandDesign(spec: DesignSpec, strata: readonly StratumRows[], file: string): Design {
  try {
    return expand(spec, strata)
  } catch (error) {
    throw error instanceof PlanFaults ? planError(file, error) : error
  }
}

function expand(spec: DesignSpec, strata: readonly StratumRows[]): Design {
  const population = strata.reduce((sum, s) => sum + s.rows, 0)
  if ((spec.kind === 'total' || spec.kind === 'pps') && spec.n > population)
    throw fault(spec, 'total_above_population', { n: spec.n, population })
  if (spec.kind === 'coverage' && spec.batches > population)
    throw fault(spec, 'batches_above_population', { batches: spec.batches, population })
  const codes = strata.map((s) => s.code)
  if (spec.kind === 'ratio') {
    const lines = assignPatterns(spec, spec.lines, codes)
    return {
      kind: 'ratio',
      ratios: codes.map((stratum, i) => {
        if (!lines[i]) throw new Error(`no line for ${stratum}`)
        const { num, den, min } = lines[i].value
        return { stratum, num, den, min }
      }),
    }
  }
  if (spec.kind === 'total') {
    const lines = assignPatterns(spec, spec.mins, codes, false)
    const mins = codes.map((stratum, i) => ({ stratum, min: lines[i]?.value ?? 0 }))
    const least = mins.reduce((sum, { min }, i) => sum + Math.min(min, strata[i]!.rows), 0)
    if (least > spec.n) throw fault(spec, 'mins_above_total', { n: spec.n, least })
    return { kind: 'total', n: spec.n, mins }
  }
  return spec.kind === 'pps' ? { kind: 'pps', n: spec.n } : { kind: 'coverage', batches: spec.batches }
}

/** The line of each stratum. Every line must be of some stratum; with `all`, every stratum must have a line. */
export function assignPatterns<T extends Place>(
  place: Place,
  lines: ReadonlyMap<string, T>,
  codes: readonly string[],
  all = true,
): (T | undefined)[] {
  const faults = new FaultCollector()
  const known = new Set(codes)
  const patterns = [...lines]
    .filter(([key]) => key.includes('*'))
    .map(([key, line]) => ({ key, line, hits: 0 }))
  for (const [key, line] of lines)
    if (!key.includes('*') && !known.has(key)) faults.add(line, 'empty_stratum', { stratum: key })
  const out = codes.map((stratum) => {
    const hits = patterns.filter(({ key }) => matches(key, stratum))
    for (const hit of hits) hit.hits++
    const exact = lines.get(stratum)
    if (exact) return exact
    const named = hits.length > 1 ? hits.filter(({ key }) => key !== '*') : hits
    if (named.length > 1)
      faults.add(named[1]!.line, 'stratum_in_two', { stratum, first: named[0]!.key, second: named[1]!.key })
    if (named.length === 0 && all) faults.add(place, 'stratum_without_line', { stratum })
    return named[0]?.line
  })
  for (const { key, line, hits } of patterns)
    if (hits === 0) faults.add(line, 'pattern_without_stratum', { pattern: key })
  faults.throwIfAny()
  return out
}

/** Whether a pattern covers a stratum: `*` alone covers all; else part by part, `*` standing for one whole part. */
export function matches(key: string, stratum: string): boolean {
  if (key === '*') return true
  const wanted = key.split('/')
  const parts = stratum.split('/')
  return wanted.length === parts.length && wanted.every((part, i) => part === '*' || part === parts[i])
}
