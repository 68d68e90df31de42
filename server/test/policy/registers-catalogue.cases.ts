// The routes of 抽查事项清单. What would change the world is sent so that it is refused after it was allowed: about what was
// discarded, received or decided before, or of a version long gone.

import { get, list, NOWHERE, of, plain, post, REASON, record, STALE, type RouteCase } from './route-case.ts'

const BROKEN_CITATION = { title: '示例办法', level: 'departmentalRule', repealedById: NOWHERE }
const FLOATING_ITEM = {
  code: 'SX-999',
  name: '示例检查',
  object: '示例单位',
  field: 'market',
  isRandom: true,
  tier: 'GENERAL',
  bases: [{ citationId: NOWHERE }],
}
const UNCOUNTED_JOINT = {
  name: '示例联合抽查',
  field: 'market',
  mode: 'COMPREHENSIVE',
  object: '示例单位',
  methods: ['ON_SITE'],
  implementingLevels: ['county'],
  startMonth: 3,
  endMonth: 6,
  focus: '证照与台账',
}
const NOT_DRAFT = '409 catalogue.not_draft'
const NOT_PROPOSED = '409 catalogue.not_proposed'
const NOT_EFFECTIVE = '409 catalogue.not_effective'

const CITATIONS: readonly RouteCase[] = [
  list(
    'citation.list',
    () => get('/citations?limit=200'),
    (t) => t.citationId,
  ),
  record('citation.show', '200', ({ citationId }) => of(citationId, (id) => get(`/citations/${id}`))),
  record(
    'citation.create',
    '409 citation.repeal_day_needed',
    ({ authorityId }) => post('/citations', { authorityId, ...BROKEN_CITATION }),
    { seenBy: 'authority.show' },
  ),
  record(
    'citation.edit',
    '412 stale_version',
    ({ citationId }) =>
      of(citationId, (id) => ({
        method: 'PATCH',
        path: `/citations/${id}`,
        body: { issuer: '示例机关' },
        headers: STALE,
      })),
    { seenBy: 'citation.show' },
  ),
]

const step = (action: string, noun: string, gives: string, body?: object): RouteCase =>
  record(action, gives, ({ itemId }) => of(itemId, (id) => post(`/items/${id}/${noun}`, body)), {
    seenBy: 'item.show',
  })

const ITEMS: readonly RouteCase[] = [
  list(
    'item.list',
    () => get('/items?limit=200&state=discarded'),
    (t) => t.itemId,
  ),
  plain('item.export', '200', get('/items.csv')),
  plain('publicItem.list', '200', get('/public/items')),
  record('item.show', '200', ({ itemId }) => of(itemId, (id) => get(`/items/${id}`))),
  record(
    'item.create',
    '409 citation.unknown',
    ({ authorityId }) => post('/items', { authorityId, ...FLOATING_ITEM }),
    { seenBy: 'authority.show' },
  ),
  record(
    'item.edit',
    '412 stale_version',
    ({ itemId }) =>
      of(itemId, (id) => ({ method: 'PATCH', path: `/items/${id}`, body: { note: '示例' }, headers: STALE })),
    { seenBy: 'item.show' },
  ),
  step('item.propose', 'proposal', NOT_DRAFT),
  step('item.approve', 'approval', NOT_PROPOSED, {}),
  step('item.reject', 'rejection', NOT_PROPOSED, REASON),
  step('item.withdraw', 'withdrawal', NOT_PROPOSED),
  step('item.end', 'ending', NOT_EFFECTIVE, REASON),
  step('item.discard', 'discarding', NOT_DRAFT, REASON),
  step('item.revise', 'revision', NOT_EFFECTIVE),
  record('checklist.list', '200', ({ itemId }) => of(itemId, (id) => get(`/items/${id}/checklists`))),
  record('checklist.show', '200', ({ checklistId }) => of(checklistId, (id) => get(`/checklists/${id}`))),
  step('checklist.create', 'checklists', '409 item.ended', { checkpoints: [{ no: '1', text: '示例' }] }),
]

const jointStep = (action: string, noun: string, gives: string, body?: object): RouteCase =>
  record(
    action,
    gives,
    ({ jointItemId }) => of(jointItemId, (id) => post(`/joint-items/${id}/${noun}`, body)),
    {
      seenBy: 'jointItem.show',
    },
  )

const JOINT_ITEMS: readonly RouteCase[] = [
  list(
    'jointItem.list',
    () => get('/joint-items?limit=200&state=discarded'),
    (t) => t.jointItemId,
  ),
  record('jointItem.show', '200', ({ jointItemId }) => of(jointItemId, (id) => get(`/joint-items/${id}`))),
  record(
    'jointItem.create',
    '409 jointItem.ratio_or_quantity',
    ({ authorityId }) =>
      post('/joint-items', {
        ...UNCOUNTED_JOINT,
        leadAuthorityId: authorityId,
        parts: [{ authorityId, itemIds: [] }],
      }),
    { seenBy: 'authority.show' },
  ),
  record(
    'jointItem.edit',
    '412 stale_version',
    ({ jointItemId }) =>
      of(jointItemId, (id) => ({
        method: 'PATCH',
        path: `/joint-items/${id}`,
        body: { focus: '示例' },
        headers: STALE,
      })),
    { seenBy: 'jointItem.show' },
  ),
  jointStep('jointItem.propose', 'proposal', NOT_DRAFT),
  jointStep('jointItem.approve', 'approval', NOT_PROPOSED, {}),
  jointStep('jointItem.reject', 'rejection', NOT_PROPOSED, REASON),
  jointStep('jointItem.end', 'ending', NOT_EFFECTIVE, REASON),
  jointStep('jointItem.discard', 'discarding', NOT_DRAFT, REASON),
]

const documentStep = (action: string, noun: string, gives: string, body?: object): RouteCase =>
  record(
    action,
    gives,
    ({ documentId }) => of(documentId, (id) => post(`/operating-documents/${id}/${noun}`, body)),
    { seenBy: 'operatingDocument.show' },
  )

const DOCUMENTS: readonly RouteCase[] = [
  list(
    'operatingDocument.list',
    () => get('/operating-documents?limit=200'),
    (t) => t.documentId,
  ),
  record('operatingDocument.show', '200', ({ documentId }) =>
    of(documentId, (id) => get(`/operating-documents/${id}`)),
  ),
  record('operatingDocument.download', '200', ({ documentId }) =>
    of(documentId, (id) => get(`/operating-documents/${id}/file`)),
  ),
  record(
    'operatingDocument.upload',
    '422 document.format',
    ({ authorityId }) => ({
      method: 'POST',
      path: `/operating-documents?authority=${authorityId}&kind=operatingRules&title=${encodeURIComponent('示例细则')}&effectiveFrom=2024-01-01`,
      body: '\0',
      headers: { 'content-type': 'application/octet-stream' },
    }),
    { seenBy: 'authority.show' },
  ),
  documentStep('operatingDocument.submit', 'submission', '409 document.submitted_already'),
  documentStep('operatingDocument.receive', 'receipt', '409 document.not_submitted'),
  documentStep('operatingDocument.return', 'returning', '409 document.not_submitted', REASON),
]

const statementStep = (action: string, noun: string, body?: object): RouteCase =>
  record(
    action,
    '409 statement.decided_already',
    ({ statementId }) => of(statementId, (id) => post(`/unsuitable-statements/${id}/${noun}`, body)),
    { seenBy: 'unsuitableStatement.show' },
  )

const STATEMENTS: readonly RouteCase[] = [
  list(
    'unsuitableStatement.list',
    () => get('/unsuitable-statements?limit=200'),
    (t) => t.statementId,
  ),
  record('unsuitableStatement.show', '200', ({ statementId }) =>
    of(statementId, (id) => get(`/unsuitable-statements/${id}`)),
  ),
  record(
    'unsuitableStatement.preview',
    '200',
    ({ authorityId }) => get(`/unsuitable-statement-preview?authority=${authorityId}`),
    { seenBy: 'authority.show' },
  ),
  record(
    'unsuitableStatement.create',
    '409 statement.nothing_unsuitable',
    ({ authorityId }) => post('/unsuitable-statements', { authorityId, explanation: '示例说明' }),
    { seenBy: 'authority.show' },
  ),
  statementStep('unsuitableStatement.receive', 'receipt'),
  statementStep('unsuitableStatement.return', 'returning', REASON),
]

/** All of the catalogue. */
export const CATALOGUE_CASES: readonly RouteCase[] = [
  ...CITATIONS,
  ...ITEMS,
  ...JOINT_ITEMS,
  ...DOCUMENTS,
  ...STATEMENTS,
]
