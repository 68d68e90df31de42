// 抽取现场: the room, who is in it, what they add, the close, and the values that nobody could know.

import { randomInt } from 'node:crypto'
import { personOf, read, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import type { Writer } from '../../platform/database/database.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found, Refused } from '../../platform/refusal.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import { openCeremony } from './ceremony.representation.ts'
import { ByObserver, Ceremony, EventQuery, PuttingOut } from './ceremony.schema.ts'
import { closeRoutes } from './closing.routes.ts'
import { lockedDraw } from './locked.ts'
import { observerRoutes } from './observers.routes.ts'
import { roomCodeOf, whyNotOpen, whyNotPutOut } from './room.rules.ts'
import { observersOf, putOut } from './observers.store.ts'
import { bumpRoom, insertRoom, isCodeTaken, lockRoom, renewCode, reopenRoom } from './rooms.store.ts'
import { valueRoutes } from './values.routes.ts'
import { watchRoutes } from './watch.routes.ts'

/** The room, the close, the values. */
export function ceremonyRoutes(parts: DrawsParts): readonly Route[] {
  const show = openCeremony(parts)
  return [
    read({
      method: 'GET',
      path: '/draws/{id}/ceremony',
      action: 'draw.ceremony',
      summary: '一次抽取的现场：代码、封口和预检、随机值的录入，以及我此刻能做什么',
      schema: { params: ById, query: EventQuery },
      replies: { 200: Ceremony },
      handler: (context) =>
        show(context.reader, context, { id: context.params.id, eventN: context.query.eventN }),
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/room',
      action: 'draw.openRoom',
      about: 'draw',
      summary: '打开抽取现场：给出手机上输入的代码',
      schema: { params: ById },
      replies: { 200: Ceremony },
      async handler(context) {
        const { writer, params, now } = context
        const draw = await lockedDraw(context, params.id, 'draw.openRoom')
        demand(whyNotStep(draw.state, 'openRoom'))
        const room = await lockRoom(writer, draw.id)
        if (!room || room.endedAt) {
          const code = await freeCode(writer)
          const opened = { drawId: draw.id, code, by: personOf(context as WriteContext).personId, at: now }
          await (room ? reopenRoom(writer, opened) : insertRoom(writer, opened))
        }
        return show(writer, context, { id: draw.id })
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/room/code',
      action: 'draw.renewCode',
      about: 'draw',
      summary: '给现场换一个代码：旧代码不能再进入，已在现场的不受影响',
      schema: { params: ById },
      replies: { 200: Ceremony },
      async handler(context) {
        const { writer, params } = context
        const draw = await lockedDraw(context, params.id, 'draw.renewCode')
        demand(whyNotStep(draw.state, 'openRoom'))
        const room = await lockRoom(writer, draw.id)
        demand(whyNotOpen(room))
        await renewCode(writer, draw.id, await freeCode(writer))
        return show(writer, context, { id: draw.id })
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/room/observers/{number}/removal',
      action: 'draw.putOut',
      about: 'draw',
      summary: '停止贡献前把没有写过贡献的设备请出现场，写明理由，留痕',
      schema: { params: ByObserver, body: PuttingOut },
      replies: { 200: Ceremony },
      async handler(context) {
        const { writer, params, body, now } = context
        const draw = await lockedDraw(context, params.id, 'draw.putOut')
        demand(whyNotOpen(await lockRoom(writer, draw.id)))
        const all = await observersOf(writer, draw.id)
        const observer = found(
          all.find(({ number }) => number === params.number),
          'observer',
        )
        demand(whyNotPutOut(draw.state, observer))
        const reason = body.reason.trim().normalize('NFC')
        const by = personOf(context as WriteContext).personId
        await putOut(writer, observer.id, { by, reason, at: now })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id })
      },
    }),
    ...closeRoutes(parts),
    ...valueRoutes(parts),
    ...observerRoutes(parts),
    ...watchRoutes(parts),
  ]
}

async function freeCode(writer: Writer): Promise<string> {
  for (let tries = 0; tries < 10; tries++) {
    const code = roomCodeOf((below) => randomInt(below))
    if (!(await isCodeTaken(writer, code))) return code
  }
  throw new Refused({ code: 'busy' }, 503)
}
