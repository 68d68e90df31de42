// Which draws of a line of a plan have a task, and which task another was made in place of.

import type { Reader } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { LineDraw } from './discipline.rules.ts'

/** The tasks of a line that are not cancelled, by draw. Asks for no reach: for a rule, of a line that was found within one. */
export async function drawsOfLine(reader: Reader, lineId: string): Promise<readonly LineDraw[]> {
  const rows = await reader
    .selectFrom('tasks.task')
    .select(['draw_no as drawNo', 'number'])
    .where('plan_line_id', '=', lineId)
    .where('state', '<>', 'cancelled')
    .orderBy('draw_no')
    .execute()
  // A task of a line has a number: the database holds it to that.
  return rows as readonly LineDraw[]
}

/** The task with a draw of a line that was cancelled last: one that was agreed before one that was out. No reach, as above. */
export async function cancelledDraw(
  reader: Reader,
  lineId: string,
  drawNo: number,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('tasks.task')
    .select('id')
    .where('plan_line_id', '=', lineId)
    .where('draw_no', '=', drawNo)
    .where('state', '=', 'cancelled')
    .where('dispatched_at', 'is not', null)
    .orderBy('agreed_at', (order) => order.desc().nullsLast())
    .orderBy('dispatched_at', 'desc')
    .executeTakeFirst()
  return row?.id
}

/** What a task replaces and what replaces it, as far as the viewer sees them. */
export async function replacementsOf(
  reader: Reader,
  reach: Reach,
  { id, replacesTaskId }: { readonly id: string; readonly replacesTaskId: string | null },
) {
  const rows = await reader
    .selectFrom('tasks.task as t')
    .select(['t.id', 't.number as name', 't.replaces_task_id as replacesTaskId', 't.state'])
    .where((eb) =>
      eb.or([
        eb('t.replaces_task_id', '=', id),
        ...(replacesTaskId === null ? [] : [eb('t.id', '=', replacesTaskId)]),
      ]),
    )
    .where(within(reach, { authorities: 't.party_ids', division: 't.open_division_code' }))
    .orderBy('t.id', 'desc')
    .execute()
  const shown = (row: (typeof rows)[number] | undefined) => (row ? { id: row.id, name: row.name } : null)
  return {
    replaces: shown(rows.find((row) => row.id === replacesTaskId)),
    replacedBy: shown(rows.find((row) => row.replacesTaskId === id)),
  }
}
