// Who changed in the register while a draw was being prepared (I4, I5).

import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import { registerReadAt } from '../draws/register-read.store.ts'

/** What of a subject decides whether, and with whom, it is drawn. */
const DECIDING_FIELDS = [
  'registration_state',
  'credit_class',
  'risk_grade',
  'industry_code',
  'division_code',
  'entity_type',
  'tags',
  'pools',
  'authority_ids',
]

/** The time between the drafting of a draw's task and the freezing of its list, and the division that it is for. */
export interface Frame {
  readonly division: string
  readonly from: Date
  readonly to: Date
}

/** Where and when a draw's list came about. Asks for no reach: of a draw that was committed. */
export async function frameOf(reader: Reader, drawId: string): Promise<Frame> {
  const row = await reader
    .selectFrom('draws.draw')
    .select(['task_id as taskId', 'division_code as division', 'frozen_at as frozenAt'])
    .where('id', '=', drawId)
    .executeTakeFirstOrThrow()
  const to = (await registerReadAt(reader, drawId)) ?? row.frozenAt
  return { division: row.division, from: bornAt(row.taskId), to }
}

/** When a record was made: its id (UUIDv7) begins with the millisecond. */
function bornAt(id: string): Date {
  return new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
}

/** The oldest first, one more than the limit; `after`: the time and id of the last of the page before. */
export async function changesIn(
  reader: Reader,
  frame: Frame,
  { after, limit }: { readonly after: readonly string[] | undefined; readonly limit: number },
) {
  const [at, id] = after ?? []
  const next = at === undefined ? sql`true` : sql`(c.decided_at, c.id) > (${at}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<ChangeRow>`
    select c.id, s.code, c.kind, c.decided_at as at, c.decided_at::text as key,
           array(select f from jsonb_object_keys(c.fields) f where f = any(${DECIDING_FIELDS}::text[]) order by f) as fields
      ${changed(frame)} and ${next}
     order by c.decided_at, c.id limit ${limit + 1}`.execute(reader)
  return rows
}

/** How many there are. */
export async function countChanges(reader: Reader, frame: Frame): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count ${changed(frame)}`.execute(reader)
  return Number(rows[0]?.count ?? 0)
}

export interface ChangeRow {
  readonly id: string
  readonly code: string
  readonly kind: 'entered' | 'changed' | 'left' | 'returned' | 'moved'
  readonly at: Date
  readonly key: string
  readonly fields: readonly string[]
}

function changed({ division, from, to }: Frame): RawBuilder<unknown> {
  return sql`from registers.subject_change c
    join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
   where c.division_code like ${`${divisionPrefix(division)}%`} and c.state = 'effective'
     and c.decided_at >= ${from} and c.decided_at <= ${to}
     and (c.kind <> 'changed' or c.fields ?| ${DECIDING_FIELDS}::text[])`
}
