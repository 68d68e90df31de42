// When the register was read for a draw: what it became afterwards is of no matter to the lists.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/**
 * When the register was read for the subjects of a draw: of one that supersedes, when it was read for the void one whose lists it
 * keeps. Nothing before the freeze. Asks for no reach: of a draw that was committed, or for the system's own step.
 */
export async function registerReadAt(reader: Reader, id: string): Promise<Date | undefined> {
  const { rows } = await sql<{ readonly at: Date | null }>`
    with recursive line (id, supersedes_id, snapshot_at) as (
      select id, supersedes_id, snapshot_at from draws.draw where id = ${id}::uuid
      union all
      select d.id, d.supersedes_id, d.snapshot_at from draws.draw d join line l on d.id = l.supersedes_id)
    select snapshot_at as at from line where supersedes_id is null`.execute(reader)
  return rows[0]?.at ?? undefined
}
