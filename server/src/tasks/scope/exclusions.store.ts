// 逐户排除: every statement about subjects that are left out of a task by name.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** Who is left out of a task, and who was. Asks for no reach: of a task that was found within one. */
export function listExclusions(reader: Reader, taskId: string) {
  return reader
    .selectFrom('tasks.task_exclusion as x')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'x.subject_id').onRef('s.division_code', '=', 'x.division_code'),
    )
    .innerJoin('agencies.person as p', 'p.id', 'x.named_by')
    .select(['x.subject_id as subjectId', 'x.division_code as divisionCode', 's.name as subjectName'])
    .select(['s.code as subjectCode', 'x.reason', 'x.evidence', 'p.name as namedBy'])
    .select(['x.named_at as namedAt', 'x.withdrawn_at as withdrawnAt'])
    .where('x.task_id', '=', taskId)
    .orderBy('x.named_at')
    .orderBy('x.subject_id')
    .limit(MOST_EXCLUSIONS)
    .execute()
}

/** More are no longer exceptions. */
export const MOST_EXCLUSIONS = 2000

/** A subject in the register, where it is seen. */
export function findSubject(reader: Reader, reach: Reach, id: string) {
  return reader
    .selectFrom('registers.subject as s')
    .select(['s.id', 's.division_code as divisionCode', 's.authority_ids as authorityIds', 's.name'])
    .where('s.id', '=', id)
    .where('s.left_on', 'is', null)
    .where(within(reach, { division: 's.division_code', authorities: 's.authority_ids' }))
    .executeTakeFirst()
}

/** Leaves a subject out; one that was taken back in is left out anew. */
export async function excludeSubject(
  writer: Writer,
  made: {
    readonly taskId: string
    readonly subject: { readonly id: string; readonly divisionCode: string }
    readonly reason: string
    readonly evidence: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const { taskId, subject, by, at } = made
  const said = {
    reason: made.reason.normalize('NFC'),
    evidence: made.evidence.normalize('NFC'),
    named_by: by,
    named_at: at,
  }
  await writer
    .insertInto('tasks.task_exclusion')
    .values({ task_id: taskId, division_code: subject.divisionCode, subject_id: subject.id, ...said })
    .onConflict((conflict) =>
      conflict.columns(['task_id', 'division_code', 'subject_id']).doUpdateSet({
        ...said,
        withdrawn_at: null,
        version: sql<number>`tasks.task_exclusion.version + 1`,
      }),
    )
    .execute()
}

/** Takes a subject back in; how many were left out: one or none. */
export async function includeSubject(
  writer: Writer,
  { taskId, subjectId, at }: { readonly taskId: string; readonly subjectId: string; readonly at: Date },
): Promise<number> {
  const { numUpdatedRows } = await writer
    .updateTable('tasks.task_exclusion')
    .set((eb) => ({ withdrawn_at: at, version: eb('version', '+', 1) }))
    .where('task_id', '=', taskId)
    .where('subject_id', '=', subjectId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** How many are left out of a task now. */
export async function countExclusions(reader: Reader, taskId: string): Promise<number> {
  const { count } = await reader
    .selectFrom('tasks.task_exclusion')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow()
  return count
}
