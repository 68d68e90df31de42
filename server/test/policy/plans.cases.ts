// The routes of plans. What would change the world is sent so that it is refused after it was allowed: about what was
// discarded or withdrawn before, or of a version long gone.

import { get, list, NOWHERE, of, plain, post, REASON, record, STALE, type RouteCase } from './route-case.ts'

const OVER = '409 plan.not_in_this_state'
const seen = { seenBy: 'plan.show' } as const
const SCOPE = {
  divisions: ['990101'],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}
const LINE = {
  taskName: '示例抽查',
  drawType: 'UNTARGETED',
  tier: 'GENERAL',
  field: 'market',
  leadAuthorityId: NOWHERE,
  object: '示例单位',
  scope: SCOPE,
  ratio: 500,
  methods: [],
  startsOn: '2024-03-01',
  endsOn: '2024-11-30',
  drawLevel: 'county',
  inspectLevel: 'county',
  parts: [{ authorityId: NOWHERE, itemIds: [] }],
}

const shown = (action: string, path: string): RouteCase =>
  record(action, '200', ({ planId }) => of(planId, (id) => get(`/plans/${id}${path}`)))
const act = (action: string, path: string, body?: object): RouteCase =>
  record(action, OVER, ({ planId }) => of(planId, (id) => post(`/plans/${id}/${path}`, body)), seen)
const stale = (action: string, path: string): RouteCase =>
  record(
    action,
    '412 stale_version',
    ({ planId }) => of(planId, (id) => post(`/plans/${id}/${path}`, {}, STALE)),
    seen,
  )
const patched = (path: string, body: object) => ({ method: 'PATCH' as const, path, body, headers: STALE })

const PLANS: readonly RouteCase[] = [
  list(
    'plan.list',
    () => get('/plans?limit=200&state=discarded'),
    (t) => t.planId,
  ),
  shown('plan.show', ''),
  record(
    'plan.create',
    '409 plan.half_of_half_year',
    ({ authorityId }) =>
      post('/plans', { authorityId, kind: 'halfYear', year: 2030, field: 'nonMarket', title: '示例计划' }),
    { seenBy: 'authority.show' },
  ),
  record(
    'plan.edit',
    '412 stale_version',
    ({ planId }) => of(planId, (id) => patched(`/plans/${id}`, { title: '示例计划' })),
    seen,
  ),
  act('plan.invite', 'invitations', { authorityIds: [NOWHERE] }),
  stale('plan.propose', 'proposal'),
  stale('plan.approve', 'approval'),
  act('plan.withdraw', 'withdrawal'),
  act('plan.return', 'return', REASON),
  act('plan.publish', 'publication', {}),
  act('plan.close', 'closure'),
  act('plan.discard', 'discarding', REASON),
  shown('plan.check', '/checks'),
  shown('plan.overlaps', '/overlaps'),
  plain('planOverlap.list', '200', get('/plan-overlaps')),
  shown('plan.candidates', '/candidates'),
  shown('plan.export', '/export.csv?form=county'),
  plain('plan.template', '200', get('/plan-template.csv?form=county')),
  record(
    'plan.consolidate',
    '409 consolidation.consolidated_only',
    ({ planId }) => of(planId, (id) => post(`/plans/${id}/consolidation`, { lineIds: [NOWHERE] })),
    seen,
  ),
  record(
    'plan.merge',
    '409 consolidation.consolidated_only',
    ({ planId }) =>
      of(planId, (id) =>
        post(`/plans/${id}/merges`, {
          lineIds: [NOWHERE, '01900000-0000-7000-8000-000000000001'],
          taskName: '示例联合抽查',
          leadAuthorityId: NOWHERE,
          ratio: 500,
        }),
      ),
    seen,
  ),
  plain('publicPlan.list', '200', get('/public/plans')),
  plain('publicPlan.show', '404 not_found', get(`/public/plans/${NOWHERE}`)),
]

const ofLine = { seenBy: 'planLine.show' } as const
const LINES: readonly RouteCase[] = [
  shown('planLine.list', '/lines'),
  record('planLine.show', '200', ({ lineId }) => of(lineId, (id) => get(`/plan-lines/${id}`))),
  act('planLine.create', 'lines', LINE),
  record(
    'planLine.edit',
    '412 stale_version',
    ({ lineId }) => of(lineId, (id) => patched(`/plan-lines/${id}`, { remark: '示例' })),
    ofLine,
  ),
  record(
    'planLine.join',
    OVER,
    ({ lineId }) =>
      of(lineId, (id) => post(`/plan-lines/${id}/joining`, { lineId: id, reason: '示例：同一对象' })),
    ofLine,
  ),
  record(
    'planLine.remove',
    OVER,
    ({ lineId }) => of(lineId, (id) => post(`/plan-lines/${id}/removal`)),
    ofLine,
  ),
]

const amending = (verb: string, path: string, body?: object): RouteCase =>
  record(
    `amendment.${verb}`,
    '409 amendment.not_in_this_state',
    ({ amendmentId }) => of(amendmentId, (id) => post(`/amendments/${id}/${path}`, body)),
    { seenBy: 'amendment.show' },
  )
const AMENDMENTS: readonly RouteCase[] = [
  shown('amendment.list', '/amendments'),
  record('amendment.show', '200', ({ amendmentId }) => of(amendmentId, (id) => get(`/amendments/${id}`))),
  record('amendment.check', '200', ({ amendmentId }) =>
    of(amendmentId, (id) => get(`/amendments/${id}/checks`)),
  ),
  act('amendment.create', 'amendments', { reasonCode: 'CORRECTION', ...REASON, changes: [] }),
  record(
    'amendment.edit',
    '412 stale_version',
    ({ amendmentId }) => of(amendmentId, (id) => patched(`/amendments/${id}`, REASON)),
    { seenBy: 'amendment.show' },
  ),
  amending('propose', 'proposal'),
  amending('withdraw', 'withdrawal'),
  amending('reject', 'rejection', REASON),
  amending('approve', 'approval', {}),
]

const filed = (verb: string, path: string, body?: object): RouteCase =>
  record(
    `filing.${verb}`,
    '409 filing.not_in_this_state',
    ({ filingId }) => of(filingId, (id) => post(`/filings/${id}/${path}`, body)),
    { seenBy: 'filing.show' },
  )
const FILINGS: readonly RouteCase[] = [
  list(
    'filing.list',
    () => get('/filings?limit=200'),
    (t) => t.filingId,
  ),
  record('filing.show', '200', ({ filingId }) => of(filingId, (id) => get(`/filings/${id}`))),
  record('filing.duties', '200', ({ authorityId }) => get(`/filing-duties?authority=${authorityId}`)),
  act('filing.submit', 'submission'),
  act('filing.file', 'filings', { body: 'JOINT_CONFERENCE' }),
  record(
    'filing.report',
    '409 filing.progress_needs_dates',
    ({ authorityId }) => post('/progress-reports', { authorityId, summary: '示例总结' }),
    { seenBy: 'authority.show' },
  ),
  filed('receive', 'receipt'),
  filed('return', 'return', REASON),
  filed('withdraw', 'withdrawal'),
]

const imported = (verb: string, path: string, gives: string): RouteCase =>
  record(
    `planImport.${verb}`,
    gives,
    ({ planImportId }) => of(planImportId, (id) => post(`/plan-imports/${id}/${path}`)),
    { seenBy: 'planImport.show' },
  )
const IMPORTS: readonly RouteCase[] = [
  act('planImport.upload', 'imports'),
  record('planImport.show', '200', ({ planImportId }) =>
    of(planImportId, (id) => get(`/plan-imports/${id}`)),
  ),
  record('planImport.report', '200', ({ planImportId }) =>
    of(planImportId, (id) => get(`/plan-imports/${id}/report.csv`)),
  ),
  imported('apply', 'application', '409 planImport.decided_already'),
  imported('discard', 'discarding', '409 planImport.decided_already'),
]

export const PLAN_CASES: readonly RouteCase[] = [...PLANS, ...LINES, ...AMENDMENTS, ...FILINGS, ...IMPORTS]
