// The subjects of a task one by one, in the order of their codes: what a draw freezes. A list that is hashed and published
// asks for no reach; it is read along and never held.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { inScope, profileColumns } from '../../registers/index.ts'
import { type GroupQuery, MOST_VISITS, setApart } from './profiles.store.ts'

/** A subject, with all that decides about it: subjects whose `profile` is the same text are alike in everything asked. */
export interface FrozenRow {
  readonly code: string
  readonly profile: string
}

/**
 * Reads all subjects of a scope, `atOnce` at a time, ascending by the bytes of their codes. In a transaction of its own that
 * may take as long as it takes; nothing else may be asked of this reader's connection but by this reader.
 */
export async function* frozenRows(
  reader: Reader,
  query: GroupQuery,
  atOnce: number,
): AsyncGenerator<readonly FrozenRow[]> {
  await sql.raw(UNHURRIED).execute(reader)
  await sql`
    declare frozen no scroll cursor for
    with ${setApart(query)}
    select s.code,
           row_to_json((select g from (select ${profileColumns(query.needs)},
             (s.registration_state = 'active') as active, coalesce(n.own, false) as own,
             coalesce(n.upper, false) as upper, coalesce(n.named, false) as named,
             least(coalesce(n.visits, 0), ${MOST_VISITS})::int as visits,
             least(coalesce(n.own_visits, 0), ${MOST_VISITS})::int as "ownVisits") g))::text as profile
      from registers.subject s
      left join apart n on n.division_code = s.division_code and n.subject_id = s.id
     where ${inScope(query.scope)} order by s.code collate "C"`.execute(reader)
  const fetch = sql.raw<FrozenRow>(`fetch forward ${Math.trunc(atOnce)} from frozen`)
  for (;;) {
    const { rows } = await fetch.execute(reader)
    if (rows.length === 0) break
    yield rows
  }
  await sql.raw('close frozen').execute(reader)
}

/** A subject that somebody has named, by whichever of its codes. */
export interface KnownByCode {
  /** As it was named, in upper case. */
  readonly named: string
  readonly code: string
}

/** Which subjects are meant by some codes (in upper case); whether a draw has them, its lists say. */
export async function subjectsByCodes(
  reader: Reader,
  codes: readonly string[],
): Promise<readonly KnownByCode[]> {
  if (codes.length === 0) return []
  // Issued ids may have small letters; a declaration keeps none.
  const written = [...codes, ...codes.map((code) => code.toLowerCase())]
  const { rows } = await sql<KnownByCode>`
    select upper(i.code) as named, s.code
      from registers.subject_identity i
      join registers.subject s on s.division_code = i.division_code and s.id = i.subject_id
     where i.code = any(${written}::text[]) order by 2, 1`.execute(reader)
  return rows
}

// What a whole province takes to be sorted; the snapshot must not be given up meanwhile.
const UNHURRIED = [
  `set local statement_timeout = 0`,
  `set local idle_in_transaction_session_timeout = 0`,
  `set local work_mem = '128MB'`,
].join('; ')
