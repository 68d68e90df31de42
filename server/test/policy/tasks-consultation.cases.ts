// The routes of 会商 and 实施方案, about a task that was cancelled long ago: what is allowed is refused for that.

import { get, NOWHERE, of, plain, post, record, type RouteCase, STALE } from './route-case.ts'

const ENDED = '409 participation.task_not_open'
const LEADS = '409 participation.is_lead'
const CANCELLED = '409 scheme.task_cancelled'

const seen = (action: string, path: (id: string) => string): RouteCase =>
  record(action, '200', ({ taskId }) => of(taskId, (id) => get(path(id))))

const answered = (action: string, noun: string): RouteCase =>
  record(
    action,
    LEADS,
    ({ participationId }) => of(participationId, (id) => post(`/participations/${id}/${noun}`)),
    { seenBy: 'participation.show' },
  )

/** An answer to something that was seen in another version. */
const seenBefore = (action: string, noun: string, body: object): RouteCase =>
  record(
    action,
    '412 participation.offer_changed',
    ({ participationId }) =>
      of(participationId, (id) => ({
        method: 'POST',
        path: `/participations/${id}/${noun}`,
        body,
        headers: STALE,
      })),
    { seenBy: 'participation.show' },
  )

const written = (action: string, gives: string, path: (id: string) => string, body?: object): RouteCase =>
  record(action, gives, ({ taskId }) => of(taskId, (id) => post(path(id), body)), { seenBy: 'task.show' })

const PARTICIPATIONS: readonly RouteCase[] = [
  seen('participation.list', (id) => `/tasks/${id}/participations`),
  plain('participation.mine', '200', get('/participations')),
  record('participation.show', '200', ({ participationId }) =>
    of(participationId, (id) => get(`/participations/${id}`)),
  ),
  record('participation.candidates', '200', ({ participationId }) =>
    of(participationId, (id) => get(`/participations/${id}/candidates`)),
  ),
  record(
    'participation.invite',
    ENDED,
    ({ taskId, authorityId }) =>
      of(taskId, (id) => ({
        method: 'PUT',
        path: `/tasks/${id}/participations/${authorityId}`,
        body: { members: 2 },
      })),
    { seenBy: 'task.show' },
  ),
  record(
    'participation.release',
    LEADS,
    ({ taskId, authorityId }) =>
      of(taskId, (id) => post(`/tasks/${id}/participations/${authorityId}/release`)),
    { seenBy: 'task.show' },
  ),
  record(
    'participation.prepare',
    '412 stale_version',
    ({ participationId }) =>
      of(participationId, (id) => ({
        method: 'PATCH',
        path: `/participations/${id}`,
        body: { members: 2 },
        headers: STALE,
      })),
    { seenBy: 'participation.show' },
  ),
  seenBefore('participation.accept', 'acceptance', { taskVersion: 1, scheme: null }),
  seenBefore('participation.decline', 'decline', { reason: '示例' }),
  answered('participation.reopen', 'reopening'),
  record(
    'participation.uploadStatement',
    LEADS,
    ({ participationId }) =>
      of(participationId, (id) => ({
        method: 'POST',
        path: `/participations/${id}/statement`,
        body: '%PDF-1.4',
        headers: { 'content-type': 'application/octet-stream' },
      })),
    { seenBy: 'participation.show' },
  ),
  // Nobody declined: there is none to read, for whoever may read it.
  record('participation.readStatement', '404 not_found', ({ participationId }) =>
    of(participationId, (id) => get(`/participations/${id}/statement`)),
  ),
]

const OPINIONS: readonly RouteCase[] = [
  seen('opinion.list', (id) => `/tasks/${id}/opinions`),
  written('opinion.give', '409 opinion.not_now', (id) => `/tasks/${id}/opinions`, { text: '示例意见' }),
  record(
    'opinion.reply',
    '409 opinion.answered_already',
    ({ opinionId }) => of(opinionId, (id) => post(`/opinions/${id}/reply`, { adopted: true })),
    { seenBy: 'opinion.list' },
  ),
  seen('consultation.record', (id) => `/tasks/${id}/consultation-record.csv`),
  seen('consultation.print', (id) => `/tasks/${id}/consultation-record.html`),
  written('consultation.remind', ENDED, (id) => `/tasks/${id}/reminders`),
]

const SCHEMES: readonly RouteCase[] = [
  seen('scheme.list', (id) => `/tasks/${id}/schemes`),
  record('scheme.show', '200', ({ schemeId }) => of(schemeId, (id) => get(`/schemes/${id}`))),
  record('scheme.text', '200', ({ schemeId }) => of(schemeId, (id) => get(`/schemes/${id}/text`))),
  written('scheme.generate', CANCELLED, (id) => `/tasks/${id}/schemes`),
  written('scheme.revise', CANCELLED, (id) => `/tasks/${id}/schemes/revision`),
  record(
    'scheme.edit',
    '412 stale_version',
    ({ schemeId }) =>
      of(schemeId, (id) => ({
        method: 'PATCH',
        path: `/schemes/${id}`,
        body: { sections: [{ code: 'TIME', text: '示例' }] },
        headers: STALE,
      })),
    { seenBy: 'scheme.show' },
  ),
  record(
    'scheme.publish',
    '412 stale_version',
    ({ schemeId }) =>
      of(schemeId, (id) => ({
        method: 'POST',
        path: `/schemes/${id}/publication`,
        body: { channel: 'WEBSITE' },
        headers: STALE,
      })),
    { seenBy: 'scheme.show' },
  ),
  plain('publicScheme.list', '200', get('/public/schemes')),
  plain('publicScheme.show', '404 not_found', get(`/public/schemes/${NOWHERE}`)),
]

export const CONSULTATION_CASES: readonly RouteCase[] = [...PARTICIPATIONS, ...OPINIONS, ...SCHEMES]
