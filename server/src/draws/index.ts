// 抽取: the lists of an agreed task are frozen, committed, closed by chance that nobody could know, drawn and certified.

import type { Route } from '../platform/http/route.ts'
import type { JobKind } from '../platform/jobs/jobs.ts'
import type { Contribution, ReachOf } from '../platform/waiting.ts'
import { ceremonyRoutes } from './ceremony/ceremony.routes.ts'
import { preflightKind } from './ceremony/preflight.ts'
import { certificateRoutes } from './certificate/certificate.routes.ts'
import { drawRoutes } from './draws/draws.routes.ts'
import { drawsOwnContribution } from './draws/waiting.ts'
import { drawingRoutes } from './drawing/drawing.routes.ts'
import { drawKind } from './drawing/job.ts'
import { eventRoutes } from './events/events.routes.ts'
import { eventsWaitingFor } from './events/waiting.ts'
import { freezeRoutes } from './freeze/freeze.routes.ts'
import { freezeKind } from './freeze/freezing.ts'
import { listRoutes } from './lists/lists.routes.ts'
import { monitorRoutes } from './monitor/monitor.routes.ts'
import type { DrawsParts, DrawTools } from './parts.ts'

export { endWaiting } from './ceremony/watch.routes.ts'
export { discardDrawOf, whyNotCancelTask } from './draws/of-task.store.ts'
export type { DrawNews, DrawsParts, DrawTools } from './parts.ts'
export { startWatching } from './watching.ts'

/** Every operation of this feature. */
export function drawsRoutes(parts: DrawsParts): readonly Route[] {
  return [
    ...drawRoutes(parts),
    ...freezeRoutes(parts),
    ...ceremonyRoutes(parts),
    ...drawingRoutes(parts),
    ...listRoutes(parts),
    ...eventRoutes(parts),
    ...certificateRoutes(parts),
    ...monitorRoutes(parts),
  ]
}

/** The long work of this feature. */
export function drawKinds(tools: DrawTools): readonly JobKind[] {
  return [freezeKind(tools), preflightKind(tools), drawKind(tools)]
}

/** What of draws waits for somebody. */
export function drawContribution(reachOf: ReachOf): Contribution {
  const own = drawsOwnContribution(reachOf)
  return {
    ...own,
    waitingFor: async (...asked) => [
      ...((await own.waitingFor?.(...asked)) ?? []),
      ...(await eventsWaitingFor(asked[0], asked[1], reachOf)),
    ],
  }
}

/** What makes its own transactions: it waits, or it streams. */
export const DRAWS_FREE_ACTIONS: readonly string[] = [
  'room.watch',
  'room.join',
  'room.contribute',
  'room.sign',
  'publicDraw.subject',
  'publicDraw.why',
]

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const DRAWS_CONSTRAINTS = {
  draw_name: 'draw.there_already',
  draw_of_task: 'draw.there_already',
  draw_of_plan: 'draw.plan_taken',
  draw_sequence: 'draw.committed_meanwhile',
  draw_superseded_once: 'draw.there_already',
  press_pkey: 'draw.pressed_already',
  replacement_open: 'replacement.there_already',
  draw_request_open: 'drawRequest.there_already',
} as const
