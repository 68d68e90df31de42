// 回避和替换 over HTTP: the inspector asks for himself, his unit's head reviews, the leader in charge approves, and who comes is drawn.

import { seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { lockDraw, lockDrawItself } from '../draws/draws.store.ts'
import { standsInPool } from '../drawing/presses.store.ts'
import type { DrawsParts } from '../parts.ts'
import { announce, newsFor, triedAnnouncement } from './announcing.ts'
import { askFor, demandCertified, myPosts, sealedPosts, whyNotEnterRequest } from './asking.ts'
import {
  representReplacement,
  type ReplacementVerb,
  type Viewing,
  whyNotDo,
} from './replacements.representation.ts'
import {
  Approval,
  MyPosts,
  NewReplacement,
  RecusalRequest,
  Rejection,
  Replacement,
  ReplacementPage,
  ReplacementQuery,
} from './replacements.schema.ts'
import {
  findReplacement,
  heldAs,
  heldBy,
  holdReplacement,
  listReplacements,
  placeOfSubject,
  type ReplacementRow,
  stepReplacement,
} from './replacements.store.ts'

/** Who asks, who decides, and what came of it. */
export function replacementRoutes(parts: DrawsParts): readonly Route[] {
  return [...askingRoutes(parts), ...decidingRoutes(parts)]
}

function askingRoutes(parts: DrawsParts): readonly Route[] {
  const { book } = parts
  return [
    read({
      method: 'GET',
      path: '/me/posts',
      action: 'replacement.mine',
      summary: '我被抽中的检查，和能否申请回避、替换',
      schema: {},
      replies: { 200: MyPosts },
      async handler(context) {
        const { reader, now } = context
        const { personId } = personOf(context)
        const items = await myPosts(reader, personId, { law: await book.read(reader), now })
        return { items, sealed: await sealedPosts(reader, personId) }
      },
    }),
    read({
      method: 'GET',
      path: '/replacements',
      action: 'replacement.list',
      summary: '回避和替换申请及去向',
      schema: { query: ReplacementQuery },
      replies: { 200: ReplacementPage },
      async handler(context) {
        const { reader, reach, query } = context
        const { limit = 50, after, state, mine, ...rest } = query
        const rows = await listReplacements(reader, reach, {
          ...rest,
          limit,
          ...(state === undefined ? {} : { state: [state] }),
          ...(mine ? { person: personOf(context).personId } : {}),
          after: keyOf(after, ['id'])?.[0],
        })
        const law = await book.read(reader)
        return pageOf(rows, limit, {
          key: ({ id }) => [id],
          show: (row) => representReplacement(row, context, law),
        })
      },
    }),
    read({
      method: 'GET',
      path: '/replacements/{id}',
      action: 'replacement.show',
      summary: '一件回避、替换申请的去向',
      schema: { params: ById },
      replies: { 200: Replacement },
      async handler(context) {
        const { reader, reach, params } = context
        const row = found(await findReplacement(reader, reach, params.id), 'replacement')
        return representReplacement(row, context, await book.read(reader))
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/replacements',
      action: 'replacement.apply',
      about: 'draw',
      summary: '检查人员本人申请回避或者替换；替补由随机抽取产生，不能指定',
      schema: { params: ById, body: NewReplacement },
      replies: { 201: Replacement },
      async handler(context) {
        const { writer, params, body, newId } = context
        const { personId } = personOf(context as WriteContext)
        // His place in its pools is the whole of his reach.
        const draw = found(await lockDrawItself(writer, params.id), 'draw')
        found((await standsInPool(writer, draw.id, personId)) || undefined, 'draw')
        demandCertified(draw)
        const held = await heldBy(writer, draw.id, personId)
        const id = newId()
        const by = { id, origin: 'inspector', requestedBy: null, bringer: personId, personId } as const
        await askFor(writer, parts, draw, { ...body, ...by, subject: body.subject, held, now: context.now })
        return reply(201, await shown(context as WriteContext & Viewing, parts, id))
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/recusal-requests',
      action: 'replacement.request',
      about: 'draw',
      summary: '登记检查对象提出的回避要求；由被要求回避的人申请，或者依法审批',
      schema: { params: ById, body: RecusalRequest },
      replies: { 201: Replacement },
      async handler(context) {
        const { writer, access, params, body, newId } = context
        const draw = found(await lockDraw(writer, seenIn(access, 'draw.show'), params.id), 'draw')
        const refused = whyNotEnterRequest(draw, { access })
        demand(refused, refused?.code === 'not_allowed' ? 403 : 409)
        const { personId: requestedBy } = personOf(context as WriteContext)
        const held = await heldAs(writer, draw.id, body.alias)
        const place = await placeOfSubject(writer, draw.id, body.subject)
        if (!held || place === undefined || !held.places.includes(place))
          demand({ code: 'replacement.not_his_visit' })
        const id = newId()
        await askFor(writer, parts, draw, {
          ...body,
          id,
          origin: 'subject',
          reasonCode: 'RECUSAL',
          requestedBy,
          bringer: requestedBy,
          held,
          personId: held!.personId,
          now: context.now,
        })
        return reply(201, await shown(context as WriteContext & Viewing, parts, id))
      },
    }),
  ]
}

function decidingRoutes(parts: DrawsParts): readonly Route[] {
  const act = { method: 'POST', about: 'replacement', replies: { 200: Replacement } } as const
  return [
    write({
      ...act,
      path: '/replacements/{id}/application',
      action: 'replacement.accede',
      summary: '检查对象要求回避的，本人同意并申请',
      schema: { params: ById },
      async handler(context) {
        const row = await locked(context as WriteContext & Viewing, parts, 'accede')
        await stepReplacement(context.writer, row.id, { state: 'applied', applied_at: context.now })
        return shown(context as WriteContext & Viewing, parts, row.id)
      },
    }),
    write({
      ...act,
      path: '/replacements/{id}/review',
      action: 'replacement.review',
      summary: '所在部门负责人审查',
      schema: { params: ById },
      async handler(context) {
        const row = await locked(context as WriteContext & Viewing, parts, 'review')
        const by = personOf(context as WriteContext).personId
        const patch = { state: 'reviewed', reviewed_by: by, reviewed_at: context.now } as const
        await stepReplacement(context.writer, row.id, patch)
        return shown(context as WriteContext & Viewing, parts, row.id)
      },
    }),
    write({
      ...act,
      path: '/replacements/{id}/approval',
      action: 'replacement.approve',
      summary: '批准；随后以新的随机值抽取替补，任何人不能指定',
      schema: { params: ById, body: Approval },
      before: ({ params, body, ...context }) =>
        triedAnnouncement(parts, { ...context, id: params.id, asked: body.source }),
      async handler(context, tried) {
        const row = await locked(context as WriteContext & Viewing, parts, 'approve')
        await announce(context as WriteContext & Viewing, parts, { row, tried })
        return shown(context as WriteContext & Viewing, parts, row.id)
      },
    }),
    write({
      ...act,
      path: '/replacements/{id}/rejection',
      action: 'replacement.reject',
      summary: '不同意，写明理由',
      schema: { params: ById, body: Rejection },
      async handler(context) {
        const row = await locked(context as WriteContext & Viewing, parts, 'reject')
        const { writer, body, now } = context
        const by = personOf(context as WriteContext).personId
        const note = body.note.trim().normalize('NFC')
        await stepReplacement(writer, row.id, {
          state: 'rejected',
          ended_by: by,
          ended_at: now,
          decision_note: note,
        })
        await parts.tell(writer, newsFor(row, 'replacement.rejected', now))
        return shown(context as WriteContext & Viewing, parts, row.id)
      },
    }),
    write({
      ...act,
      path: '/replacements/{id}/withdrawal',
      action: 'replacement.withdraw',
      summary: '本人撤回申请',
      schema: { params: ById },
      async handler(context) {
        const row = await locked(context as WriteContext & Viewing, parts, 'withdraw')
        const patch = { state: 'withdrawn', ended_by: row.personId, ended_at: context.now } as const
        await stepReplacement(context.writer, row.id, patch)
        return shown(context as WriteContext & Viewing, parts, row.id)
      },
    }),
  ]
}

type Acting = WriteContext & Viewing

/** Held, and what is to be done about it allowed. Throws NotFound, Refused. */
async function locked(context: Acting, { book }: DrawsParts, verb: ReplacementVerb): Promise<ReplacementRow> {
  const { writer, access } = context
  const { id } = context.params as { readonly id: string }
  await holdReplacement(writer, id)
  const row = found(await findReplacement(writer, seenIn(access, 'replacement.show'), id), 'replacement')
  const refused = whyNotDo(verb, row, context, await book.read(writer))
  demand(refused, refused?.code === 'not_allowed' ? 403 : 409)
  return row
}

async function shown(context: Acting, { book }: DrawsParts, id: string): Promise<Replacement> {
  const { writer, access } = context
  const row = found(await findReplacement(writer, seenIn(access, 'replacement.show'), id), 'replacement')
  return representReplacement(row, context, await book.read(writer))
}
