// The public side of draws, their bundles, aliases and the monitor. No draw of the world was ever committed.

import { get, of, plain, post, record, type RouteCase } from './route-case.ts'

const NOBODY = '404 not_found'
const LOOKED_UP = [NOBODY, '429 too_many_attempts']
const NONE = '/public/draws/d99-2026-1-1'

export const CERTIFICATE_CASES: readonly RouteCase[] = [
  plain('publicDraw.list', '200', get('/public/draws')),
  plain('publicDraw.listPage', '200', get('/public/draws.html')),
  plain('publicDraw.policy', '200', get('/public/draws/policy.json')),
  plain('publicDraw.show', NOBODY, get(NONE)),
  plain('publicDraw.page', NOBODY, get(`${NONE}.html`)),
  plain('publicDraw.subject', LOOKED_UP, get(`${NONE}/subjects/91990101MA00000000`)),
  plain('publicDraw.why', LOOKED_UP, get(`${NONE}/why`)),
  plain('publicDraw.changes', NOBODY, get(`${NONE}/changes`)),
  plain('publicDraw.changesPage', NOBODY, get(`${NONE}/changes.html`)),
  plain('publicDraw.bundle', NOBODY, get(`${NONE}/bundle.zip`)),
  record(
    'draw.oversightBundle',
    '409 draw.not_in_this_state',
    ({ overseenDrawId }) => of(overseenDrawId, (id) => get(`/draws/${id}/oversight-bundle.zip`)),
    { seenBy: 'draw.show' },
  ),
  plain('alias.mine', '200', get('/me/aliases')),
  plain(
    'alias.check',
    NOBODY,
    post('/public/alias-checks', {
      draw: 'd99-2026-1-1',
      alias: '0'.repeat(48),
      salt: '0'.repeat(32),
      staffNumber: '1',
    }),
  ),
  plain('monitor.show', '200', get('/public/monitor?division=990101')),
  plain('monitor.page', '200', get('/public/monitor.html?division=990101')),
]
