// The committed lists as the checks need them: each read once, the population in a single pass.

import { type DrawSurvey, surveyForDraw } from '../choose/draw-subjects.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { type Context, listOf } from './context.ts'
import { seedOfBundle } from './seed.ts'

/** The readings of a bundle's committed lists; an absent list is left out. */
export interface Lists {
  readonly population?: DrawSurvey
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

function survey(
  context: Context,
  c: Commitment,
  exclusionIds: readonly string[],
): NonNullable<Lists['population']> {
  const sorted = exclusionIds.every((id, i) => i === 0 || (exclusionIds[i - 1] as string) < id)
  return surveyForDraw(c, {
    chunks: () => context.files.chunks('population.tsv'),
    exclusionIds: sorted ? exclusionIds : [],
    seed: seedOfBundle(context),
  })
}
