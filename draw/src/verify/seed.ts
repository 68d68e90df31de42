// The seed as the bundle's own values give it; whether the certificate agrees is a check of its own.

import type { SourceValue } from '../manifest/source.ts'
import { seedOf } from '../seed.ts'
import type { Context } from './context.ts'

/** Every source's value in committed order: the certificate's, and the opened secrets; nothing where one is lacking. */
export function valuesOfBundle(context: Context): readonly SourceValue[] | undefined {
  const { commit, certificate } = context.manifests
  if (!commit || !certificate) return undefined
  const given = new Map([
    ...certificate.value.values.map((v) => [v.id, v] as const),
    ...(context.opened?.secrets.map((s) => [s.id, s] as const) ?? []),
  ])
  const values = commit.value.sources.map((s) => given.get(s.id))
  return values.every((v) => v !== undefined) ? values : undefined
}

/** S recomputed from commitment, close and values, or nothing where a value is lacking or still sealed. */
export function seedOfBundle(context: Context): string | undefined {
  return context.once('seed', () => {
    const { commit, close } = context.manifests
    const values = valuesOfBundle(context)
    if (!commit || !close || !values) return undefined
    return seedOf(context.manifests.alg, commit.hash, values)
  })
}
