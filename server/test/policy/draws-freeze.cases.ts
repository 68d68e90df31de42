// The routes of freeze and commitment. The tasks of the world are not agreed, and its draws were given up.

import { get, of, post, record, type RouteCase, STALE } from './route-case.ts'
import type { Target } from './world.ts'

const own = ({ drawId }: Target) => drawId
const COMMITMENT = { closeBy: '2026-12-01T01:00:00Z', sources: [{ kind: 'drand' }] }

export const FREEZE_CASES: readonly RouteCase[] = [
  record(
    'draw.freeze',
    '409 draw.task_not_agreed',
    ({ taskId }) => of(taskId, (id) => post(`/tasks/${id}/draws`, {})),
    { seenBy: 'task.show' },
  ),
  record('draw.findings', '200', (target) => of(own(target), (id) => get(`/draws/${id}/findings`))),
  record(
    'draw.commit',
    '412 stale_version',
    (target) => of(own(target), (id) => post(`/draws/${id}/commitment`, COMMITMENT, STALE)),
    { seenBy: 'draw.show' },
  ),
]
