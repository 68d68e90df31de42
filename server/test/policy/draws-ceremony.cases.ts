// The routes of the room, the close and the values. The draws of the world were given up: every act is refused by their state.

import { get, of, plain, post, record, type RouteCase } from './route-case.ts'
import type { Target } from './world.ts'

const OVER = '409 draw.not_in_this_state'
const NO_ROOM = ['404 not_found', '429 too_many_attempts']
const seen = { seenBy: 'draw.ceremony' } as const
const HASH = '0'.repeat(64)

const act = (
  verb: string,
  path: string,
  body?: object,
  which: (target: Target) => string | undefined = ({ drawId }) => drawId,
): RouteCase =>
  record(
    `draw.${verb}`,
    OVER,
    (target) => of(which(target), (id) => post(`/draws/${id}/${path}`, body)),
    seen,
  )
const overseen = ({ overseenDrawId }: Target) => overseenDrawId

export const CEREMONY_CASES: readonly RouteCase[] = [
  record('draw.ceremony', '200', ({ drawId }) => of(drawId, (id) => get(`/draws/${id}/ceremony`))),
  record('draw.ceremony', '200', (target) => of(overseen(target), (id) => get(`/draws/${id}/ceremony`))),
  act('openRoom', 'room'),
  act('renewCode', 'room/code'),
  // No room was ever opened in the world.
  record(
    'draw.putOut',
    '409 room.not_open',
    (target) =>
      of(target.drawId, (id) => post(`/draws/${id}/room/observers/1/removal`, { reason: '重复进入' })),
    seen,
  ),
  act('beginClose', 'closing'),
  act('reopen', 'reopening'),
  act('countersign', 'countersignature', undefined, overseen),
  act('close', 'close', { hash: HASH }, overseen),
  act('typeValue', 'values/dice/typings', { text: '0' }),
  act('nameOutsiders', 'values/dice/outsiders', { observers: [1, 2] }),
  act('giveBeacon', 'values/drand/beacon', { signature: '0' }),
  // Nobody has opened this one: each guess counts.
  plain('room.watch', NO_ROOM, get('/public/rooms/222222')),
  plain('room.join', NO_ROOM, post('/public/rooms/222222/observers', { role: 'OTHER', publicKey: HASH })),
  plain('room.contribute', NO_ROOM, {
    method: 'PUT',
    path: '/public/rooms/222222/contribution',
    body: { text: '7' },
  }),
  plain(
    'room.sign',
    NO_ROOM,
    post('/public/rooms/222222/signatures', { tag: 'cert', hash: HASH, value: HASH + HASH }),
  ),
]
