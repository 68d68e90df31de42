import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import { keyOf, pageOf } from '../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../platform/http/route.ts'
import { canOf, demand, found } from '../platform/refusal.ts'
import { lockAdministrators } from './administrators.store.ts'
import { placeOf } from './authorities.routes.ts'
import { whyNotIn } from './authorities.rules.ts'
import { holdAuthority } from './authorities.store.ts'
import { findDivision } from './divisions.store.ts'
import { named } from '../platform/http/shapes.ts'
import { type Decider, whyNotApprove, whyNotDecide, whyNotPropose, whyNotWithdraw } from './grants.rules.ts'
import { Approval, Grant, GrantPage, GrantProposal, GrantQuery, WithReason } from './grants.schema.ts'
import {
  decideGrant,
  expireGrants,
  findGrant,
  type GrantRow,
  heldBy,
  insertGrant,
  listGrants,
  lockGrant,
  withdrawGrant,
} from './grants.store.ts'
import type { AgenciesParts } from './parts.ts'
import { placeOfPerson } from './people.representation.ts'
import { findPersonRecord, lockPerson } from './people.store.ts'
import { seenIn } from './seen.ts'
import { ById } from '../platform/http/shapes.ts'

/** 授权: role × authority × division, with dates; proposed by one person, decided by another. */
export function grantRoutes(parts: AgenciesParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/grants',
      action: 'grant.list',
      summary: '授权',
      schema: { query: GrantQuery },
      replies: { 200: GrantPage },
      async handler(context) {
        const { reader, reach, access, now, query } = context
        const { limit = 50, after, ...rest } = query
        const filter = { ...rest, limit, after: keyOf(after, ['id'])?.[0] }
        const rows = await listGrants(reader, reach, dayOf(now), filter)
        const propose = access.reachOf('grant.propose') ? null : { code: 'not_allowed' }
        const page = pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => represent(row, context) })
        return { ...page, can: { propose } }
      },
    }),
    read({
      method: 'GET',
      path: '/grants/{id}',
      action: 'grant.show',
      summary: '一项授权',
      schema: { params: ById },
      replies: { 200: Grant },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/grants',
      action: 'grant.propose',
      about: 'grant',
      summary: '提出授权；须由另一人批准后生效',
      schema: { body: GrantProposal },
      replies: { 201: Grant },
      async handler(context) {
        const { writer, body, id, now } = context
        const proposer = personOf(context as WriteContext).personId
        await demandProposable(context, body, proposer)
        await insertGrant(writer, { ...body, id, proposedBy: proposer, proposedAt: now })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'POST',
      path: '/grants/{id}/approval',
      action: 'grant.approve',
      about: 'grant',
      summary: '批准授权；提出人不能批准自己提出的，任何人不能批准给自己的',
      schema: { params: ById, body: Approval },
      replies: { 200: Grant },
      async handler(context) {
        const { grant, decider, today } = await decided(context, 'grant.approve')
        demand(whyNotApprove(grant, personOf(context as WriteContext), today))
        const decision = { state: 'effective', by: decider, at: context.now, today } as const
        await decideGrant(context.writer, grant.id, { ...decision, note: context.body.note })
        await parts.whenRolesChange(context.writer, grant.personId, context.now)
        return show(context.writer, context, grant.id)
      },
    }),
    write({
      method: 'POST',
      path: '/grants/{id}/rejection',
      action: 'grant.reject',
      about: 'grant',
      summary: '驳回授权',
      schema: { params: ById, body: WithReason },
      replies: { 200: Grant },
      async handler(context) {
        const { grant, decider, today } = await decided(context, 'grant.reject')
        demand(whyNotDecide(grant, decider))
        const decision = { state: 'rejected', by: decider, at: context.now, today } as const
        await decideGrant(context.writer, grant.id, { ...decision, note: context.body.reason })
        return show(context.writer, context, grant.id)
      },
    }),
    write({
      method: 'POST',
      path: '/grants/{id}/withdrawal',
      action: 'grant.withdraw',
      about: 'grant',
      summary: '撤回授权或尚未决定的提议；立即失效',
      schema: { params: ById, body: WithReason },
      replies: { 200: Grant },
      async handler(context) {
        await lockAdministrators(context.writer)
        const { grant, decider } = await decided(context, 'grant.withdraw')
        demand(whyNotWithdraw(grant))
        const { reason } = context.body
        await withdrawGrant(context.writer, grant.id, { by: decider, at: context.now, reason })
        if (grant.state === 'effective')
          await parts.whenRolesChange(context.writer, grant.personId, context.now)
        return show(context.writer, context, grant.id)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>
type Deciding = Viewing & Pick<WriteContext, 'writer'> & { readonly params: { readonly id: string } }

/** A grant that may be seen, locked; the decision on it must be allowed where it is. */
async function decided(context: Deciding, action: string) {
  const { writer, access, now, params } = context
  const today = dayOf(now)
  await lockGrant(writer, params.id)
  const grant = found(await findGrant(writer, seenIn(access, 'grant.show'), today, params.id), 'grant')
  demand(access.whyNot(action, placeOfGrant(grant)), 403)
  return { grant, today, decider: personOf(context as unknown as Context).personId }
}

async function demandProposable(
  { writer, access, now }: Viewing & Pick<WriteContext, 'writer'>,
  body: GrantProposal,
  proposer: string,
): Promise<void> {
  const today = dayOf(now)
  await lockPerson(writer, body.personId)
  const seen = seenIn(access, 'person.show')
  const person = found(await findPersonRecord(writer, seen, today, body.personId), 'person')
  const within = seenIn(access, 'authority.show')
  const authority = found(await holdAuthority(writer, within, body.authorityId), 'authority')
  demand(access.whyNot('grant.propose', placeOfPerson(person)), 403)
  demand(access.whyNot('grant.propose', placeOf(authority)), 403)
  await expireGrants(writer, body.personId, today)
  const held = await heldBy(writer, body.personId, today)
  demand(whyNotPropose({ ...body, person, authority, held }, proposer, today))
  demand(whyNotIn(await findDivision(writer, seenIn(access, 'division.show'), body.divisionCode)))
}

async function show(reader: Reader, viewing: Viewing, id: string): Promise<Grant> {
  const seen = seenIn(viewing.access, 'grant.show')
  return represent(found(await findGrant(reader, seen, dayOf(viewing.now), id), 'grant'), viewing)
}

/** Where a grant is: at its authority, and with its person. */
export function placeOfGrant(grant: GrantRow) {
  const { authorityId, authorityDivisionCode: divisionCode, personId } = grant
  return { authorityId, divisionCode, personId }
}

const NOBODY: Decider = { personId: '', grants: [] }

/** A grant, and what this viewer may decide about it. */
export function represent(row: GrantRow, { access, actor, now }: Viewing): Grant {
  const viewer = actor.kind === 'person' ? actor : NOBODY
  const place = placeOfGrant(row)
  return {
    ...row,
    role: row.role as Grant['role'],
    state: row.state as Grant['state'],
    proposedBy: named(row.proposedById, row.proposedByName),
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    withdrawnBy: named(row.withdrawnById, row.withdrawnByName),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    can: {
      approve: canOf(access.whyNot('grant.approve', place) ?? whyNotApprove(row, viewer, dayOf(now))),
      reject: canOf(access.whyNot('grant.reject', place) ?? whyNotDecide(row, viewer.personId)),
      withdraw: canOf(access.whyNot('grant.withdraw', place) ?? whyNotWithdraw(row)),
    },
  }
}
