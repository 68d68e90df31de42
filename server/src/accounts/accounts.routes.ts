// Accounts of others: made, suspended, resumed, reset, bound to the identity provider.

import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import { keyOf, pageOf } from '../platform/http/pages.ts'
import { type Context, read, reply, type Route, write, type WriteContext } from '../platform/http/route.ts'
import { type Refusal, Refused, canOf, demand, found } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { whyNotReset, whyNotResume, whyNotSuspend } from './accounts.rules.ts'
import {
  Account,
  AccountPage,
  AccountQuery,
  AccountWithPassword,
  IdentityBody,
  IdentityParams,
  NewAccountBody,
  PurposeBody,
} from './accounts.schema.ts'
import {
  type AccountRow,
  bindIdentity,
  findAccountRow,
  findCandidate,
  insertAccount,
  listAccounts,
  listIdentities,
  setState,
  withdrawIdentity,
} from './accounts.store.ts'
import { subjectMark } from './oidc.ts'
import { hashPassword } from './password-hash.ts'
import { resetAccount } from './reset.ts'
import { IdParams } from './schema.ts'
import { newSecretText } from './secret-text.ts'
import { endSessions } from './sessions.store.ts'

/** What account administration needs of its surroundings. */
export interface AccountParts {
  readonly secrets: Secrets
  /** The identity provider's name for itself; nothing where there is none. */
  readonly issuer: string | undefined
}

/** The routes of account administration. */
export function accountRoutes(parts: AccountParts): readonly Route[] {
  return [...listRoutes(), ...stateRoutes(), resetRoute(), ...identityRoutes(parts)]
}

function listRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/accounts',
      action: 'account.list',
      summary: '账号列表',
      schema: { query: AccountQuery },
      replies: { 200: AccountPage },
      async handler(context) {
        const { limit = 50, after, ...filter } = context.query
        const asked = { ...filter, limit, after: keyOf(after, ['text']) }
        const rows = await listAccounts(context.reader, context.reach, dayOf(context.now), asked)
        const show = await showing(context.reader, context, rows)
        return pageOf(rows, limit, { key: (row) => [row.username], show })
      },
    }),
    write({
      method: 'POST',
      path: '/accounts',
      action: 'account.create',
      summary: '为人员开立账号；返回一次性密码，只此一次',
      schema: { body: NewAccountBody },
      replies: { 201: AccountWithPassword },
      about: 'account',
      withoutIdempotency: true,
      async handler(context) {
        const { writer, id, now, body } = context
        const candidate = found(await findCandidate(writer, context.reach, body.personId), 'person')
        if (candidate.left_on !== null)
          throw new Refused({ code: 'person.left', params: { on: candidate.left_on } })
        const password = newSecretText()
        await insertAccount(writer, { ...body, id, hash: await hashPassword(password), now })
        return reply(201, { ...(await showOne(writer, context, id)), password })
      },
    }),
  ]
}

function stateRoutes(): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/accounts/{id}/suspension',
      action: 'account.suspend',
      summary: '停用账号；其所有设备立即退出',
      schema: { params: IdParams, body: PurposeBody },
      replies: { 200: Account },
      about: 'account',
      async handler(context) {
        const { writer, now } = context
        const { id } = await open(context, context.params.id, whyNotSuspend)
        await setState(writer, id, 'suspended')
        await endSessions(writer, { accountId: id }, { reason: 'revoked', now })
        return showOne(writer, context, id)
      },
    }),
    write({
      method: 'POST',
      path: '/accounts/{id}/resumption',
      action: 'account.resume',
      summary: '恢复账号',
      schema: { params: IdParams, body: PurposeBody },
      replies: { 200: Account },
      about: 'account',
      async handler(context) {
        const { id } = await open(context, context.params.id, whyNotResume)
        await setState(context.writer, id, 'active')
        return showOne(context.writer, context, id)
      },
    }),
  ]
}

function resetRoute(): Route {
  return write({
    method: 'POST',
    path: '/accounts/{id}/reset',
    action: 'account.reset',
    summary: '重置密码与第二因素；返回一次性密码，只此一次；其所有设备立即退出',
    schema: { params: IdParams, body: PurposeBody },
    replies: { 200: AccountWithPassword },
    about: 'account',
    withoutIdempotency: true,
    async handler(context) {
      const { id } = await open(context, context.params.id, whyNotReset)
      const password = await resetAccount(context.writer, id, context.now)
      return { ...(await showOne(context.writer, context, id)), password }
    },
  })
}

function identityRoutes({ secrets, issuer }: AccountParts): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/accounts/{id}/identities',
      action: 'account.bindIdentity',
      summary: '把账号绑定到统一身份认证的用户',
      schema: { params: IdParams, body: IdentityBody },
      replies: { 201: Account },
      about: 'account',
      // The body holds what the provider calls a person.
      withoutIdempotency: true,
      async handler(context) {
        if (issuer === undefined) throw new Refused({ code: 'oidc.not_set_up' })
        const { id: accountId } = await open(context, context.params.id, whyNotReset)
        const fingerprint = subjectMark(secrets, context.body.subject)
        const { id, now } = context
        await bindIdentity(context.writer, { id, accountId, issuer, fingerprint, now })
        return reply(201, await showOne(context.writer, context, accountId))
      },
    }),
    write({
      method: 'DELETE',
      path: '/accounts/{id}/identities/{identityId}',
      action: 'account.withdrawIdentity',
      summary: '解除与统一身份认证的绑定；经它登录的设备立即退出',
      schema: { params: IdentityParams },
      replies: { 200: Account },
      about: 'account',
      async handler(context) {
        const { writer, now } = context
        const account = await open(context, context.params.id, () => undefined)
        const one = { id: context.params.identityId, accountId: account.id, now }
        found((await withdrawIdentity(writer, one)) || undefined, 'identity')
        await endSessions(
          writer,
          { accountId: account.id, method: 'oidc' },
          { reason: 'credentialChanged', now },
        )
        return showOne(writer, context, account.id)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'actor' | 'access' | 'reach' | 'now'>

/** The account within the reach of the action, unless something forbids the act. */
async function open(
  context: Viewing & Pick<WriteContext, 'writer'>,
  id: string,
  whyNot: typeof whyNotReset,
): Promise<AccountRow> {
  const row = found(await findAccountRow(context.writer, context.reach, dayOf(context.now), id), 'account')
  demand(whyNot(factsOf(row), actorIdOf(context)))
  return row
}

async function showOne(reader: Reader, viewing: Viewing, id: string): Promise<Account> {
  const row = found(await findAccountRow(reader, viewing.reach, dayOf(viewing.now), id), 'account')
  return (await showing(reader, viewing, [row]))(row)
}

/** How rows are shown to a viewer, with what each is bound to read at once. */
async function showing(
  reader: Reader,
  viewing: Viewing,
  rows: readonly AccountRow[],
): Promise<(row: AccountRow) => Account> {
  const identities = await listIdentities(
    reader,
    rows.map(({ id }) => id),
  )
  return (row) => ({
    id: row.id,
    username: row.username,
    state: row.state as Account['state'],
    person: { id: row.personId, name: row.name },
    authority: { id: row.authorityId, name: row.authorityName },
    divisionCode: row.divisionCode,
    hasTotp: Boolean(row.hasTotp),
    passwordChangeNeeded: row.passwordChangeNeeded,
    identities: identities
      .filter(({ account_id }) => account_id === row.id)
      .map(({ id, issuer, bound_at }) => ({ id, issuer, boundAt: bound_at.toISOString() })),
    version: row.version,
    can: actsOn(row, viewing),
  })
}

function actsOn(row: AccountRow, viewing: Viewing): Account['can'] {
  const facts = factsOf(row)
  const actorId = actorIdOf(viewing)
  const place = { authorityId: row.authorityId, divisionCode: row.divisionCode, personId: row.personId }
  const verdict = (action: string, refusal: Refusal | undefined) =>
    canOf(viewing.access.whyNot(action, place) ?? refusal)
  return {
    suspend: verdict('account.suspend', whyNotSuspend(facts, actorId)),
    resume: verdict('account.resume', whyNotResume(facts, actorId)),
    reset: verdict('account.reset', whyNotReset(facts, actorId)),
    bindIdentity: verdict('account.bindIdentity', whyNotReset(facts, actorId)),
  }
}

function factsOf(row: AccountRow) {
  return {
    personId: row.personId,
    state: row.state as Account['state'],
    decides: Boolean(row.decides),
  }
}

function actorIdOf({ actor }: Pick<Viewing, 'actor'>): string | undefined {
  return actor.kind === 'person' ? actor.personId : undefined
}
