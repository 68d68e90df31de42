// The routes of the register of subjects. What would change the world is sent so that it is refused after it was allowed.

import { get, list, of, plain, post, PURPOSE, REASON, record, STALE, type RouteCase } from './route-case.ts'

const SEEN = { seenBy: 'subject.show' } as const
const LICENCE = { kind: '示例许可', number: '2' }

const SUBJECTS: readonly RouteCase[] = [
  plain('industry.list', '200', get('/industries')),
  list(
    'subject.list',
    () => get('/subjects?limit=200'),
    (t) => t.subjectId,
  ),
  record('subject.show', '200', (t) => of(t.subjectId, (id) => get(`/subjects/${id}`))),
  record('subject.history', '200', (t) => of(t.subjectId, (id) => get(`/subjects/${id}/history`)), SEEN),
  plain('subject.export', '200', get('/subject-export')),
  record(
    'subject.create',
    // A city is no county.
    ['409 subject.code_taken', '422 subject.division_not_county'],
    ({ subjectCode, authorityId, divisionCode }) =>
      of(subjectCode, (code) => post('/subjects', { code, name: '示例商店', authorityId, divisionCode })),
    { seenBy: 'authority.show' },
  ),
  record(
    'subject.edit',
    '412 stale_version',
    ({ subjectId }) =>
      of(subjectId, (id) => ({
        method: 'PATCH',
        path: `/subjects/${id}`,
        body: { name: '新名' },
        headers: STALE,
      })),
    SEEN,
  ),
  record(
    'subject.remove',
    '409 subject.left',
    (t) => of(t.leftSubjectId, (id) => post(`/subjects/${id}/removal`, REASON)),
    SEEN,
  ),
  record(
    'subject.return',
    '409 subject.not_left',
    (t) => of(t.subjectId, (id) => post(`/subjects/${id}/return`, REASON)),
    SEEN,
  ),
  record(
    'subject.addAuthority',
    '409 subject.supervised_already',
    ({ subjectId, authorityId }) =>
      of(subjectId, (id) => post(`/subjects/${id}/authorities`, { authorityId, ...REASON })),
    SEEN,
  ),
  record(
    'subject.removeAuthority',
    '409 subject.last_supervisor',
    ({ subjectId, authorityId }) =>
      of(subjectId, (id) => post(`/subjects/${id}/authority-removals`, { authorityId, ...REASON })),
    SEEN,
  ),
  record(
    'subject.revealTelephone',
    '200',
    (t) => of(t.subjectId, (id) => post(`/subjects/${id}/telephone-reveals`, PURPOSE)),
    SEEN,
  ),
]

const PARTS: readonly RouteCase[] = [
  record(
    'premises.create',
    '409 subject.left',
    (t) => of(t.leftSubjectId, (id) => post(`/subjects/${id}/premises`, { address: '示例路2号' })),
    SEEN,
  ),
  record(
    'premises.edit',
    '409 premises.closed',
    ({ premisesId }) =>
      of(premisesId, (id) => ({
        method: 'PATCH',
        path: `/premises/${id}`,
        body: { name: '新名' },
        headers: STALE,
      })),
    SEEN,
  ),
  record(
    'premises.close',
    '409 premises.closed',
    (t) => of(t.premisesId, (id) => post(`/premises/${id}/closure`, { closedOn: '2020-01-03' })),
    SEEN,
  ),
  record(
    'licence.create',
    '409 subject.left',
    ({ leftSubjectId, authorityId }) =>
      of(leftSubjectId, (id) => post(`/subjects/${id}/licences`, { ...LICENCE, authorityId })),
    SEEN,
  ),
  record(
    'licence.edit',
    '409 licence.revoked',
    ({ licenceId }) =>
      of(licenceId, (id) => ({
        method: 'PATCH',
        path: `/licences/${id}`,
        body: { scope: '零售' },
        headers: STALE,
      })),
    SEEN,
  ),
  record(
    'licence.revoke',
    '409 licence.revoked',
    (t) =>
      of(t.licenceId, (id) => post(`/licences/${id}/revocation`, { revokedOn: '2020-01-03', ...REASON })),
    SEEN,
  ),
]

const CHANGES: readonly RouteCase[] = [
  list(
    'subjectChange.list',
    () => get('/subject-changes?limit=200'),
    (t) => t.subjectChangeId,
  ),
  record('subjectChange.show', '200', (t) => of(t.subjectChangeId, (id) => get(`/subject-changes/${id}`))),
  record(
    'subjectChange.approve',
    '409 subjectChange.already_decided',
    (t) => of(t.subjectChangeId, (id) => post(`/subject-changes/${id}/approval`, {})),
    { seenBy: 'subjectChange.show' },
  ),
  record(
    'subjectChange.reject',
    '409 subjectChange.already_decided',
    (t) => of(t.subjectChangeId, (id) => post(`/subject-changes/${id}/rejection`, REASON)),
    { seenBy: 'subjectChange.show' },
  ),
  record(
    'subjectChange.withdraw',
    '409 subjectChange.already_decided',
    (t) => of(t.subjectChangeId, (id) => post(`/subject-changes/${id}/withdrawal`)),
    { seenBy: 'subjectChange.show' },
  ),
  plain('subjectFigure.list', '200', get('/subject-figures')),
  plain('subjectFigure.count', '202', post('/subject-figures')),
  plain('publicSubjectChange.list', '200', get('/public/subject-changes?division=990101')),
]

export const SUBJECT_CASES: readonly RouteCase[] = [...SUBJECTS, ...PARTS, ...CHANGES]
