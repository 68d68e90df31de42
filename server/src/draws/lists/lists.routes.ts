// 密封名单: read line by line, each reading written down, until it opens.

import { seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  type ReadContext,
  type Route,
  write,
} from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found, type Refusal } from '../../platform/refusal.ts'
import { leadOf, oversightOf } from '../draws/access.ts'
import { type DrawRow, findDraw, lockDraw } from '../draws/draws.store.ts'
import type { DrawsParts } from '../parts.ts'
import { assignmentsOf, ownParts } from './assignments.ts'
import { openWith, readyToOpen } from './opening.ts'
import { proofOfLine, readLines, sealedLines, whyNotSealed } from './sealed.ts'
import {
  Assignments,
  Opened,
  Opening,
  Readings,
  SealedLineParams,
  SealedPage,
  SealedProof,
  SealedQuery,
} from './sealed.schema.ts'
import { readingsOf } from './sealed.store.ts'

/** Sealed lists and their opening. */
export function listRoutes(parts: DrawsParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/draws/{id}/sealed-list',
      action: 'sealedList.read',
      about: 'sealedList',
      summary: '查看密封名单；须在 Purpose 头写明用途，每次查看留下记录',
      schema: { params: ById, query: SealedQuery },
      replies: { 200: SealedPage },
      recorded: true,
      async before(context) {
        const draw = await context.recording.database.read((reader) =>
          sealedDraw({ ...context, reader }, 'sealedList.read'),
        )
        demandPurpose(context)
        const { limit = 50, after } = context.query
        const from = Number(keyOf(after, ['number'])?.[0] ?? 0)
        return readLines(parts, draw, { from, limit })
      },
      // The reading stands in the audit trail when it is answered.
      async handler(context, given) {
        const draw = await sealedDraw(context, 'sealedList.read')
        const { limit = 50 } = context.query
        const lines = await sealedLines(context.reader, draw, given)
        return pageOf(lines, limit, {
          key: ({ next }) => [String(next)],
          show: ({ next: _next, ...line }) => line,
        })
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}/sealed-lines/{code}',
      action: 'sealedList.prove',
      about: 'sealedList',
      summary:
        '密封名单中一户的原样一行和证明，随通知书交给该对象；须在 Purpose 头写明用途，每次查看留下记录',
      schema: { params: SealedLineParams },
      replies: { 200: SealedProof },
      recorded: true,
      async before(context) {
        const draw = await context.recording.database.read((reader) =>
          sealedDraw({ ...context, reader }, 'sealedList.prove'),
        )
        demandPurpose(context)
        return proofOfLine(parts, draw, context.params.code)
      },
      // The reading stands in the audit trail when it is answered.
      async handler(context, proof) {
        await sealedDraw(context, 'sealedList.prove')
        return proof
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}/readings',
      action: 'sealedList.readings',
      summary: '谁在什么时候为什么看过密封名单',
      schema: { params: ById, query: SealedQuery },
      replies: { 200: Readings },
      async handler(context) {
        const { reader, query, access } = context
        const draw = found(await findDraw(reader, seenIn(access, 'draw.show'), context.params.id), 'draw')
        demandThere(context, draw, 'sealedList.readings')
        const { limit = 50, after } = query
        const rows = await readingsOf(reader, draw.id, { limit, after: keyOf(after, ['instant', 'id']) })
        const can = (action: SealedAction) => canOf(whyNotThere(context, draw, action) ?? whyNotSealed(draw))
        return {
          ...pageOf(rows, limit, {
            key: ({ instant, id }) => [instant, id],
            show: ({ instant: _instant, at, ...row }) => ({ ...row, at: at.toISOString() }),
          }),
          can: { read: can('sealedList.read'), prove: can('sealedList.prove') },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/me/assignments',
      action: 'sealedList.mine',
      summary: '我被抽中的检查：小组、同组人员、检查对象；名单未公开的，查看留下记录',
      schema: {},
      replies: { 200: Assignments },
      recorded: true,
      before: (context) => ownParts(parts, personOf(context).personId),
      async handler(context, own) {
        return { items: await assignmentsOf(context.reader, own, personOf(context).personId) }
      },
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/opening',
      action: 'draw.open',
      about: 'draw',
      summary: '开启名单：到时没有自动开启的，由牵头或监督部门开启',
      schema: { params: ById, body: Opening },
      replies: { 200: Opened },
      withoutIdempotency: true,
      async before(context) {
        const { recording, params, body, access } = context
        const seen = seenIn(access, 'draw.show')
        const draw = found(
          await recording.database.read((reader) => findDraw(reader, seen, params.id)),
          'draw',
        )
        demandThere(context, draw, 'draw.open')
        return readyToOpen(parts, draw, body.secrets)
      },
      async handler(context, ready) {
        const { writer, params, access } = context
        const draw = found(await lockDraw(writer, seenIn(access, 'draw.show'), params.id), 'draw')
        demandThere(context, draw, 'draw.open')
        return { openedAt: (await openWith(writer, parts, draw, ready)).toISOString() }
      },
    }),
  ]
}

type Asked = Pick<Context, 'access'>
type SealedAction = 'sealedList.read' | 'sealedList.prove'

/** A draw whose list is sealed, for somebody who may read it. */
async function sealedDraw(
  {
    reader,
    access,
    params,
  }: Pick<ReadContext, 'reader' | 'access'> & { readonly params: { readonly id: string } },
  action: SealedAction,
): Promise<DrawRow> {
  const draw = found(await findDraw(reader, seenIn(access, 'draw.show'), params.id), 'draw')
  demandThere({ access }, draw, action)
  demand(whyNotSealed(draw))
  return draw
}

/** Only the lead's people and the oversight's: whoever is a participant is told by the lead whom to send. */
function demandThere(asked: Asked, draw: DrawRow, action: string): void {
  demand(whyNotThere(asked, draw, action), 403)
}

function whyNotThere({ access }: Asked, draw: DrawRow, action: string): Refusal | undefined {
  const refused = [leadOf(draw), oversightOf(draw)].map((place) => access.whyNot(action, place))
  return refused.every((each) => each !== undefined) ? refused[0] : undefined
}

const LEAST_PURPOSE = 4

function demandPurpose({ header }: Pick<Context, 'header'>): void {
  const purpose = decodeURIComponent(header('purpose') ?? '').trim()
  demand(purpose.length < LEAST_PURPOSE ? { code: 'purpose_needed' } : undefined, 403)
}
