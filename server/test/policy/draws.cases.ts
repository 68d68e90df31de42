// The routes of the draws themselves. The draws of the world were given up: nothing of them was ever logged.

import { get, list, of, plain, post, record, type RouteCase } from './route-case.ts'
import type { Target } from './world.ts'

const own = ({ drawId }: Target) => drawId

export const DRAW_CASES: readonly RouteCase[] = [
  list('draw.list', () => get('/draws?limit=200'), own),
  record('draw.show', '200', (target) => of(own(target), (id) => get(`/draws/${id}`))),
  record(
    'draw.discard',
    '409 draw.not_in_this_state',
    (target) => of(own(target), (id) => post(`/draws/${id}/discarding`)),
    { seenBy: 'draw.show' },
  ),
  // No manifest was made, so that those who see the draw and those who do not are told the same.
  record('draw.manifest', '404 not_found', (target) =>
    of(own(target), (id) => get(`/draws/${id}/manifests/commit.json`)),
  ),
  plain('publicDraw.file', '404 not_found', get('/public/draws/d01-2026-1-1/files/commit.json')),
]
