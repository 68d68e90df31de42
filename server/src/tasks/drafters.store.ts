// Who wrote any of a task, a part in it or a scheme since somebody else last decided on it: none of them decides on it.

import { type RawBuilder, sql } from 'kysely'

/** The drafters of a row that is updated, and one more. */
export function joinedBy(personId: string): RawBuilder<string[]> {
  return sql`(select array_agg(distinct one) from unnest(drafter_ids || ${personId}::uuid) as one)`
}
