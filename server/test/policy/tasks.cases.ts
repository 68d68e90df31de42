// The routes of tasks, visits and what-if. What would change the world is sent so that it is refused after it was allowed.

import { get, list, NOWHERE, of, plain, post, REASON, record, type RouteCase, STALE } from './route-case.ts'

const OVER = '409 task.not_in_this_state'
const seen = { seenBy: 'task.show' } as const
const INCOMPLETE = '422 task.incomplete'

const act = (verb: string, path: string, body?: object): RouteCase =>
  record(`task.${verb}`, OVER, ({ taskId }) => of(taskId, (id) => post(`/tasks/${id}/${path}`, body)), seen)
const stale = (verb: string, path: string, body?: object): RouteCase =>
  record(
    `task.${verb}`,
    '412 stale_version',
    ({ taskId }) => of(taskId, (id) => post(`/tasks/${id}/${path}`, body, STALE)),
    seen,
  )
const shown = (action: string, path: string): RouteCase =>
  record(action, '200', ({ taskId }) => of(taskId, (id) => get(`/tasks/${id}${path}`)))

export const TASK_CASES: readonly RouteCase[] = [
  list(
    'task.list',
    () => get('/tasks?limit=200'),
    (t) => t.taskId,
  ),
  shown('task.show', ''),
  record('task.create', INCOMPLETE, ({ authorityId }) => post('/tasks', { leadAuthorityId: authorityId }), {
    seenBy: 'authority.show',
  }),
  record(
    'task.preview',
    INCOMPLETE,
    ({ authorityId }) => post('/task-previews', { leadAuthorityId: authorityId }),
    {
      seenBy: 'authority.show',
    },
  ),
  record(
    'task.edit',
    '412 stale_version',
    ({ taskId }) =>
      of(taskId, (id) => ({ method: 'PATCH', path: `/tasks/${id}`, body: { loadCap: 2 }, headers: STALE })),
    seen,
  ),
  stale('dispatch', 'dispatch', { replyBy: '2999-01-01' }),
  stale('settle', 'settlement'),
  act('recall', 'recall'),
  act('conclude', 'conclusion'),
  act('cancel', 'cancellation', REASON),
  record('task.rules', '200', ({ taskId }) => of(taskId, (id) => get(`/tasks/${id}/rules`))),
  record('task.simulate', '200', ({ taskId }) => of(taskId, (id) => post(`/tasks/${id}/simulations`, {}))),
  shown('taskExclusion.list', '/exclusions'),
  record(
    'taskExclusion.create',
    OVER,
    ({ taskId }) =>
      of(taskId, (id) =>
        post(`/tasks/${id}/exclusions`, { subjectId: NOWHERE, ...REASON, evidence: '示例' }),
      ),
    seen,
  ),
  record(
    'taskExclusion.withdraw',
    OVER,
    ({ taskId }) => of(taskId, (id) => post(`/tasks/${id}/exclusions/${NOWHERE}/withdrawal`)),
    seen,
  ),
  plain('taskEvidence.upload', '422 document.empty', {
    ...post('/task-evidence'),
    headers: { 'content-type': 'application/octet-stream' },
  }),
  record(
    'taskEvidence.download',
    '404 not_found',
    ({ taskId }) => of(taskId, (id) => get(`/tasks/${id}/evidence`)),
    seen,
  ),
  plain('publicTask.list', '200', get('/public/tasks')),
  list(
    'visit.list',
    () => get('/visits?limit=200'),
    (t) => t.visitId,
  ),
  record(
    'visit.declare',
    '409 visit.not_yet',
    ({ subjectId, authorityId }) =>
      of(subjectId, (id) =>
        post('/visits', {
          subjectId: id,
          onDay: '2999-01-01',
          level: 'county',
          authorityId,
          evidenceId: NOWHERE,
        }),
      ),
    { seenBy: 'subject.list' },
  ),
  record(
    'visit.confirm',
    '409 visit.withdrawn_already',
    ({ visitId, divisionCode }) => of(visitId, (id) => post(`/visits/${divisionCode}/${id}/confirmation`)),
    { seenBy: 'visit.list' },
  ),
  record(
    'visit.readEvidence',
    '404 not_found',
    ({ visitId, divisionCode }) => of(visitId, (id) => get(`/visits/${divisionCode}/${id}/evidence`)),
    { seenBy: 'visit.list' },
  ),
  record(
    'visit.withdraw',
    '409 visit.withdrawn_already',
    ({ visitId, divisionCode }) =>
      of(visitId, (id) => post(`/visits/${divisionCode}/${id}/withdrawal`, REASON)),
    { seenBy: 'visit.list' },
  ),
]
