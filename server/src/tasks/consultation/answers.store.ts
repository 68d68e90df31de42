// 答复: every statement by which an authority answers, or is reminded that it has not.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import type { Offer } from './participations.rules.ts'
import type { ParticipationState } from './shapes.ts'

/** What falls with an answer. */
const UNANSWERED = {
  answered_by: null,
  answered_at: null,
  accepted_task_version: null,
  accepted_scheme_id: null,
  accepted_scheme_version: null,
} as const

/** An answer with what it was given to, or that it is taken back. */
export async function answerParticipation(
  writer: Writer,
  id: string,
  answer: {
    readonly state: ParticipationState
    readonly by: string | null
    readonly at: Date | null
    readonly accepted?: Pick<Offer, 'taskVersion' | 'scheme'>
    readonly reason?: string
    readonly statement?: string | null
  },
): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: answer.state,
      ...(answer.by === null ? { drafter_ids: DRAFTERS_REOPENED } : {}),
      answered_by: answer.by,
      answered_at: answer.at,
      accepted_task_version: answer.accepted?.taskVersion ?? null,
      accepted_scheme_id: answer.accepted?.scheme?.id ?? null,
      accepted_scheme_version: answer.accepted?.scheme?.version ?? null,
      refusal_reason: answer.reason?.normalize('NFC') ?? null,
      refusal_statement: answer.statement ?? null,
    }))
    .where('id', '=', id)
    .execute()
}

/** Whoever has agreed is asked again, in the same round: what was agreed to is no longer what lies there. Gives who. */
export async function reopenAccepted(writer: Writer, taskId: string): Promise<readonly string[]> {
  const rows = await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      ...UNANSWERED,
      version: eb('version', '+', 1),
      state: 'invited',
      drafter_ids: DRAFTERS_REOPENED,
    }))
    .where('task_id', '=', taskId)
    .where('is_lead', '=', false)
    .where('state', '=', 'accepted')
    .returning('authority_id as authorityId')
    .execute()
  return rows.map(({ authorityId }) => authorityId)
}

/** The lead takes the task back: every answer falls, and everybody is asked anew. What was settled stays settled. */
export async function recallAll(writer: Writer, taskId: string): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      ...UNANSWERED,
      version: eb('version', '+', 1),
      state: 'prepared',
      refusal_reason: null,
      refusal_statement: null,
      drafter_ids: DRAFTERS_REOPENED,
    }))
    .where('task_id', '=', taskId)
    .where('state', 'in', ['invited', 'accepted', 'declined'])
    .execute()
}

/** What was agreed to somebody else has seen: only who settled it last is its drafter still. A refusal agrees to nothing. */
const DRAFTERS_REOPENED = sql<
  string[]
>`case when state = 'accepted' then array_remove(array[prepared_by], null)
  else drafter_ids end`

/** The written statement that goes with a refusal: uploaded before it, and nothing that anybody agrees to. */
export async function setStatement(writer: Writer, id: string, hash: string): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set({ refusal_statement: hash })
    .where('id', '=', id)
    .execute()
}

/** Whoever has not answered has been reminded; what he is asked stays of its version. */
export async function setReminded(writer: Writer, taskId: string, now: Date): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set({ reminded_at: now })
    .where('task_id', '=', taskId)
    .where('state', '=', 'invited')
    .execute()
}
