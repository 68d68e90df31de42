// The press, and what the draw gave.

import { seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { covers } from '../../platform/reach.ts'
import { demand, found, type Refusal } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { whyNotWhileSealed } from '../draws/draws.rules.ts'
import { type DrawRow, findDraw, lockDraw, stepDraw } from '../draws/draws.store.ts'
import type { DrawsParts } from '../parts.ts'
import {
  PostPage,
  PostsQuery,
  PressBody,
  Pressed,
  Presses,
  SelectedPage,
  SelectedQuery,
} from './drawing.schema.ts'
import { openAgain } from '../lists/opening.ts'
import { DRAW_JOB } from './job.ts'
import { missingPresses, type Press } from './press.rules.ts'
import { isOpening, pressingOf, representPresses, whyNotPressNow, whyNotResume } from './pressing.ts'
import { insertPress, namesOfAuthorities } from './presses.store.ts'
import { membersAt, placesOf, selectedOf } from './results.store.ts'

/** Who presses, and what was drawn. */
export function drawingRoutes(parts: DrawsParts): readonly Route[] {
  return [...pressRoutes(parts), ...resultRoutes()]
}

function pressRoutes({ jobs, log }: DrawsParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/draws/{id}/presses',
      action: 'draw.presses',
      summary: '由谁抽取、谁已按下、谁还没有',
      schema: { params: ById },
      replies: { 200: Presses },
      async handler(context) {
        const { reader, reach, params } = context
        const draw = found(await findDraw(reader, reach, params.id), 'draw')
        return representPresses(reader, draw, { ...context, log })
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/presses',
      action: 'draw.press',
      about: 'draw',
      summary: '抽取：按下只是启动，结果由承诺和封口后的随机值决定',
      schema: { params: ById, body: PressBody },
      replies: { 202: Pressed },
      async handler(context) {
        const { writer, params, body, now, newId } = context
        const draw = await lockedFor(context, params.id)
        const person = personOf(context as WriteContext)
        const instead = body.instead ?? false
        const authorityId = body.authorityId ?? person.acting?.authorityId ?? ''
        const press: Press = { stage: body.stage, authorityId }
        const pressing = await pressingOf(writer, draw, { ...context, log })
        demandAllowed(whyNotPressNow(pressing, context, { press, instead }))
        await insertPress(writer, draw.id, { ...press, instead, at: now, by: person.personId })
        const missing = missingPresses(draw, [...pressing.pressed, { ...press, instead, at: now }])
        const jobId = missing.length === 0 ? newId() : null
        if (jobId !== null) {
          await stepDraw(writer, draw.id, { state: 'drawing', jobId })
          await jobs.ask(writer, { id: jobId, kind: DRAW_JOB, input: { drawId: draw.id }, ...asker(context) })
        }
        await bumpRoom(writer, draw.id)
        const names = await namesOfAuthorities(
          writer,
          missing.map((one) => one.authorityId),
        )
        return reply(202, {
          jobId,
          missing: missing.map((one) => ({
            stage: one.stage,
            authority: { id: one.authorityId, name: names.get(one.authorityId) ?? '' },
          })),
        })
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/resumption',
      action: 'draw.resume',
      about: 'draw',
      summary: '抽取或者到时开启中断后继续：结果不变，只再次启动',
      schema: { params: ById },
      replies: { 202: Presses },
      async handler(context) {
        const { writer, params, newId, now } = context
        const draw = await lockedFor(context, params.id)
        demandAllowed(await whyNotResume(writer, draw, context))
        if (isOpening(draw, now)) {
          await stepDraw(writer, draw.id, { failure: null })
          openAgain(draw.id)
        } else {
          const jobId = newId()
          await stepDraw(writer, draw.id, { jobId, failure: null })
          await jobs.ask(writer, { id: jobId, kind: DRAW_JOB, input: { drawId: draw.id }, ...asker(context) })
        }
        await bumpRoom(writer, draw.id)
        const after = found(await findDraw(writer, seenIn(context.access, 'draw.presses'), draw.id), 'draw')
        return reply(202, await representPresses(writer, after, { ...context, log }))
      },
    }),
  ]
}

function resultRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/draws/{id}/selected',
      action: 'draw.selected',
      summary: '抽中的检查对象，按抽取的顺序',
      schema: { params: ById, query: SelectedQuery },
      replies: { 200: SelectedPage },
      async handler({ reader, reach, params, query }) {
        const draw = found(await findDraw(reader, reach, params.id), 'draw')
        demand(whyNotShown(draw))
        const { limit = 50, after, stratum } = query
        const rows = await selectedOf(reader, draw.id, {
          limit,
          stratum,
          after: keyOf(after, ['text', 'text', 'text']),
        })
        return pageOf(rows, limit, {
          key: (row) => [row.stratum, row.order, row.code],
          show: ({ order: _order, subjectId, name, ...row }) => ({
            ...row,
            subject: { id: subjectId, name },
          }),
        })
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}/posts',
      action: 'draw.posts',
      summary: '检查小组和人员；姓名只给参与部门',
      schema: { params: ById, query: PostsQuery },
      replies: { 200: PostPage },
      async handler({ reader, reach, params, query }) {
        const draw = found(await findDraw(reader, reach, params.id), 'draw')
        demand(whyNotShown(draw))
        const { limit = 50, after, q } = query
        const places = await placesOf(reader, draw.id, { limit, q, after: keyOf(after, ['text'])?.[0] })
        const members = await membersAt(
          reader,
          draw.id,
          places.map(({ place }) => place),
        )
        const isParty = covers(reach, { authorityIds: draw.partyIds })
        return pageOf(places, limit, {
          key: ({ place }) => [place],
          show: ({ place, load, subject }) => ({
            place,
            subject,
            load,
            members: members
              .filter((member) => member.place === place)
              .map((member) => ({
                alias: member.alias,
                authority: { id: member.authorityId, name: member.authorityName },
                person: isParty ? member.personName : null,
                entered: member.entered,
                left: member.left,
              })),
          }),
        })
      },
    }),
  ]
}

/** Why nothing is shown of who was drawn: there is no certificate yet, or the list is sealed. */
function whyNotShown(draw: DrawRow): Refusal | undefined {
  return draw.state === 'certified'
    ? whyNotWhileSealed(draw)
    : { code: 'draw.not_drawn_yet', params: { state: draw.state } }
}

function asker({ actor }: Pick<Context, 'actor'>) {
  return actor.kind === 'person'
    ? { requestedBy: actor.personId, authorityId: actor.acting?.authorityId }
    : {}
}

async function lockedFor(context: Pick<WriteContext, 'writer' | 'access'>, id: string): Promise<DrawRow> {
  return found(await lockDraw(context.writer, seenIn(context.access, 'draw.presses'), id), 'draw')
}

function demandAllowed(refusal: Refusal | undefined): void {
  demand(refusal, refusal?.code === 'not_allowed' ? 403 : 409)
}
