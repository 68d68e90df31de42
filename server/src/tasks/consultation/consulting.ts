// What every act of the consultation begins with: the task first, then everybody in it, locked; so that of two answers at
// the same moment the second sees the first, and the task is agreed once.

import { seenIn } from '../../agencies/index.ts'
import type { WriteContext } from '../../platform/http/route.ts'
import { found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import { lockTask, setParties, type TaskRow } from '../tasks/tasks.store.ts'
import type { LawHere } from './participations.rules.ts'
import { findParticipation, lockParticipations, type ParticipationRow } from './participations.store.ts'

/** A task with everybody in it, held until the transaction ends. */
export interface Consultation {
  readonly task: TaskRow
  readonly rows: readonly ParticipationRow[]
  readonly here: LawHere
}

type Acting = Pick<WriteContext, 'writer' | 'access'>

/** The consultation of a task that the actor sees. Throws NotFound. */
export async function lockConsultation(
  { book }: Pick<TasksParts, 'book'>,
  { writer, access }: Acting,
  taskId: string,
): Promise<Consultation> {
  const task = found(await lockTask(writer, seenIn(access, 'task.show'), taskId), 'task')
  const law = await book.read(writer)
  const here = { law, place: placeIn(law, task.divisionCode, task.startsOn) }
  return { task, rows: await lockParticipations(writer, taskId), here }
}

/** One participation with its consultation. Throws NotFound. */
export async function lockParticipation(
  parts: Pick<TasksParts, 'book'>,
  context: Acting,
  id: string,
): Promise<Consultation & { readonly row: ParticipationRow }> {
  const seen = seenIn(context.access, 'participation.show')
  const { taskId } = found(await findParticipation(context.writer, seen, id), 'participation')
  const consultation = await lockConsultation(parts, context, taskId)
  return {
    ...consultation,
    row: found(
      consultation.rows.find((row) => row.id === id),
      'participation',
    ),
  }
}

/** Whoever takes part sees the task; whoever was let go no longer does. */
export async function renewParties(
  { writer }: Pick<Acting, 'writer'>,
  taskId: string,
  rows: readonly Pick<ParticipationRow, 'authorityId' | 'state'>[],
): Promise<void> {
  const present = rows.filter(({ state }) => state !== 'released').map(({ authorityId }) => authorityId)
  await setParties(writer, taskId, present)
}
