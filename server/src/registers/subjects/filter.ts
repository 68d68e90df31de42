// What a list is filtered by, as the query names it → as the search takes it.

import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Access } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { appliesTo } from './item.store.ts'
import type { SubjectFilter } from './search.store.ts'
import type { SubjectFilterQuery } from './subjects.schema.ts'

/** The filter of a query; an inspection item becomes what it applies to. Throws NotFound for an item out of reach. */
export async function filterOf(
  reader: Reader,
  access: Access,
  { item, type, ...rest }: SubjectFilterQuery,
): Promise<SubjectFilter> {
  const filter = { ...rest, entityType: type }
  if (item === undefined) return filter
  return { ...filter, applies: found(await appliesTo(reader, seenIn(access, 'item.show'), item), 'item') }
}
