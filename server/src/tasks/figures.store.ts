// What was done of the tasks that an authority leads: counted for its progress reports.

import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'

/** Tasks of a year that an authority leads, those of them that are agreed, and the visits that it made or took part in. */
export async function taskFigures(
  reader: Reader,
  { authorityId, year }: { readonly authorityId: string; readonly year: number },
): Promise<{ readonly tasks: number; readonly agreed: number; readonly visits: number }> {
  const { rows } = await sql<{ tasks: number; agreed: number; visits: number }>`
    select count(*)::int as tasks, count(*) filter (where state = 'agreed')::int as agreed,
           (select count(*)::int from tasks.visit v
             where v.year = ${year} and v.withdrawn_at is null
               and (v.source = 'task' or v.confirmed_at is not null)
               and v.division_code = (select division_code from agencies.authority where id = ${authorityId})
               and v.authority_ids @> array[${authorityId}::uuid]) as visits
      from tasks.task where lead_authority_id = ${authorityId} and year = ${year} and state <> 'cancelled'`.execute(
    reader,
  )
  return rows[0]!
}
