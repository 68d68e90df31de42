// The routes of the register of inspectors. What would change the world is sent so that it is refused after it was allowed.

import { get, list, of, plain, post, PURPOSE, REASON, record, STALE, type RouteCase } from './route-case.ts'

const FIELDS = { sex: 'male', level: 'county', category: 'ENFORCEMENT_QUALIFIED' }
const TURNED = { from: '2030-01-02', until: '2030-01-01' }
const SEEN = { seenBy: 'inspector.show' } as const

const INSPECTORS: readonly RouteCase[] = [
  list(
    'inspector.list',
    () => get('/inspectors?limit=200'),
    (t) => t.inspectorId,
    { mine: true },
  ),
  record('inspector.show', '200', (t) => of(t.inspectorId, (id) => get(`/inspectors/${id}`)), { mine: true }),
  plain('inspector.tags', '200', get('/inspector-tags?kind=specialism')),
  plain('inspector.export', '200', get('/inspector-export')),
  record(
    'inspector.create',
    '409 inspector.registered_already',
    ({ personId }) => post('/inspectors', { personId, ...FIELDS }),
    { seenBy: 'person.show' },
  ),
  record(
    'inspector.edit',
    '412 stale_version',
    ({ inspectorId }) =>
      of(inspectorId, (id) => ({
        method: 'PATCH',
        path: `/inspectors/${id}`,
        body: { level: 'county' },
        headers: STALE,
      })),
    SEEN,
  ),
  record(
    'inspector.suspend',
    '409 inspector.suspended',
    (t) => of(t.suspendedInspectorId, (id) => post(`/inspectors/${id}/suspension`, REASON)),
    SEEN,
  ),
  record(
    'inspector.resume',
    '409 inspector.not_suspended',
    (t) => of(t.inspectorId, (id) => post(`/inspectors/${id}/resumption`, REASON)),
    SEEN,
  ),
  record(
    'inspector.end',
    '409 day_in_future',
    (t) => of(t.inspectorId, (id) => post(`/inspectors/${id}/ending`, { endedOn: '2999-01-01', ...REASON })),
    SEEN,
  ),
  record(
    'inspector.reveal',
    '200',
    (t) => of(t.inspectorId, (id) => post(`/inspectors/${id}/reveals`, { field: 'mobile', ...PURPOSE })),
    SEEN,
  ),
]

const LEAVES: readonly RouteCase[] = [
  record('inspector.leaves', '200', (t) => of(t.inspectorId, (id) => get(`/inspectors/${id}/leaves`)), {
    ...SEEN,
    mine: true,
  }),
  record(
    'inspector.addLeave',
    '409 leave.turned_round',
    (t) => of(t.inspectorId, (id) => post(`/inspectors/${id}/leaves`, { ...TURNED, ...REASON })),
    SEEN,
  ),
  record(
    'inspector.endLeave',
    '409 leave.over',
    ({ leaveId }) => of(leaveId, (id) => post(`/inspector-leaves/${id}/ending`)),
    { seenBy: 'inspector.leaves' },
  ),
]

const DECLARATIONS: readonly RouteCase[] = [
  record('declaration.list', '200', (t) => of(t.inspectorId, (id) => get(`/inspectors/${id}/declarations`)), {
    ...SEEN,
    mine: true,
  }),
  record(
    'declaration.create',
    '422 declaration.turned_round',
    (t) =>
      of(t.inspectorId, (inspectorId) =>
        post('/declarations', { inspectorId, kind: 'other', subjectName: '示例商店', ...TURNED }),
      ),
    { ...SEEN, mine: true },
  ),
  record(
    'declaration.withdraw',
    '409 declaration.withdrawn_already',
    ({ declarationId }) => of(declarationId, (id) => post(`/declarations/${id}/withdrawal`, REASON)),
    { seenBy: 'declaration.list', mine: true },
  ),
]

const EXPERT_SEEN = { seenBy: 'technicalExpert.show' } as const

const EXPERTS: readonly RouteCase[] = [
  list(
    'technicalExpert.list',
    () => get('/technical-experts?limit=200'),
    (t) => t.technicalExpertId,
  ),
  record('technicalExpert.show', '200', (t) =>
    of(t.technicalExpertId, (id) => get(`/technical-experts/${id}`)),
  ),
  record(
    'technicalExpert.create',
    '409 expert.registered_already',
    ({ authorityId }) => post('/technical-experts', { authorityId, kind: 'expert', name: '示例专家' }),
    { seenBy: 'authority.show' },
  ),
  record(
    'technicalExpert.edit',
    '412 stale_version',
    (t) =>
      of(t.technicalExpertId, (id) => ({
        method: 'PATCH',
        path: `/technical-experts/${id}`,
        body: { fields: [] },
        headers: STALE,
      })),
    EXPERT_SEEN,
  ),
  record(
    'technicalExpert.end',
    '409 day_in_future',
    (t) =>
      of(t.technicalExpertId, (id) => post(`/technical-experts/${id}/ending`, { endedOn: '2999-01-01' })),
    EXPERT_SEEN,
  ),
  record(
    'technicalExpert.reveal',
    '200',
    (t) => of(t.technicalExpertId, (id) => post(`/technical-experts/${id}/reveals`, PURPOSE)),
    EXPERT_SEEN,
  ),
]

export const INSPECTOR_CASES: readonly RouteCase[] = [...INSPECTORS, ...LEAVES, ...DECLARATIONS, ...EXPERTS]
