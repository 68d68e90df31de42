// The people of a bundle as the checks need them, read once.

import { readPeople, type Person } from '../people/register.ts'
import { demandLookup, type DemandOf } from '../people/demand.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { type Context, listOf } from './context.ts'

/** Everyone in inspectors.tsv; with classes and conflicts at L2. Nothing where the list is not there. */
export function peopleOf(context: Context): readonly Person[] | undefined {
  return context.once('people', () => {
    const inspectors = listOf(context, 'inspectors.tsv')
    if (!inspectors) return undefined
    return readPeople({
      inspectors,
      attributes: listOf(context, 'attributes.tsv'),
      conflicts: listOf(context, 'conflicts.tsv'),
    })
  })
}

/** The demand of each subject, or nothing where demands.tsv is needed and not there. */
export function demandsOf(context: Context, c: Commitment): DemandOf | undefined {
  return context.once('demands', () => {
    const byId = c.demands.some((d) => !d.strata)
    const demands = byId ? listOf(context, 'demands.tsv') : undefined
    if (byId && !demands) return undefined
    return demandLookup(c, demands)
  })
}
