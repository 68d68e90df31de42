// What an amendment of a plan must not pull away: tasks that others have agreed to, or are being asked to (REQ-PLAN-16).

import type { LineFacts } from '../../plans/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import { whyNotFollow } from './discipline.rules.ts'
import { asTakingPart } from './tasks.rules.ts'
import { tasksRestingOn } from './tasks.store.ts'

/**
 * The number of a task, being agreed on or agreed, that would no longer follow a line as it would become; of a line that is
 * taken out, any that rests on it. Undefined where there is none.
 */
export async function taskLeaving(reader: Reader, line: LineFacts): Promise<string | undefined> {
  for (const task of await tasksRestingOn(reader, line.id)) {
    if (line.state === 'ended') return task.number
    const parts = (await participationsOf(reader, task.id)).map(asTakingPart)
    if (whyNotFollow(line, task, parts, task.figures?.strata)) return task.number
  }
  return undefined
}
