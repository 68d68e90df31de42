// What the draw of a task means for the task: while one is committed, the task stays.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** Why a task cannot be cancelled: a draw of it was committed. Void or not, it keeps the task's place in its plan. */
export async function whyNotCancelTask(reader: Reader, taskId: string): Promise<Refusal | undefined> {
  const draw = await reader
    .selectFrom('draws.draw')
    .select('name')
    .where('task_id', '=', taskId)
    .where('commit_hash', 'is not', null)
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst()
  return draw && { code: 'task.draw_stands', params: { draw: draw.name } }
}

/** Gives up what was frozen for a task that is cancelled, and not committed. */
export async function discardDrawOf(writer: Writer, taskId: string, now: Date): Promise<void> {
  await writer
    .updateTable('draws.draw')
    .set({ state: 'discarded', end_reason: 'discarded', ended_at: now, version: sql`version + 1` })
    .where('task_id', '=', taskId)
    .where('state', 'in', ['freezing', 'frozen'])
    .execute()
}
