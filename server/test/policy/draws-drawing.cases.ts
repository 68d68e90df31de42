// The routes of the press, the result and the sealed list. The draws of the world were given up: nothing was drawn.

import { get, of, plain, post, record, type RouteCase } from './route-case.ts'
import type { Target } from './world.ts'

const OVER = '409 draw.not_in_this_state'
const NOTHING = '409 draw.not_drawn_yet'
const own = ({ drawId }: Target) => drawId
const overseen = ({ overseenDrawId }: Target) => overseenDrawId
const PURPOSE = { purpose: encodeURIComponent('安排检查人员') }

const seen = (action: string, page: string, gives: string): RouteCase =>
  record(action, gives, (target) => of(own(target), (id) => get(`/draws/${id}/${page}`)))
const onRecord = (
  action: string,
  page: string,
  gives: string,
  which: (target: Target) => string | undefined,
): RouteCase =>
  record(
    action,
    gives,
    (target) => of(which(target), (id) => ({ ...get(`/draws/${id}/${page}`), headers: PURPOSE })),
    {
      seenBy: 'draw.show',
    },
  )

export const DRAWING_CASES: readonly RouteCase[] = [
  seen('draw.presses', 'presses', '200'),
  record(
    'draw.press',
    OVER,
    (target) => of(own(target), (id) => post(`/draws/${id}/presses`, { stage: 'objects' })),
    {
      seenBy: 'draw.presses',
    },
  ),
  record('draw.resume', OVER, (target) => of(own(target), (id) => post(`/draws/${id}/resumption`)), {
    seenBy: 'draw.presses',
  }),
  seen('draw.selected', 'selected', NOTHING),
  seen('draw.posts', 'posts', NOTHING),
  onRecord('sealedList.read', 'sealed-list', NOTHING, own),
  onRecord('sealedList.read', 'sealed-list', NOTHING, overseen),
  onRecord('sealedList.prove', 'sealed-lines/91990000000000000X', NOTHING, own),
  onRecord('sealedList.readings', 'readings', '200', own),
  onRecord('sealedList.readings', 'readings', '200', overseen),
  plain('sealedList.mine', '200', get('/me/assignments')),
  record(
    'draw.open',
    '409 draw.not_sealed',
    (target) => of(overseen(target), (id) => post(`/draws/${id}/opening`, {})),
    {
      seenBy: 'draw.show',
    },
  ),
]
