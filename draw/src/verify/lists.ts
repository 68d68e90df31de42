// The committed lists as the checks need them: each read once, the population in a single pass.

import { surveyPopulation, type PopulationSurvey } from '../choose/survey.ts'
import { thresholdsOf, tooFew } from '../choose/subjects.ts'
import { kernelFor, type Refused } from '../kernel/index.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { stageKey } from '../stream.ts'
import { type Context, listOf } from './context.ts'
import { seedOfBundle } from './seed.ts'

/** The readings of a bundle's committed lists; an absent list is left out. */
export interface Lists {
  readonly population?: ({ readonly ok: true } & PopulationSurvey) | ({ readonly ok: false } & Refused)
  readonly exclusionIds: readonly string[]
}

/** Reads the lists, once for all checks. */
export function lists(context: Context): Lists {
  return context.once('lists', () => {
    const exclusions = listOf(context, 'exclusions.tsv')
    const exclusionIds = exclusions ? readCells(exclusions).map(([id = '']) => id) : []
    const c = context.manifests.commit?.value
    if (!c || !context.files.names.includes('population.tsv')) return { exclusionIds }
    return { exclusionIds, population: survey(context, c, exclusionIds) }
  })
}

/** The strata with their quotas, where the design has them. */
export function quotasIn(c: Commitment): { code: string; rows: number; n: number }[] | undefined {
  if (c.design.kind !== 'ratio' && c.design.kind !== 'total') return undefined
  return c.strata.map((s) => ({ code: s.code, rows: s.rows, n: s.n ?? 0 }))
}

function survey(
  context: Context,
  c: Commitment,
  exclusionIds: readonly string[],
): NonNullable<Lists['population']> {
  const kernel = kernelFor(c.alg)
  const seed = seedOfBundle(context)
  const quotas = quotasIn(c)
  const strata = c.strata.map((s) => s.code)
  const sorted = exclusionIds.every((id, i) => i === 0 || (exclusionIds[i - 1] as string) < id)
  const thresholds = quotas ? thresholdsOf(quotas) : []
  const key = seed && quotas ? stageKey(c.alg, seed, 'objects') : undefined
  for (;;) {
    const wanted = {
      strata,
      exclusionIds: sorted ? exclusionIds : [],
      ...(key ? { draw: { key, thresholds } } : {}),
    }
    const result = surveyPopulation(kernel, context.files.chunks('population.tsv'), wanted)
    if ('ok' in result) return result
    const wider = key && quotas && countsFit(c, result) ? tooFew(quotas, result.scan.candidates) : []
    if (wider.length === 0) return { ok: true, ...result }
    for (const i of wider) thresholds[i] = (thresholds[i] as bigint) * 2n
  }
}

/** Whether every stratum has the committed rows; only then can a wider scan find what is missing. */
function countsFit(c: Commitment, found: PopulationSurvey): boolean {
  return c.strata.every((s, i) => found.scan.counts[i] === s.rows)
}
