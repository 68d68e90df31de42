// A task as officials see it: what it rests on, who takes part, and what may be done about it.

import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { grouped } from '../../registers/index.ts'
import type { TasksParts } from '../parts.ts'
import { shownCaseOf, whyNotAgree, whyNotGo } from './facts.ts'
import { replacementsOf } from './draws.store.ts'
import { whyNotStep } from './steps.rules.ts'
import type { DispatchFacts } from './tasks.rules.ts'
import type { Task, TaskLine } from './tasks.schema.ts'
import { findTask, type PartLine, partsOfTasks, type TaskRow } from './tasks.store.ts'

export type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Gives the representation of a task, as far as the viewer sees. Throws NotFound. */
export function openTask(parts: Pick<TasksParts, 'book'>) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Task> => {
    const seen = seenIn(viewing.access, 'task.show')
    const row = found(await findTask(reader, seen, id), 'task')
    const all = await partsOfTasks(reader, [id])
    const facts = await shownCaseOf(parts, reader, row, viewing.now)
    const replacements = await replacementsOf(reader, seen, row)
    const can = canDo(row, facts, viewing)
    return { ...represent(row, all, viewing), ...replacements, line: lineOf(facts), can }
  }
}

/** Tasks as a list shows them. */
export async function representTasks(
  reader: Reader,
  viewing: Pick<Viewing, 'access'>,
  rows: readonly TaskRow[],
): Promise<TaskLine[]> {
  const parts = grouped(
    await partsOfTasks(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ taskId }) => taskId,
  )
  return rows.map((row) => represent(row, parts.get(row.id) ?? [], viewing))
}

function represent(row: TaskRow, parts: readonly PartLine[], { access }: Pick<Viewing, 'access'>): TaskLine {
  // Whoever knows a hash can name the file as his own evidence, and then read it; the note may say who complained.
  const isHidden = access.whyNot('taskEvidence.download', { authorityIds: row.partyIds }) !== undefined
  return {
    ...(row as unknown as TaskLine),
    outsideEvidence: isHidden ? null : row.outsideEvidence,
    outsideNote: isHidden ? null : row.outsideNote,
    parts: parts.map(({ authorityId, authorityName, isLead, state, members }) => ({
      authorityId,
      authorityName,
      isLead,
      state: state as TaskLine['parts'][number]['state'],
      members,
    })),
    draftedBy: { id: row.draftedById, name: row.draftedByName },
    dispatchedBy: named(row.dispatchedById, row.dispatchedByName),
    dispatchedAt: row.dispatchedAt?.toISOString() ?? null,
    agreedAt: row.agreedAt?.toISOString() ?? null,
    endedBy: named(row.endedById, row.endedByName),
  }
}

function lineOf({ line, task }: DispatchFacts): Task['line'] {
  if (!line) return null
  const { id, planId, number, taskName, planYear, draws } = line as typeof line & {
    readonly planYear: number
  }
  const version = task.planLineVersion ?? line.version
  return { id, version, planId, number, taskName, year: planYear, draws, currentVersion: line.version }
}

function canDo(row: TaskRow, facts: DispatchFacts, { access, actor }: Viewing): Task['can'] {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const owner = { authorityId: row.leadAuthorityId }
  const why = (verb: string) => access.whyNot(`task.${verb}`, owner)
  const { state } = row
  return {
    edit: canOf(why('edit') ?? whyNotStep(state, 'edit')),
    exclude: canOf(access.whyNot('taskExclusion.create', owner) ?? whyNotStep(state, 'exclude')),
    dispatch: canOf(why('dispatch') ?? whyNotGo(facts, 'dispatch', viewer)),
    settle: canOf(why('settle') ?? whyNotGo(facts, 'settle', viewer)),
    recall: canOf(why('recall') ?? whyNotStep(state, 'recall')),
    conclude: canOf(why('conclude') ?? whyNotStep(state, 'conclude') ?? whyNotAgree(facts)),
    cancel: canOf(why('cancel') ?? whyNotStep(state, 'cancel')),
  }
}
