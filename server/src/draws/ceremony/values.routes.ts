// The values that nobody could know: typed by two people, witnessed by two outsiders, or given by a beacon.

import { recordHash } from '@sunlot/draw'
import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { demand, found } from '../../platform/refusal.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import { openCeremony, whyNotValues } from './ceremony.representation.ts'
import { Beacon, BySource, Ceremony, Outsiders, Typing } from './ceremony.schema.ts'
import { observerMark } from './room.rules.ts'
import { lockedDraw } from './locked.ts'
import { observersOf } from './observers.store.ts'
import { bumpRoom } from './rooms.store.ts'
import {
  agreed,
  asCommitted,
  attemptOf,
  beaconOf,
  whyNotBeacon,
  whyNotOutsiders,
  whyNotText,
  whyNotType,
} from './values.rules.ts'
import { authorityOfPerson, insertBeacon, insertTyping, setRecord } from './values.store.ts'
import { caseOf } from './values.ts'

/** How values come in; of the draw, or of a substitute. */
export function valueRoutes(parts: DrawsParts): readonly Route[] {
  const show = openCeremony(parts)
  const act = { method: 'POST', about: 'draw', replies: { 200: Ceremony } } as const
  return [
    write({
      ...act,
      path: '/draws/{id}/values/{source}/typings',
      action: 'draw.typeValue',
      summary: '录入骰子或者开奖号码；由两个部门的两个人各录一次，互相看不到',
      schema: { params: BySource, body: Typing },
      async handler(context) {
        const { writer, params, body, now } = context
        const { eventN = 0 } = body
        const draw = await lockedDraw(context, params.id, 'draw.typeValue')
        demand(whyNotStep(draw.state, 'type'))
        demand(await whyNotValues(writer, { log: parts.log, now }, { id: draw.id, eventN }))
        const key = { drawId: draw.id, eventN, source: params.source }
        const { value } = await caseOf(writer, key)
        const personId = personOf(context as WriteContext).personId
        const authorityId = found(await authorityOfPerson(writer, personId), 'person')
        demand(whyNotType(value, { personId, authorityId }, now))
        const text = asCommitted(value.source, body.text)
        demand(whyNotText(value.source, text), 422)
        await insertTyping(writer, key, { attempt: attemptOf(value.typings), by: personId, text, at: now })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id, eventN })
      },
    }),
    write({
      ...act,
      path: '/draws/{id}/values/{source}/outsiders',
      action: 'draw.nameOutsiders',
      summary: '请两名外部人员在记录上签字；两人都签字前可以换人',
      schema: { params: BySource, body: Outsiders },
      async handler(context) {
        const { writer, params, body, now } = context
        const { eventN = 0 } = body
        const draw = await lockedDraw(context, params.id, 'draw.nameOutsiders')
        demand(whyNotStep(draw.state, 'type'))
        demand(await whyNotValues(writer, { log: parts.log, now }, { id: draw.id, eventN }))
        const key = { drawId: draw.id, eventN, source: params.source }
        const { value, values } = await caseOf(writer, key)
        const at = Math.floor((body.at === undefined ? now.getTime() : Date.parse(body.at)) / 1000)
        const all = await observersOf(writer, draw.id)
        const outsiders = body.observers.map((number) => {
          const observer = found(
            all.find((each) => each.number === number),
            'observer',
          )
          const { publicKey, role, joinedAt } = observer
          return { mark: observerMark(observer.number), publicKey, role, joinedAt }
        })
        const since = eventN === 0 ? (draw.closingAt ?? undefined) : undefined
        demand(whyNotOutsiders(value, { outsiders, since, insiders: values.insiders, at, now }))
        const by = outsiders.map(({ mark }) => mark).toSorted()
        const text = value.stored?.value ?? agreed(value.typings) ?? ''
        const hash = recordHash(values.alg, values.of, { id: params.source, value: text, at, by })
        await setRecord(writer, key, { value: text, at: new Date(at * 1000), by, recordHash: hash })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id, eventN })
      },
    }),
    write({
      ...act,
      path: '/draws/{id}/values/{source}/beacon',
      action: 'draw.giveBeacon',
      summary: '填入信标该轮的签名：没有网络时从手机上抄来；签名不对的不收',
      schema: { params: BySource, body: Beacon },
      async handler(context) {
        const { writer, params, body, now } = context
        const { eventN = 0 } = body
        const draw = await lockedDraw(context, params.id, 'draw.giveBeacon')
        demand(whyNotStep(draw.state, 'type'))
        demand(await whyNotValues(writer, { log: parts.log, now }, { id: draw.id, eventN }))
        const key = { drawId: draw.id, eventN, source: params.source }
        const { value } = await caseOf(writer, key)
        const given = whyNotBeacon(value, body.signature.replaceAll(/\s/g, '').toLowerCase(), now)
        if ('refusal' in given) demand(given.refusal, 422)
        else await insertBeacon(writer, key, { ...beaconOf(given.value), settledAt: now })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id, eventN })
      },
    }),
  ]
}
