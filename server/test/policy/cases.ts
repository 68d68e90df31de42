// For each route of the contract at least one case. What would change the world is sent so that it is refused after it was
// allowed.

import { AGENCY_CASES } from './agencies.cases.ts'
import { IMPORT_CASES } from './registers-imports.cases.ts'
import { INSPECTOR_CASES } from './registers-inspectors.cases.ts'
import { CATALOGUE_CASES } from './registers-catalogue.cases.ts'
import { SUBJECT_CASES } from './registers-subjects.cases.ts'
import { PLAN_CASES } from './plans.cases.ts'
import { CONSULTATION_CASES } from './tasks-consultation.cases.ts'
import { TASK_CASES } from './tasks.cases.ts'
import { DRAW_CASES } from './draws.cases.ts'
import { CEREMONY_CASES } from './draws-ceremony.cases.ts'
import { DRAWING_CASES } from './draws-drawing.cases.ts'
import { FREEZE_CASES } from './draws-freeze.cases.ts'
import { EVENT_CASES } from './draws-events.cases.ts'
import { CERTIFICATE_CASES } from './draws-certificate.cases.ts'
import { get, list, NOWHERE, of, plain, post, PURPOSE, record, STALE, type RouteCase } from './route-case.ts'

const LAW: readonly RouteCase[] = [
  plain('law.list', '200', get('/law/parameters?division=410928')),
  plain('law.show', '200', get('/law/parameters/publication.result_deadline?division=410928')),
  plain('law.codes', '200', get('/law/codes')),
  plain('law.compare', '200', get('/law/comparison?places=410928@2023-06-30,150525@2024-06-03')),
  plain(
    'law.deadline',
    '200',
    get('/law/deadline?division=410928&key=publication.result_deadline&start=2024-03-01'),
  ),
  plain('law.calendars', '200', get('/law/calendars')),
  list(
    'law.entries',
    () => get('/law/entries'),
    (t) => t.entryId,
  ),
  record(
    'law.propose',
    '422 law.entry_cannot_stand',
    ({ divisionCode: division }) =>
      post('/law/entries', {
        division,
        parameter: 'no.such_parameter',
        value: 1,
        kind: 'default',
        from: '2030-01-01',
        source: { document: '示例文件', phrase: '示例原文' },
      }),
    { seenBy: 'division.show' },
  ),
  ...(['approval', 'rejection'] as const).map((decision) =>
    record(
      `law.${decision === 'approval' ? 'approve' : 'reject'}`,
      '409 law.decided_already',
      ({ entryId }) => of(entryId, (id) => post(`/law/entries/${id}/${decision}`, undefined, STALE)),
    ),
  ),
  plain(
    'law.load',
    '409 law.calendar_of_this_version',
    post('/law/calendars', { year: 2024, holidays: ['2024-01-01'], workdays: [], notice: '示例通知' }),
  ),
]

const THROTTLED = '429 too_many_attempts'
const WRONG = { password: '不是这个密码', code: '000000' }

const SESSIONS: readonly RouteCase[] = [
  plain(
    'session.signIn',
    ['401 sign_in_refused', THROTTLED],
    post('/session', { username: 'nobody.at.all', password: '不是这个密码' }),
  ),
  plain('session.signOut', '204', { method: 'DELETE', path: '/session' }, { endsSession: 'own' }),
  plain('session.reauthenticate', ['403 proof_refused', THROTTLED], post('/me/reauthentication', WRONG)),
  plain(
    'session.giveCode',
    ['409 nothing_left_to_prove', '403 proof_refused', THROTTLED],
    post('/me/second-factor', { code: '000000' }),
  ),
  // For whom somebody may act follows from his roles, not from the action's reach.
  record('session.act', '200', ({ authorityId }) => post('/me/acting', { authorityId }), {
    leftOut: ['own'],
  }),
  list(
    'session.list',
    () => get('/me/sessions'),
    (t) => t.sessionId,
    { mine: true },
  ),
  record(
    'session.end',
    '204',
    ({ sessionId }) => of(sessionId, (id) => ({ method: 'DELETE', path: `/me/sessions/${id}` })),
    { mine: true, prepare: 'session' },
  ),
  plain('session.endOthers', '200', { method: 'DELETE', path: '/me/sessions' }, { endsSession: 'all' }),
  plain('me.show', '200', get('/me')),
  plain('oidc.start', '303', get('/oidc/start')),
  plain('oidc.finish', '303', get('/oidc/callback?code=x&state=y')),
  plain(
    'account.changePassword',
    ['403 proof_refused', THROTTLED],
    post('/me/password', { password: WRONG.password, newPassword: '青石县 一阵清风 两袖明月' }),
  ),
  plain('totp.begin', ['200', '403 reauthentication_needed'], post('/me/totp')),
  plain(
    'totp.confirm',
    ['422 totp.code_wrong', '409 totp.not_begun'],
    post('/me/totp/confirmation', { code: '000000' }),
  ),
  plain('recoveryCodes.replace', '200', post('/me/recovery-codes')),
]

const ACCOUNTS: readonly RouteCase[] = [
  list(
    'account.list',
    () => get('/accounts?limit=200'),
    (t) => t.accountId,
  ),
  record('account.create', '409 account.person_has_one', ({ personId }) =>
    post('/accounts', { personId, username: `x${personId.slice(0, 8)}` }),
  ),
  record('account.suspend', '409 account.suspended', ({ suspendedId }) =>
    of(suspendedId, (id) => post(`/accounts/${id}/suspension`, PURPOSE)),
  ),
  record('account.resume', '409 account.active', ({ accountId }) =>
    of(accountId, (id) => post(`/accounts/${id}/resumption`, PURPOSE)),
  ),
  record('account.reset', '409 account.of_decider', ({ accountId }) =>
    of(accountId, (id) => post(`/accounts/${id}/reset`, PURPOSE)),
  ),
  record('account.bindIdentity', '409 account.of_decider', ({ accountId }) =>
    of(accountId, (id) => post(`/accounts/${id}/identities`, { subject: 'somebody', ...PURPOSE })),
  ),
  record(
    'account.withdrawIdentity',
    '200',
    ({ suspendedId }) =>
      of(suspendedId, (id) => ({ method: 'DELETE', path: `/accounts/${id}/identities/{identity}` })),
    { prepare: 'identity' },
  ),
]

const HOME: readonly RouteCase[] = [
  list(
    'audit.list',
    (t) => get(`/audit/events?limit=200&person=${t.keeperId ?? NOWHERE}`),
    (t) => t.eventId,
  ),
  record('audit.show', '200', ({ eventId }) => of(eventId, (id) => get(`/audit/events/${id}`))),
  // The log of a test is not sequenced: there is no receipt yet.
  plain('log.receipt', '404 not_found', get('/public/log/receipts/1')),
  plain('log.verify', '202', post('/log/verifications')),
  plain('home.todo', '200', get('/todo')),
  plain('home.started', '200', get('/started')),
  list(
    'home.search',
    () => get(`/search?q=${encodeURIComponent('巡查局')}`),
    (t) => t.authorityId,
  ),
  list(
    'notification.list',
    () => get('/notifications?limit=200'),
    (t) => t.notificationId,
    { mine: true },
  ),
  record(
    'notification.read',
    '204',
    ({ notificationId }) => of(notificationId, (id) => post(`/notifications/${id}/reading`)),
    { mine: true },
  ),
  list(
    'savedView.list',
    () => get('/saved-views'),
    (t) => t.savedViewId,
    { mine: true },
  ),
  plain(
    'savedView.save',
    ['201', '409 savedView.name_taken'],
    post('/saved-views', { page: '/agencies/people', name: '某局', search: 'q=x' }),
  ),
  record(
    'savedView.edit',
    '412 stale_version',
    ({ savedViewId }) =>
      of(savedViewId, (id) => ({
        method: 'PATCH',
        path: `/saved-views/${id}`,
        body: { name: '另一个' },
        headers: STALE,
      })),
    { mine: true },
  ),
  record(
    'savedView.remove',
    '412 stale_version',
    ({ savedViewId }) =>
      of(savedViewId, (id) => ({ method: 'DELETE', path: `/saved-views/${id}`, headers: STALE })),
    { mine: true },
  ),
  plain('system.show', '200', get('/system')),
  plain('clock.show', '200', get('/clock')),
  plain('clock.set', '409 clock.backwards', post('/clock', { now: '2000-01-01T00:00:00Z' })),
  list(
    'job.list',
    () => get('/jobs?limit=200'),
    (t) => t.jobId,
    { mine: true },
  ),
  record('job.show', '200', ({ jobId }) => of(jobId, (id) => get(`/jobs/${id}`)), { mine: true }),
  record('job.cancel', '409 job.over', ({ jobId }) => of(jobId, (id) => post(`/jobs/${id}/cancellation`)), {
    mine: true,
  }),
]

/** Every way in which a route is asked; at least one for each. */
export const CASES: readonly RouteCase[] = [
  ...LAW,
  ...AGENCY_CASES,
  ...CATALOGUE_CASES,
  ...INSPECTOR_CASES,
  ...IMPORT_CASES,
  ...SUBJECT_CASES,
  ...PLAN_CASES,
  ...TASK_CASES,
  ...CONSULTATION_CASES,
  ...DRAW_CASES,
  ...CEREMONY_CASES,
  ...FREEZE_CASES,
  ...DRAWING_CASES,
  ...EVENT_CASES,
  ...CERTIFICATE_CASES,
  ...SESSIONS,
  ...ACCOUNTS,
  ...HOME,
]
