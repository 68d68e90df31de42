// What a room's screens show: asked for again and again, and answered when there is something new.

import type { Database } from '../../platform/database/database.ts'
import { free, type Route } from '../../platform/http/route.ts'
import { found } from '../../platform/refusal.ts'
import type { DrawsParts } from '../parts.ts'
import { Hub } from './hub.ts'
import { roomAt } from './observers.routes.ts'
import { asRoomCode } from './room.rules.ts'
import { patienceMs, type RoomState, roomState } from './room-state.ts'
import { ByCode, RoomState as RoomStateSchema, Watching } from './room.schema.ts'
import { roomOf } from './rooms.store.ts'

/** What somebody is told who cannot wait here: when to ask again, in seconds. */
const ASK_AGAIN = 2

/** The way to look on. It waits outside of any transaction, so that nobody who looks on holds a connection. */
export function watchRoutes(parts: DrawsParts): readonly Route[] {
  const { database } = parts.recording
  const hub = hubOf(database)
  const states = new States(parts)
  return [
    free({
      method: 'GET',
      path: '/public/rooms/{code}',
      action: 'room.watch',
      summary: '抽取现场此刻的情况；手机、大屏、控制台所见相同',
      schema: { params: ByCode, query: Watching },
      replies: { 200: RoomStateSchema },
      async handler(context) {
        const { query, now } = context
        const room = await roomAt(parts, context)
        const renewed = room.code !== asRoomCode(context.params.code)
        const state = { ...(await states.of(room.drawId, now)), renewed }
        // A revision that is ahead of ours is of a database that was put back: it is told what there is.
        if (query.after === undefined || query.after !== state.revision) return state
        if (hub.isFull) return { ...state, retryAfter: ASK_AGAIN }
        await hub.wait(room.drawId, state.revision, patienceMs(state, now))
        return { ...(await states.of(room.drawId, parts.clock.now())), renewed }
      },
    }),
  ]
}

const hubs = new WeakMap<Database, Hub>()

/** The one hub of a server. */
function hubOf(database: Database): Hub {
  const hub = hubs.get(database) ?? new Hub(database)
  hubs.set(database, hub)
  return hub
}

/** Answers everybody who waits, so that a server need not wait for them to stop. */
export function endWaiting(database: Database): void {
  hubs.get(database)?.end()
}

/** What a hundred screens ask for in the same moment is read once. */
class States {
  readonly #parts: DrawsParts
  readonly #kept = new Map<string, { readonly key: string; readonly state: Promise<RoomState> }>()

  constructor(parts: DrawsParts) {
    this.#parts = parts
  }

  async of(drawId: string, now: Date): Promise<RoomState> {
    const { recording, log } = this.#parts
    const room = found(await recording.database.read((reader) => roomOf(reader, drawId)), 'room')
    const key = `${room.revision} ${Math.floor(now.getTime() / 1000)}`
    const kept = this.#kept.get(drawId)
    if (kept?.key === key) return kept.state
    const state = recording.database.read(async (reader) => {
      // Once more, in the transaction that reads the rest: a revision never promises more than is shown.
      const here = found(await roomOf(reader, drawId), 'room')
      return roomState(reader, here, { log, now })
    })
    this.#kept.set(drawId, { key, state })
    state.catch(() => this.#kept.delete(drawId))
    return state
  }
}
