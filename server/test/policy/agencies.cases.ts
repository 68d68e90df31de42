// The routes of 机构. What would change the world is sent so that it is refused after it was allowed: of a version long
// gone, on a day to come, decided before.

import {
  get,
  list,
  NOWHERE,
  of,
  plain,
  post,
  PURPOSE,
  REASON,
  record,
  STALE,
  type RouteCase,
} from './route-case.ts'

const TO_COME = { closedOn: '2999-01-01' }

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

/** All of this feature. */
export const AGENCY_CASES: readonly RouteCase[] = [
  ...AUTHORITIES,
  ...PEOPLE,
  ...GRANTS,
  ...CONFERENCES,
  ...IMPORTS,
]
