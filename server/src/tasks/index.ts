// 抽查任务: from a plan line or a ground outside it, through consultation, to the scheme that the draw commits.

import type { LawBook } from '../law/index.ts'
import type { Route } from '../platform/http/route.ts'
import type { Contribution, ReachOf } from '../platform/waiting.ts'
import { answerRoutes } from './consultation/answers.routes.ts'
import { consultationContribution } from './consultation/waiting.ts'
import { opinionRoutes } from './consultation/opinions.routes.ts'
import { participationRoutes } from './consultation/participations.routes.ts'
import { overlayRoutes } from './overlays/overlays.routes.ts'
import type { TasksParts } from './parts.ts'
import { publicSchemeRoutes } from './schemes/public.routes.ts'
import { schemeRoutes } from './schemes/schemes.routes.ts'
import { exclusionRoutes } from './scope/exclusions.routes.ts'
import { taskActRoutes } from './tasks/acts.routes.ts'
import { evidenceRoutes } from './tasks/evidence.routes.ts'
import { publicTaskRoutes } from './tasks/public.routes.ts'
import { previewRoutes } from './tasks/previews.routes.ts'
import { taskRoutes } from './tasks/tasks.routes.ts'
import { tasksOwnContribution } from './tasks/waiting.ts'
import { visitRoutes } from './visits/visits.routes.ts'
import { visitsWaitingFor } from './visits/waiting.ts'
import { whatIfRoutes } from './what-if/what-if.routes.ts'

export type { TaskNews, TaskReaction, TasksParts } from './parts.ts'
export { taskFigures } from './figures.store.ts'
export {
  holdTaskToDraw,
  type Judged,
  judgeOf,
  type TaskToDraw,
  type TaskToFreeze,
  taskToFreeze,
} from './freezing.ts'
export { COMPREHENSIVE } from './scope/demand.rules.ts'
export { forDraw } from './scope/design.rules.ts'
export { frozenRows, subjectsByCodes } from './scope/frozen.store.ts'
export { taskLeaving } from './tasks/resting.ts'

/** Every operation of this feature. */
export function tasksRoutes(parts: TasksParts): readonly Route[] {
  return [
    ...taskRoutes(parts),
    ...taskActRoutes(parts),
    ...previewRoutes(parts),
    ...exclusionRoutes(),
    ...evidenceRoutes(parts),
    ...visitRoutes(parts),
    ...whatIfRoutes(parts),
    ...overlayRoutes(parts),
    ...participationRoutes(parts),
    ...answerRoutes(parts),
    ...opinionRoutes(parts),
    ...schemeRoutes(parts),
    ...publicTaskRoutes(),
    ...publicSchemeRoutes(parts),
  ]
}

/** What waits for somebody in tasks. */
export function taskContribution(reachOf: ReachOf, _book: LawBook): Contribution {
  const own = tasksOwnContribution(reachOf)
  const consulted = consultationContribution(reachOf)
  return {
    ...own,
    waitingFor: async (...asked) => [
      ...((await own.waitingFor?.(...asked)) ?? []),
      ...(await visitsWaitingFor(asked[0], asked[1], reachOf)),
      ...((await consulted.waitingFor?.(...asked)) ?? []),
    ],
  }
}

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const TASKS_CONSTRAINTS = {
  task_number: 'task.numbered_meanwhile',
  task_draw: 'task.draw_taken_meanwhile',
  task_replaces: 'task.replaced_already',
  visit_of_task: 'visit.there_already',
  visit_evidence: 'visit.evidence_used',
  participation_once: 'participation.there_already',
  scheme_draft: 'scheme.written_meanwhile',
  scheme_published: 'scheme.written_meanwhile',
  scheme_number: 'scheme.written_meanwhile',
  task_name_check: 'text_length',
  participation_refusal_reason_check: 'text_length',
  opinion_text_check: 'text_length',
  opinion_reply_check: 'text_length',
  scheme_channel_note_check: 'text_length',
  task_outside_note_check: 'text_length',
  task_cap_note_check: 'text_length',
  task_narrowed_reason_check: 'text_length',
  task_end_reason_check: 'text_length',
  task_exclusion_reason_check: 'text_length',
  task_exclusion_evidence_check: 'text_length',
  visit_evidence_check: 'text_length',
  visit_withdrawal_reason_check: 'text_length',
} as const
