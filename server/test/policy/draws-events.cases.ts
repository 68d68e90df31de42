// The routes of replacements, skips and voids. What the world asked for was taken back: every act is refused by its state.

import { get, list, of, plain, post, record, type RouteCase } from './route-case.ts'
import type { Target } from './world.ts'

const HASH = '0'.repeat(64)
const ALIAS = '0'.repeat(48)
const OVER = '409 draw.not_in_this_state'
const SAID = { statement: '测试所需', evidence: HASH }
const DRAW_SEEN = { seenBy: 'draw.show' } as const
const SEEN = { seenBy: 'replacement.show' } as const
const REQUEST_SEEN = { seenBy: 'drawRequest.readEvidence' } as const

const replacement = (verb: string, path: string, gives: string, body?: object): RouteCase =>
  record(
    `replacement.${verb}`,
    gives,
    (target) => of(target.replacementId, (id) => post(`/replacements/${id}/${path}`, body)),
    SEEN,
  )
const request = (
  verb: string,
  path: string,
  which: (target: Target) => string | undefined = ({ drawRequestId }) => drawRequestId,
): RouteCase =>
  record(
    `drawRequest.${verb}`,
    '409 drawRequest.not_in_this_state',
    (target) => of(which(target), (id) => post(`/draw-requests/${id}/${path}`)),
    REQUEST_SEEN,
  )

export const EVENT_CASES: readonly RouteCase[] = [
  record('draw.events', '200', ({ drawId }) => of(drawId, (id) => get(`/draws/${id}/events`))),
  plain('drawEvidence.upload', '422 document.empty', {
    method: 'POST',
    path: '/draw-evidence',
    headers: { 'content-type': 'application/octet-stream' },
  }),
  plain('replacement.mine', '200', get('/me/posts')),
  plain('replacement.rates', '200', get('/replacement-rates?year=2026&by=person')),
  list(
    'replacement.list',
    () => get('/replacements?limit=200'),
    ({ replacementId }) => replacementId,
  ),
  record('replacement.show', '200', (target) => of(target.replacementId, (id) => get(`/replacements/${id}`))),
  // The file of the world was never brought.
  record(
    'replacement.readEvidence',
    '404 not_found',
    (target) => of(target.replacementId, (id) => get(`/replacements/${id}/evidence`)),
    SEEN,
  ),
  // Nobody of the world stands in the pools of its draws under his own name.
  record('replacement.apply', '404 not_found', ({ drawId }) =>
    of(drawId, (id) => post(`/draws/${id}/replacements`, { reasonCode: 'RECUSAL', ...SAID })),
  ),
  record(
    'replacement.request',
    OVER,
    ({ drawId }) =>
      of(drawId, (id) => post(`/draws/${id}/recusal-requests`, { subject: '1', alias: ALIAS, ...SAID })),
    DRAW_SEEN,
  ),
  replacement('accede', 'application', '409 replacement.not_in_this_state'),
  replacement('review', 'review', '409 replacement.no_review'),
  replacement('approve', 'approval', '409 replacement.not_in_this_state', {}),
  replacement('reject', 'rejection', '409 replacement.not_in_this_state', { note: '测试所需' }),
  replacement('withdraw', 'withdrawal', '409 replacement.not_in_this_state'),
  record(
    'drawRequest.propose',
    OVER,
    ({ drawId }) =>
      of(drawId, (id) =>
        post(`/draws/${id}/requests`, { kind: 'skip', code: '1', reason: 'ceased', ...SAID }),
      ),
    DRAW_SEEN,
  ),
  request('approve', 'approval'),
  request('approve', 'approval', ({ overseenRequestId }) => overseenRequestId),
  request('reject', 'rejection'),
  request('withdraw', 'withdrawal'),
  record('drawRequest.readEvidence', '404 not_found', (target) =>
    of(target.drawRequestId, (id) => get(`/draw-requests/${id}/evidence`)),
  ),
]
