import { Type } from 'typebox'
import { type AuthorityRow, findAuthority, holdAuthority, seenIn } from '../../agencies/index.ts'
import { resolve } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
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
import { ById, named, Reason } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { grouped } from './grouped.ts'
import { dueInYear, isLate } from './due.rules.ts'
import { basisText } from './items.csv.ts'
import { placeIn } from './items.representation.ts'
import { whyNotKept } from './items.rules.ts'
import { basesOf, listItems } from './items.store.ts'
import type { CatalogueParts } from './parts.ts'
import { type UnsuitableItem, whyNotReceive, whyNotState } from './statements.rules.ts'
import {
  NewStatement,
  PreviewQuery,
  StatementPreview,
  UnsuitableStatement,
  UnsuitableStatementPage,
  UnsuitableStatementQuery,
} from './statements.schema.ts'
import {
  conferenceOf,
  decideStatement,
  findStatement,
  insertStatement,
  listStatements,
  lockStatement,
  type StatementRow,
  submittedInYear,
} from './statements.store.ts'

const WithReason = Type.Object({ reason: Reason('退回的理由') }, { additionalProperties: false })
/** No authority has as many. */
const MOST = 2_000

/** 不适宜双随机事项的书面说明: what an authority does not draw, with its reasons, to the body that oversees (REQ-ITEM-5). */
export function statementRoutes(parts: CatalogueParts): readonly Route[] {
  const act = { method: 'POST', about: 'unsuitableStatement' } as const
  return [
    read({
      method: 'GET',
      path: '/unsuitable-statements',
      action: 'unsuitableStatement.list',
      summary: '不适宜双随机事项的书面说明',
      schema: { query: UnsuitableStatementQuery },
      replies: { 200: UnsuitableStatementPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listStatements(reader, reach, { ...rest, limit, after: keyOf(after, ['id'])?.[0] })
        const page = pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => represent(row, context) })
        const create = access.reachOf('unsuitableStatement.create') ? null : { code: 'not_allowed' }
        return { ...page, can: { create } }
      },
    }),
    read({
      method: 'GET',
      path: '/unsuitable-statement-preview',
      action: 'unsuitableStatement.preview',
      summary: '今天报送会写入什么：未列入双随机的事项及理由',
      schema: { query: PreviewQuery },
      replies: { 200: StatementPreview },
      async handler(context) {
        const { reader, access, query } = context
        const seen = seenIn(access, 'authority.show')
        const authority = found(await findAuthority(reader, seen, query.authority), 'authority')
        const { id: authorityId, name: authorityName, divisionCode } = authority
        const allowed = access.whyNot('unsuitableStatement.preview', { authorityId, divisionCode })
        demand(allowed, 403)
        const { hasOpen, items, ...to } = await draftOf(context, reader, parts, authority)
        const submit =
          access.whyNot('unsuitableStatement.create', { authorityId, divisionCode }) ??
          whyNotState(items, hasOpen)
        return { authorityId, authorityName, items, ...to, can: { submit: canOf(submit) } }
      },
    }),
    read({
      method: 'GET',
      path: '/unsuitable-statements/{id}',
      action: 'unsuitableStatement.show',
      summary: '一份书面说明',
      schema: { params: ById },
      replies: { 200: UnsuitableStatement },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      ...act,
      path: '/unsuitable-statements',
      action: 'unsuitableStatement.create',
      summary: '报送书面说明：写入当日清单中未列入双随机的事项，此后不变',
      schema: { body: NewStatement },
      replies: { 201: UnsuitableStatement },
      async handler(context) {
        const { writer, access, body, id, now } = context
        const authority = found(
          await holdAuthority(writer, seenIn(access, 'authority.show'), body.authorityId),
          'authority',
        )
        const { id: authorityId, divisionCode } = authority
        demand(access.whyNot('unsuitableStatement.create', { authorityId, divisionCode }), 403)
        demand(whyNotKept(authority))
        const { hasOpen, items, reportedTo, receiver, dueOn } = await draftOf(
          context,
          writer,
          parts,
          authority,
        )
        demand(whyNotState(items, hasOpen))
        await insertStatement(writer, {
          id,
          authorityId,
          divisionCode,
          reportedTo,
          receiverId: receiver?.id ?? null,
          explanation: body.explanation,
          items,
          by: personOf(context as WriteContext).personId,
          on: dayOf(now),
          at: now,
          dueOn,
        })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      ...act,
      path: '/unsuitable-statements/{id}/receipt',
      action: 'unsuitableStatement.receive',
      summary: '签收书面说明',
      schema: { params: ById },
      replies: { 200: UnsuitableStatement },
      handler: (context) => decide(context, { verb: 'receive', state: 'received', reason: null }),
    }),
    write({
      ...act,
      path: '/unsuitable-statements/{id}/returning',
      action: 'unsuitableStatement.return',
      summary: '退回书面说明',
      schema: { params: ById, body: WithReason },
      replies: { 200: UnsuitableStatement },
      handler: (context) =>
        decide(context, { verb: 'return', state: 'returned', reason: context.body.reason }),
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** What an authority would submit today, to whom, and by when it is due. */
async function draftOf(
  { access, now }: Viewing,
  reader: Reader,
  { book }: CatalogueParts,
  authority: AuthorityRow,
) {
  const today = dayOf(now)
  const law = await book.read(reader)
  const place = placeIn(law, authority.divisionCode, today)
  const value = resolve(law, 'registers.unsuitable_items_reported_to', place)?.value
  const reportedTo = typeof value === 'string' ? value : null
  const { hasOpen, isDone } = await submittedInYear(reader, authority.id, today)
  const due = isDone ? undefined : dueInYear(law, 'registers.unsuitable_items_dates', place)
  const conference = await conferenceOf(reader, authority.divisionCode)
  const toOffice = reportedTo === 'JOINT_CONFERENCE' || reportedTo === 'MARKET_REGULATION'
  const receiver = toOffice
    ? named(conference?.officeId ?? null, conference?.officeName ?? null)
    : named(conference?.oversightId ?? null, conference?.oversightName ?? null)
  const items = await unsuitableItems(reader, { access, today }, authority.id)
  return { hasOpen, reportedTo, receiver, dueOn: due ?? null, items }
}

async function unsuitableItems(
  reader: Reader,
  { access, today }: { readonly access: Viewing['access']; readonly today: string },
  authority: string,
): Promise<UnsuitableItem[]> {
  const filter = { authority, state: 'effective', random: false, after: undefined, limit: MOST }
  const rows = await listItems(reader, seenIn(access, 'item.list'), today, filter)
  const bases = grouped(
    await basesOf(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ itemId }) => itemId,
  )
  return rows.map(({ id, code, name, subItem, object, notRandomReason }) => ({
    id,
    code,
    name,
    subItem,
    object,
    reason: notRandomReason ?? '',
    bases: (bases.get(id) ?? []).map(basisText),
  }))
}

async function decide(
  context: WriteContext & { readonly params: { readonly id: string } },
  step: {
    readonly verb: 'receive' | 'return'
    readonly state: 'received' | 'returned'
    readonly reason: string | null
  },
): Promise<UnsuitableStatement> {
  const { writer, access, params, now } = context
  const { verb, state, reason } = step
  const seen = seenIn(access, 'unsuitableStatement.show')
  const statement = found(await lockStatement(writer, seen, params.id), 'unsuitableStatement')
  demand(access.whyNot(`unsuitableStatement.${verb}`, placeOf(statement)), 403)
  const by = personOf(context).personId
  demand(whyNotReceive(statement, by))
  await decideStatement(writer, params.id, { state, by, at: now, reason })
  return show(writer, context, params.id)
}

async function show(reader: Reader, viewing: Viewing, id: string): Promise<UnsuitableStatement> {
  const seen = seenIn(viewing.access, 'unsuitableStatement.show')
  return represent(found(await findStatement(reader, seen, id), 'unsuitableStatement'), viewing)
}

function placeOf({ authorityId, divisionCode }: StatementRow) {
  return { authorityId, divisionCode }
}

function represent(row: StatementRow, { access, actor }: Viewing): UnsuitableStatement {
  const place = placeOf(row)
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string) =>
    canOf(access.whyNot(`unsuitableStatement.${verb}`, place) ?? whyNotReceive(row, viewer))
  return {
    ...row,
    state: row.state as UnsuitableStatement['state'],
    items: row.items.map((item) => ({ ...item, bases: [...item.bases] })),
    isLate: isLate(row.submittedOn, row.dueOn),
    receiver: named(row.receiverId, row.receiverName),
    submittedBy: { id: row.submittedById, name: row.submittedByName },
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: { receive: why('receive'), return: why('return') },
  }
}
