// Preflight over a draw's lists as they lie in its folder: at the commitment, so that nobody is surprised, and at the close.

import type { BundleFiles } from '../bundle/files.ts'
import { lineBatches } from '../lists/lines.ts'
import { demandFollower, demandLookup } from '../people/demand.ts'
import {
  type Inspecting,
  preflight,
  type Preflight,
  type PreflightFault,
  type PreflightSubject,
  preflightSteps,
  type ShortSubject,
} from '../people/preflight.ts'
import { peopleIn } from './people.ts'

/** Runs preflight; `c` need have no more than what decides who inspects. The lists are read along, not held. */
export function preflightOf(c: Inspecting, files: BundleFiles): Preflight {
  return preflight(c, ...readings(c, files))
}

/** The same where the short may be too many to be held: the lines of short.tsv in their order, then the faults. */
export function preflightLines(
  c: Inspecting,
  files: BundleFiles,
): Generator<ShortSubject, readonly PreflightFault[]> {
  return preflightSteps(c, ...readings(c, files))
}

type Readings = readonly [
  Iterable<PreflightSubject>,
  ReturnType<typeof peopleIn>,
  ReturnType<typeof demandLookup>,
]

function readings(c: Inspecting, files: BundleFiles): Readings {
  if (c.matching.mode === 'none') return [[], [], demandLookup(c)]
  const demandOf = files.names.includes('demands.tsv')
    ? demandFollower(c, files.chunks('demands.tsv'))
    : demandLookup(c)
  return [subjectsIn(files), peopleIn(files), demandOf]
}

function* subjectsIn(files: BundleFiles): Generator<PreflightSubject> {
  for (const lines of lineBatches(files.chunks('population.tsv')))
    for (const line of lines) {
      const [id = '', stratum = ''] = line.split('\t', 2)
      yield { id, stratum }
    }
}
