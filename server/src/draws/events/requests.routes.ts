// 跳过和作废 over HTTP, and what happened to a draw so far.

import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found, type Refusal } from '../../platform/refusal.ts'
import { drawItself, type DrawRow, findDraw, lockDraw, lockDrawItself } from '../draws/draws.store.ts'
import { lockPlanEntry } from '../freeze/freeze.store.ts'
import type { DrawsParts } from '../parts.ts'
import { tryEvent } from './adding.ts'
import { hasBrought } from './evidence.store.ts'
import { representEvents, type RequestVerb, whyNotDecideNow } from './requests.representation.ts'
import { carryOut, skipOf, type Viewing, whyNotProposeNow, whyNotRequest } from './requesting.ts'
import { DrawEvents, NewRequest } from './requests.schema.ts'
import { decideRequest, findRequest, insertRequest, type RequestRow } from './requests.store.ts'

/** Proposals, decisions, the list of events. Every act answers with the whole list. */
export function requestRoutes(parts: DrawsParts): readonly Route[] {
  const act = { method: 'POST', about: 'drawRequest', replies: { 200: DrawEvents } } as const
  return [
    read({
      method: 'GET',
      path: '/draws/{id}/events',
      action: 'draw.events',
      summary: '抽取之后的变更：跳过、替补、作废、开启，和等待第二人决定的',
      schema: { params: ById },
      replies: { 200: DrawEvents },
      async handler(context) {
        const { reader, reach, params } = context
        const draw = found(await findDraw(reader, reach, params.id), 'draw')
        return representEvents(reader, parts.log, draw, context)
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/requests',
      action: 'drawRequest.propose',
      about: 'draw',
      summary: '提出跳过一户（列入下一次必查），或者作废这次抽取；由另一人决定',
      schema: { params: ById, body: NewRequest },
      replies: { 201: DrawEvents },
      async handler(context) {
        const { writer, access, params, body, now, newId } = context
        const draw = found(await lockDraw(writer, seenIn(access, 'draw.show'), params.id), 'draw')
        const { kind, code = null, reason, evidence } = body
        demandAllowed(whyNotProposeNow(kind, draw, context))
        demand((kind === 'skip') === (code !== null) ? undefined : { code: 'drawRequest.which_subject' }, 422)
        demand(await whyNotRequest(writer, draw, { kind, code, reason }, { log: parts.log, now }))
        const by = personOf(context as WriteContext).personId
        const isBrought = await hasBrought(writer, evidence, by)
        demand(isBrought ? undefined : { code: 'replacement.no_evidence' }, 422)
        const statement = body.statement.trim().normalize('NFC')
        await insertRequest(writer, {
          id: newId(),
          drawId: draw.id,
          kind,
          code,
          reason,
          statement,
          evidence,
          by,
          now,
        })
        return reply(201, await again(writer, parts, context as Acting, draw.id))
      },
    }),
    write({
      ...act,
      path: '/draw-requests/{id}/approval',
      action: 'drawRequest.approve',
      summary: '同意跳过或者作废：写入公开日志，不能撤销',
      schema: { params: ById },
      before: ({ params, access, actor }) =>
        tryEvent(parts, async (reader) => {
          const request = await findRequest(reader, seenIn(access, 'drawRequest.readEvidence'), params.id)
          // No event bears a time before that of the one that it follows.
          const now = parts.clock.now()
          // The act itself says why not.
          if (request?.kind !== 'skip' || whyNotDecideNow('approve', request, { access, actor, now }))
            return undefined
          const draw = found(await drawItself(reader, request.drawId), 'draw')
          if (await whyNotRequest(reader, draw, request, { log: parts.log, now })) return undefined
          const said = { request, approvedBy: personOf({ actor }).personId, now }
          return { draw, given: await skipOf(reader, draw, said) }
        }),
      async handler(context, tried) {
        const { writer } = context
        const { request, draw } = await locked(context as Acting, 'approve')
        const now = tried?.given.now ?? parts.clock.now()
        // Nobody begins to freeze the next draw while this one says that there is one to come.
        await lockPlanEntry(writer, draw.planRef)
        demand(await whyNotRequest(writer, draw, request, { log: parts.log, now }))
        const by = personOf(context as WriteContext).personId
        const n = await carryOut(writer, parts, draw, { request, approvedBy: by, now, trial: tried })
        await decideRequest(writer, request.id, { state: 'approved', by, now, n })
        return again(writer, parts, context as Acting, draw.id)
      },
    }),
    write({
      ...act,
      path: '/draw-requests/{id}/rejection',
      action: 'drawRequest.reject',
      summary: '不同意跳过或者作废',
      schema: { params: ById },
      async handler(context) {
        const { writer, now } = context
        const { request, draw } = await locked(context as Acting, 'reject')
        const by = personOf(context as WriteContext).personId
        await decideRequest(writer, request.id, { state: 'rejected', by, now })
        return again(writer, parts, context as Acting, draw.id)
      },
    }),
    write({
      ...act,
      path: '/draw-requests/{id}/withdrawal',
      action: 'drawRequest.withdraw',
      summary: '撤回提出的跳过或者作废',
      schema: { params: ById },
      async handler(context) {
        const { writer, now } = context
        const { request, draw } = await locked(context as Acting, 'withdraw')
        const by = personOf(context as WriteContext).personId
        await decideRequest(writer, request.id, { state: 'withdrawn', by, now })
        return again(writer, parts, context as Acting, draw.id)
      },
    }),
  ]
}

type Acting = WriteContext & Viewing

/** The request and its draw, held; the act allowed. Throws NotFound, Refused. */
async function locked(
  context: Acting,
  verb: RequestVerb,
): Promise<{ readonly request: RequestRow; readonly draw: DrawRow }> {
  const { writer, access } = context
  const { id } = context.params as { readonly id: string }
  const reach = seenIn(access, 'drawRequest.readEvidence')
  const first = found(await findRequest(writer, reach, id), 'drawRequest')
  const draw = found(await lockDrawItself(writer, first.drawId), 'draw')
  // Whoever waited for the draw reads again what was decided meanwhile.
  const request = found(await findRequest(writer, reach, id), 'drawRequest')
  demandAllowed(whyNotDecideNow(verb, request, context))
  return { request, draw }
}

async function again(
  reader: Reader,
  { log }: Pick<DrawsParts, 'log'>,
  context: Acting,
  drawId: string,
): Promise<DrawEvents> {
  const draw = found(await findDraw(reader, seenIn(context.access, 'draw.events'), drawId), 'draw')
  return representEvents(reader, log, draw, context)
}

function demandAllowed(refusal: Refusal | undefined): void {
  demand(refusal, refusal?.code === 'not_allowed' ? 403 : 409)
}
