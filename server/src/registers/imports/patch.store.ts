// Laying the changes of an import over the rows of subjects, and taking them off again.

import { type RawBuilder, sql } from 'kysely'

/** What a file can change of a subject who is known. */
const CHANGEABLE = [
  'name',
  'initials',
  'kind',
  'entity_type',
  'registered_type',
  'legal_representative',
  'registered_address',
  'business_scope',
  'established_on',
  'registered_capital',
  'telephone_cipher',
  'telephone_print',
  'registration_state',
  'township_code',
  'industry_code',
  'credit_class',
  'risk_grade',
  'tags',
  'pools',
  'authority_ids',
  'station',
] as const

/** `name = n.name, …` for all that a file can change; `n` is what `patched` gives. */
export function changeableFrom(n: string): RawBuilder<unknown> {
  return sql.join(CHANGEABLE.map((column) => sql`${sql.id(column)} = ${sql.ref(`${n}.${column}`)}`))
}

/** The subject as `n`, with one side of `changes` (field → [before, after]) laid over it. To follow a `from`. */
export function patched(
  { id, division, changes }: { readonly id: string; readonly division: string; readonly changes: string },
  side: 'before' | 'after',
): RawBuilder<unknown> {
  return sql`
     cross join lateral (select x from registers.subject x where x.id = ${sql.ref(id)} and x.division_code = ${sql.ref(division)}) w (was)
     cross join lateral jsonb_populate_record(w.was, coalesce((
       select jsonb_object_agg(key, value -> ${sql.lit(side === 'before' ? 0 : 1)}) from jsonb_each(${sql.ref(changes)})), '{}')) n`
}
