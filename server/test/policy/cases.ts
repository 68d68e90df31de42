// For each route: what is sent about a target, and what is answered where the act is allowed. What would change the world
// is sent so that it is refused after it was allowed: of a version long gone, on a day to come, decided before.

import type { Relation, Target } from './world.ts'

/** A request about a target. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One way to ask a route. */
export interface RouteCase {
  readonly action: string
  /**
   * `plain`: about nothing in particular. `record`: about one target. `list`: of all that is within reach; the target's id
   * is in the answer or it is not.
   */
  readonly about: 'plain' | 'record' | 'list'
  /** The answers where the act is allowed: status, and code of a refusal. */
  readonly gives: readonly string[]
  readonly ask: (target: Target) => Ask | undefined
  /** What a list holds of a target. */
  readonly id?: (target: Target) => string | undefined
  /** The action by which the record is seen, where that goes farther than the act: then 403, not 404. */
  readonly seenBy?: string
  /** Whether it is also asked about what is one's own. */
  readonly mine?: true
  readonly leftOut?: readonly Relation[]
  /** Ends the session that it is sent from, or all others of the person. */
  readonly endsSession?: 'own' | 'all'
  /** Makes what is used up by the request, before it; gives the target anew. */
  readonly prepare?: 'identity' | 'session'
}

const STALE = { 'if-match': '"999999"' }
const TO_COME = { closedOn: '2999-01-01' }
const PURPOSE = { purpose: '核对联系方式' }
const REASON = { reason: '测试所需' }
const NOWHERE = '01900000-0000-7000-8000-000000000000'

const get = (path: string): Ask => ({ method: 'GET', path })
const post = (path: string, body?: unknown, headers?: Ask['headers']): Ask => ({
  method: 'POST',
  path,
  ...(body === undefined ? {} : { body }),
  ...(headers ? { headers } : {}),
})
/** A request only where the target has what it is about. */
const of = (id: string | undefined, ask: (id: string) => Ask): Ask | undefined =>
  id === undefined ? undefined : ask(id)

type Shape = Omit<RouteCase, 'action' | 'about' | 'gives' | 'ask' | 'id'>
const plain = (
  action: string,
  gives: string | readonly string[],
  ask: Ask,
  shape: Shape = {},
): RouteCase => ({
  action,
  about: 'plain',
  gives: [gives].flat(),
  ask: () => ask,
  ...shape,
})
const record = (
  action: string,
  gives: string | readonly string[],
  ask: RouteCase['ask'],
  shape: Shape = {},
): RouteCase => ({ action, about: 'record', gives: [gives].flat(), ask, ...shape })
const list = (
  action: string,
  ask: RouteCase['ask'],
  id: (target: Target) => string | undefined,
  shape: Shape = {},
): RouteCase => ({ action, about: 'list', gives: ['200'], ask, id, ...shape })

const LAW: readonly RouteCase[] = [
  plain('law.list', '200', get('/law/parameters?division=410928')),
  plain('law.show', '200', get('/law/parameters/publication.result_deadline?division=410928')),
  plain('law.codes', '200', get('/law/codes')),
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

const AUTHORITIES: readonly RouteCase[] = [
  plain('division.list', '200', get('/divisions')),
  plain('division.show', '200', get('/divisions/990101')),
  list(
    'authority.list',
    () => get('/authorities?limit=200'),
    (t) => t.authorityId,
  ),
  record('authority.show', '200', (t) => get(`/authorities/${t.authorityId}`)),
  record(
    'authority.create',
    '409 authority.superior_unknown',
    ({ divisionCode }) =>
      post('/authorities', {
        divisionCode,
        name: '新局',
        shortName: '新局',
        inspects: true,
        superiorId: NOWHERE,
      }),
    { seenBy: 'division.show' },
  ),
  record(
    'authority.edit',
    '412 stale_version',
    (t) => ({
      method: 'PATCH',
      path: `/authorities/${t.authorityId}`,
      body: { inspects: true },
      headers: STALE,
    }),
    { seenBy: 'authority.show' },
  ),
  record(
    'authority.close',
    '409 authority.has_people',
    (t) => post(`/authorities/${t.authorityId}/closure`, TO_COME),
    { seenBy: 'authority.show' },
  ),
  record('unit.list', '200', (t) => get(`/authorities/${t.authorityId}/units`)),
  record(
    'unit.create',
    '409 unit.elsewhere',
    (t) => post(`/authorities/${t.authorityId}/units`, { name: '新队', parentId: NOWHERE }),
    { seenBy: 'unit.list' },
  ),
  record(
    'unit.edit',
    '412 stale_version',
    ({ unitId }) =>
      of(unitId, (id) => ({ method: 'PATCH', path: `/units/${id}`, body: { name: '新名' }, headers: STALE })),
    { seenBy: 'unit.list' },
  ),
  record(
    'unit.close',
    '409 day_in_future',
    ({ unitId }) => of(unitId, (id) => post(`/units/${id}/closure`, TO_COME)),
    { seenBy: 'unit.list' },
  ),
]

const PEOPLE: readonly RouteCase[] = [
  list(
    'person.list',
    () => get('/people?limit=200'),
    (t) => t.personId,
    { mine: true },
  ),
  record('person.show', '200', (t) => get(`/people/${t.personId}`), { mine: true }),
  record(
    'person.create',
    '409 unit.elsewhere',
    ({ authorityId }) => post('/people', { authorityId, name: '新人', unitId: NOWHERE }),
    { seenBy: 'authority.show' },
  ),
  record(
    'person.edit',
    '412 stale_version',
    (t) => ({ method: 'PATCH', path: `/people/${t.personId}`, body: { post: '科员' }, headers: STALE }),
    { seenBy: 'person.show' },
  ),
  record(
    'person.transfer',
    '409 person.already_there',
    ({ personId, authorityId }) => post(`/people/${personId}/transfer`, { authorityId }),
    { seenBy: 'person.show' },
  ),
  record(
    'person.leave',
    '409 day_in_future',
    (t) => post(`/people/${t.personId}/departure`, { leftOn: '2999-01-01' }),
    { seenBy: 'person.show' },
  ),
  record('person.revealMobile', '200', (t) => post(`/people/${t.personId}/mobile-reveals`, PURPOSE), {
    seenBy: 'person.show',
  }),
]

const GRANTS: readonly RouteCase[] = [
  list(
    'grant.list',
    () => get('/grants?limit=200'),
    (t) => t.grantId,
    { mine: true },
  ),
  record('grant.show', '200', ({ grantId }) => of(grantId, (id) => get(`/grants/${id}`)), { mine: true }),
  record(
    'grant.propose',
    '409 grant.backdated',
    ({ personId, authorityId, divisionCode }) =>
      post('/grants', {
        personId,
        authorityId,
        divisionCode,
        role: 'reader',
        validFrom: '2000-01-01',
        ...REASON,
      }),
    { seenBy: 'person.show' },
  ),
  record(
    'grant.approve',
    '409 grant.already_decided',
    ({ grantId }) => of(grantId, (id) => post(`/grants/${id}/approval`, {})),
    { seenBy: 'grant.show' },
  ),
  record(
    'grant.reject',
    '409 grant.already_decided',
    ({ grantId }) => of(grantId, (id) => post(`/grants/${id}/rejection`, REASON)),
    { seenBy: 'grant.show' },
  ),
  record(
    'grant.withdraw',
    '409 grant.not_open',
    ({ grantId }) => of(grantId, (id) => post(`/grants/${id}/withdrawal`, REASON)),
    { seenBy: 'grant.show' },
  ),
]

const CONFERENCES: readonly RouteCase[] = [
  list(
    'conference.list',
    () => get('/conferences?limit=200'),
    (t) => t.conferenceId,
  ),
  record('conference.show', '200', ({ conferenceId }) => of(conferenceId, (id) => get(`/conferences/${id}`))),
  record(
    'conference.create',
    '409 conference.authority_unknown',
    ({ divisionCode }) => post('/conferences', { divisionCode, name: '新会议', officeAuthorityId: NOWHERE }),
    { seenBy: 'division.show' },
  ),
  record(
    'conference.edit',
    '412 stale_version',
    ({ conferenceId }) =>
      of(conferenceId, (id) => ({
        method: 'PATCH',
        path: `/conferences/${id}`,
        body: { name: '改名' },
        headers: STALE,
      })),
    { seenBy: 'conference.show' },
  ),
  ...(['PUT', 'DELETE'] as const).map((method) =>
    record(
      method === 'PUT' ? 'conference.setMember' : 'conference.endMember',
      '412 stale_version',
      ({ conferenceId, authorityId, personId }) =>
        of(conferenceId, (id) => ({
          method,
          path: `/conferences/${id}/members/${authorityId}`,
          headers: STALE,
          ...(method === 'PUT' ? { body: { responsibleDeputyId: personId } } : {}),
        })),
      { seenBy: 'conference.show' },
    ),
  ),
]

const IMPORTS: readonly RouteCase[] = [
  plain('organisationImport.template', '200', get('/organisation-import-template')),
  list(
    'organisationImport.list',
    () => get('/organisation-imports?limit=200'),
    (t) => t.importId,
  ),
  record(
    'organisationImport.upload',
    '422 sheet.bad_bytes',
    ({ divisionCode }) => ({
      method: 'POST',
      path: `/organisation-imports?division=${divisionCode}`,
      body: '\0',
      headers: { 'content-type': 'application/octet-stream' },
    }),
    { seenBy: 'division.show' },
  ),
  record('organisationImport.show', '200', ({ importId }) =>
    of(importId, (id) => get(`/organisation-imports/${id}`)),
  ),
  record('organisationImport.report', '200', ({ importId }) =>
    of(importId, (id) => get(`/organisation-imports/${id}/report.csv`)),
  ),
  ...(['application', 'discarding'] as const).map((decision) =>
    record(
      decision === 'application' ? 'organisationImport.apply' : 'organisationImport.discard',
      '409 organisation.already_discarded',
      ({ importId }) => of(importId, (id) => post(`/organisation-imports/${id}/${decision}`)),
      { seenBy: 'organisationImport.show' },
    ),
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
  record('account.reset', '409 account.of_administrator', ({ accountId }) =>
    of(accountId, (id) => post(`/accounts/${id}/reset`, PURPOSE)),
  ),
  record('account.bindIdentity', '409 account.of_administrator', ({ accountId }) =>
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
  ...AUTHORITIES,
  ...PEOPLE,
  ...GRANTS,
  ...CONFERENCES,
  ...IMPORTS,
  ...SESSIONS,
  ...ACCOUNTS,
  ...HOME,
]
