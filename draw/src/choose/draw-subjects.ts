// The draw of subjects from a population file: surveyed in one pass, drawn under the committed design.

import { type Kernel, kernelFor, type Refused } from '../kernel/index.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { stageKey } from '../stream.ts'
import { QuotaError } from './quota.ts'
import {
  drawBatches,
  drawByStratum,
  drawByWeight,
  type Subject,
  type SubjectDraw,
  thresholdsOf,
  tooFew,
} from './subjects.ts'
import { type PopulationSurvey, surveyPopulation } from './survey.ts'

/** A population that was read, or the first line that is not as it must be. */
export type DrawSurvey = ({ readonly ok: true } & PopulationSurvey) | ({ readonly ok: false } & Refused)

/** What a survey reads. Without `seed` it only checks and counts. */
export interface SurveyFrom {
  readonly chunks: () => Iterable<Uint8Array>
  readonly exclusionIds: readonly string[]
  readonly seed?: string | undefined
  readonly kernel?: Kernel
}

type Framed = Pick<Commitment, 'alg' | 'design' | 'strata'>

/** Surveys a population for its draw; scans again where a stratum got too few candidates. */
export function surveyForDraw(c: Framed, from: SurveyFrom): DrawSurvey {
  const kernel = from.kernel ?? kernelFor(c.alg)
  const quotas = quotasIn(c)
  const thresholds = quotas ? thresholdsOf(quotas) : []
  const key = from.seed && quotas ? stageKey(c.alg, from.seed, 'objects') : undefined
  for (;;) {
    const found = surveyPopulation(kernel, from.chunks(), {
      strata: c.strata.map((s) => s.code),
      exclusionIds: from.exclusionIds,
      ...(key ? { draw: { key, thresholds } } : {}),
    })
    if ('ok' in found) return found
    const wider = key && quotas && countsFit(c, found) ? tooFew(quotas, found.scan.candidates) : []
    if (wider.length === 0) return { ok: true, ...found }
    for (const i of wider) thresholds[i] = 2n * (thresholds[i] as bigint)
  }
}

/** The draw under the committed design; nothing where the population is not the committed one. */
export function drawSubjects(
  c: Commitment,
  seed: string,
  survey: PopulationSurvey,
  population: () => Uint8Array,
): SubjectDraw | undefined {
  if (!countsFit(c, survey)) return undefined
  const quotas = quotasIn(c)
  if (quotas) return drawByStratum(quotas, survey.scan.candidates)
  const subjects = subjectsOf(population())
  if (c.design.kind === 'coverage') return drawBatches(c, seed, subjects, c.design.batches)
  if (c.design.kind !== 'pps') return undefined
  try {
    return drawByWeight(c, seed, subjects, c.design.n)
  } catch (error) {
    if (error instanceof QuotaError) return undefined
    throw error
  }
}

/** A population in memory. */
export function subjectsOf(population: Uint8Array): Subject[] {
  return readCells(population).map(([id = '', stratum = '', weight = '']) => ({
    id,
    stratum,
    weight: Number(weight),
  }))
}

function quotasIn(c: Framed): { code: string; rows: number; n: number }[] | undefined {
  if (c.design.kind !== 'ratio' && c.design.kind !== 'total') return undefined
  return c.strata.map((s) => ({ code: s.code, rows: s.rows, n: s.n ?? 0 }))
}

function countsFit(c: Framed, found: PopulationSurvey): boolean {
  return c.strata.every((s, i) => found.scan.counts[i] === s.rows)
}
