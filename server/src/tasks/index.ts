// 抽查任务: from a plan line or a ground outside it, through consultation, to the scheme that the draw commits.

import type { LawBook } from '../law/index.ts'
import type { Person } from '../platform/actor.ts'
import type { Route } from '../platform/http/route.ts'
import type { Reach } from '../platform/reach.ts'
import type { Contribution } from '../platform/waiting.ts'
import type { TasksParts } from './parts.ts'

export type { TaskNews, TaskReaction, TasksParts } from './parts.ts'

/** Every operation of this feature. */
export function tasksRoutes(_parts: TasksParts): readonly Route[] {
  return []
}

/** What waits for somebody in tasks. */
export function taskContribution(
  _reachOf: (action: string, person: Person) => Reach | undefined,
  _book: LawBook,
): Contribution {
  return {}
}

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const TASKS_CONSTRAINTS = {
  task_number: 'task.numbered_meanwhile',
  visit_of_task: 'visit.there_already',
  participation_once: 'participation.there_already',
  scheme_draft: 'scheme.written_meanwhile',
  scheme_published: 'scheme.written_meanwhile',
  scheme_number: 'scheme.written_meanwhile',
  task_name_check: 'text_length',
} as const
