// Preflight over a draw's lists as they lie in its folder: at the commitment, so that nobody is surprised, and at the close.

import type { BundleFiles } from '../bundle/files.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { demandLookup } from '../people/demand.ts'
import { preflight, type Preflight } from '../people/preflight.ts'
import { peopleIn } from './people.ts'

/** Runs preflight; `c` need have no more than what decides who inspects. */
export function preflightOf(c: Pick<Commitment, 'demands' | 'matching'>, files: BundleFiles): Preflight {
  const framed = c as Commitment
  if (framed.matching.mode === 'none') return { short: new Map(), faults: [] }
  const demands = files.names.includes('demands.tsv') ? files.read('demands.tsv') : undefined
  const subjects = readCells(files.read('population.tsv')).map(([id = '', stratum = '']) => ({ id, stratum }))
  return preflight(framed, subjects, peopleIn(files), demandLookup(framed, demands))
}
