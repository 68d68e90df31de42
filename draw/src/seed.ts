// S, from the commitment, the close and the values that nobody could know (spec 4).

import { type Alg, tag } from './hash.ts'
import { canonical } from './jcs.ts'

/** A source's value as it enters the seed. */
export interface SeedValue {
  readonly id: string
  readonly value: string
}

/** S = tag("seed", JCS({commit, values})), 64 hex. The first value is the close's hash, under the id "close". */
export function seedOf(alg: Alg, commit: string, values: readonly SeedValue[]): string {
  return tag(alg, 'seed', canonical({ commit, values: values.map(({ id, value }) => ({ id, value })) }))
}

/** S′ of a substitute: from its event's hash, the draw's S and the fresh values. */
export function substituteSeedOf(
  alg: Alg,
  from: { readonly commit: string; readonly event: string; readonly parent: string },
  values: readonly SeedValue[],
): string {
  const { commit, event, parent } = from
  return tag(
    alg,
    'seed',
    canonical({ commit, event, parent, values: values.map(({ id, value }) => ({ id, value })) }),
  )
}
