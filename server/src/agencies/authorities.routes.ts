import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import { keyOf, pageOf } from '../platform/http/pages.ts'
import { type Context, read, reply, type Route, write, type WriteContext } from '../platform/http/route.ts'
import type { Access } from '../platform/reach.ts'
import { canOf, demand, found } from '../platform/refusal.ts'
import {
  type AuthorityTies,
  whyNotChange,
  whyNotClose,
  whyNotIn,
  whyNotSuperior,
} from './authorities.rules.ts'
import {
  Authority,
  AuthorityEdit,
  AuthorityPage,
  AuthorityQuery,
  Closure,
  NewAuthority,
} from './authorities.schema.ts'
import {
  type AuthorityRow,
  closeAuthority,
  findAuthority,
  insertAuthority,
  listAuthorities,
  lockAuthority,
  lockSuperiors,
  tiesOf,
  updateAuthority,
} from './authorities.store.ts'
import { findDivision } from './divisions.store.ts'
import { demandVersion } from '../platform/versions.ts'
import { seenIn } from './seen.ts'
import { ById } from '../platform/http/shapes.ts'

/** 部门: which departments there are is data (REQ-GEN-7). */
export function authorityRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/authorities',
      action: 'authority.list',
      summary: '部门',
      schema: { query: AuthorityQuery },
      replies: { 200: AuthorityPage },
      async handler({ reader, reach, access, now, query }) {
        const { limit = 50, closed = false, after, ...rest } = query
        const filter = { ...rest, closed, limit, after: keyOf(after, ['text', 'id']) }
        const rows = await listAuthorities(reader, reach, filter)
        const ties = await tiesOf(
          reader,
          rows.map(({ id }) => id),
          dayOf(now),
        )
        const show = (row: AuthorityRow) => represent(row, ties.get(row.id) ?? NO_TIES, access)
        const create = access.reachOf('authority.create') ? null : { code: 'not_allowed' }
        return { ...pageOf(rows, limit, { key: ({ name, id }) => [name, id], show }), can: { create } }
      },
    }),
    read({
      method: 'GET',
      path: '/authorities/{id}',
      action: 'authority.show',
      summary: '一个部门',
      schema: { params: ById },
      replies: { 200: Authority },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/authorities',
      action: 'authority.create',
      about: 'authority',
      summary: '新增部门',
      schema: { body: NewAuthority },
      replies: { 201: Authority },
      async handler(context) {
        const { writer, reach, access, body, id } = context
        const { divisionCode, superiorId } = body
        demand(access.whyNot('authority.create', { divisionCode }), 403)
        demand(whyNotIn(await findDivision(writer, seenIn(access, 'division.show'), divisionCode)))
        if (superiorId !== undefined) await demandSuperior(context, { id, divisionCode }, superiorId)
        await insertAuthority(writer, id, body)
        return reply(
          201,
          represent(found(await findAuthority(writer, reach, id), 'authority'), NO_TIES, access),
        )
      },
    }),
    write({
      method: 'PATCH',
      path: '/authorities/{id}',
      action: 'authority.edit',
      about: 'authority',
      summary: '修改部门',
      schema: { params: ById, body: AuthorityEdit },
      replies: { 200: Authority },
      ifMatch: true,
      async handler(context) {
        const { writer, body, version, params } = context
        const authority = await lockedAuthority(context, params.id, 'authority.edit')
        demandVersion(authority.version, version)
        demand(whyNotChange(authority))
        if (body.superiorId) await demandSuperior(context, authority, body.superiorId)
        await updateAuthority(writer, params.id, body)
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/authorities/{id}/closure',
      action: 'authority.close',
      about: 'authority',
      summary: '撤销部门；尚有人员、内设机构或授权的不能撤销',
      schema: { params: ById, body: Closure },
      replies: { 200: Authority },
      async handler(context) {
        const { writer, body, now, params } = context
        const authority = await lockedAuthority(context, params.id, 'authority.close')
        const ties = (await tiesOf(writer, [params.id], dayOf(now))).get(params.id) ?? NO_TIES
        demand(whyNotClose(authority, ties, { on: body.closedOn, today: dayOf(now) }))
        await closeAuthority(writer, params.id, body.closedOn)
        return show(writer, context, params.id)
      },
    }),
  ]
}

/** An authority that may be seen, locked; the act on it must be allowed where it is. */
async function lockedAuthority(
  { writer, access }: Pick<WriteContext, 'writer' | 'access'>,
  id: string,
  action: string,
): Promise<AuthorityRow> {
  const authority = found(await lockAuthority(writer, seenIn(access, 'authority.show'), id), 'authority')
  demand(access.whyNot(action, placeOf(authority)), 403)
  return authority
}

/** Where an authority is, for the access to it. */
export function placeOf({ id, divisionCode }: { readonly id: string; readonly divisionCode: string }) {
  return { authorityId: id, divisionCode }
}

async function demandSuperior(
  { writer, access }: Pick<WriteContext, 'writer'> & Pick<Context, 'access'>,
  authority: { readonly id: string; readonly divisionCode: string },
  superiorId: string,
): Promise<void> {
  const chain = await lockSuperiors(writer, superiorId)
  const superior = await findAuthority(writer, seenIn(access, 'authority.show'), superiorId)
  demand(whyNotSuperior(authority, superior, chain))
}

async function show(
  reader: Reader,
  { access, now }: Pick<Context, 'access' | 'now'>,
  id: string,
): Promise<Authority> {
  const authority = found(await findAuthority(reader, seenIn(access, 'authority.show'), id), 'authority')
  return represent(authority, (await tiesOf(reader, [id], dayOf(now))).get(id) ?? NO_TIES, access)
}

const NO_TIES: AuthorityTies = { units: 0, people: 0, grants: 0, subordinates: 0, conferences: 0 }

function represent(row: AuthorityRow, ties: AuthorityTies, access: Access): Authority {
  const place = placeOf(row)
  return {
    ...row,
    can: {
      edit: canOf(access.whyNot('authority.edit', place) ?? whyNotChange(row)),
      close: canOf(access.whyNot('authority.close', place) ?? whyNotClose(row, ties)),
      addUnit: canOf(access.whyNot('unit.create', place) ?? whyNotChange(row)),
      addPerson: canOf(access.whyNot('person.create', place) ?? whyNotChange(row)),
    },
  }
}
