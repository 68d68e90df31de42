// Signing in and out, one's own sessions, and for whom one acts.

import { free, personOf, read, type Reply, reply, type Route, write } from '../platform/http/route.ts'
import { found, Refused } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { knownDeviceCookie } from './known-device.ts'
import { type Holding, showMe } from './me.store.ts'
import { prove, rotateAfterStep } from './proof.ts'
import {
  ActingBody,
  CodeBody,
  Ended,
  IdParams,
  Me,
  ProofBody,
  SessionList,
  SignedIn,
  SignInBody,
} from './schema.ts'
import { clearCookie, SESSION_COOKIE, setCookie } from './session-cookie.ts'
import { actFor, endSessions, listSessions, rotateSession } from './sessions.store.ts'
import { type Opened, signIn } from './sign-in.ts'

/** What signing in needs of its surroundings. */
export interface SignInParts {
  readonly secrets: Secrets
  readonly holding: Holding
}

/** The routes of sessions. */
export function sessionRoutes(parts: SignInParts): readonly Route[] {
  return [...doorRoutes(parts), ...ownSessionRoutes(parts), ...actingRoutes(parts), ...proofRoutes(parts)]
}

/** The cookies of a session that was just opened. */
export function cookiesOf(
  secrets: Secrets,
  { token, username }: Opened,
): { readonly 'set-cookie': string[] } {
  return { 'set-cookie': [setCookie(SESSION_COOKIE, token), knownDeviceCookie(secrets, username)] }
}

/** An answer with the token that a session has from now on. */
export function withToken(status: number, body: unknown, { token }: Pick<Opened, 'token'>): Reply {
  return reply(status, body, { 'set-cookie': setCookie(SESSION_COOKIE, token) })
}

/** Whether anything is left to do before the session is good for more. */
export function stageShown({ stage }: Pick<Opened, 'stage'>): 'signedIn' | 'enrol' {
  return stage === 'full' ? 'signedIn' : 'enrol'
}

function doorRoutes({ secrets }: SignInParts): readonly Route[] {
  return [
    free({
      method: 'POST',
      path: '/session',
      action: 'session.signIn',
      summary: '登录。用户不存在、密码错误、验证码错误、账号停用均同样拒绝',
      schema: { body: SignInBody },
      replies: { 200: SignedIn },
      withoutIdempotency: true,
      async handler(context) {
        const opened = await signIn(context, secrets, context.body)
        return reply(200, { stage: stageShown(opened) }, cookiesOf(secrets, opened))
      },
    }),
    write({
      method: 'DELETE',
      path: '/session',
      action: 'session.signOut',
      summary: '退出登录',
      schema: {},
      replies: {},
      async handler(context) {
        const { sessionId: id } = personOf(context)
        await endSessions(context.writer, { id }, { reason: 'signedOut', now: context.now })
        return reply(204, undefined, { 'set-cookie': clearCookie(SESSION_COOKIE) })
      },
    }),
  ]
}

function ownSessionRoutes({ holding }: SignInParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/me/sessions',
      action: 'session.list',
      summary: '我登录的设备',
      schema: {},
      replies: { 200: SessionList },
      async handler(context) {
        const { accountId, sessionId } = personOf(context)
        const rows = await listSessions(context.reader, accountId, { ...holding, now: context.now })
        return { items: rows.map((row) => showSession(row, sessionId)) }
      },
    }),
    write({
      method: 'DELETE',
      path: '/me/sessions/{id}',
      action: 'session.end',
      summary: '退出我的一台设备',
      schema: { params: IdParams },
      replies: {},
      about: 'session',
      async handler(context) {
        const { accountId } = personOf(context)
        const one = { accountId, id: context.params.id }
        const ended = await endSessions(context.writer, one, { reason: 'revoked', now: context.now })
        found(ended > 0 || undefined, 'session')
      },
    }),
    write({
      method: 'DELETE',
      path: '/me/sessions',
      action: 'session.endOthers',
      summary: '退出我的其他所有设备',
      schema: {},
      replies: { 200: Ended },
      async handler(context) {
        const { accountId, sessionId } = personOf(context)
        const others = { accountId, except: sessionId }
        return { ended: await endSessions(context.writer, others, { reason: 'revoked', now: context.now }) }
      },
    }),
  ]
}

function actingRoutes({ holding }: SignInParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/me',
      action: 'me.show',
      summary: '我是谁，代表哪个部门，有哪些角色',
      schema: {},
      replies: { 200: Me },
      handler: (context) => showMe(context.reader, personOf(context), { holding, now: context.now }),
    }),
    write({
      method: 'POST',
      path: '/me/acting',
      action: 'session.act',
      summary: '改为代表另一个部门（须在该部门有角色）',
      schema: { body: ActingBody },
      replies: { 200: Me },
      // A repetition would come from another authority than the first, and so be another request.
      withoutIdempotency: true,
      async handler(context) {
        const person = personOf(context)
        const { authorityId } = context.body
        found(
          person.allGrants.find((grant) => grant.authorityId === authorityId),
          'authority',
        )
        await actFor(context.writer, person.sessionId, authorityId)
        return showMe(context.writer, person, { holding, now: context.now })
      },
    }),
  ]
}

function proofRoutes({ secrets }: SignInParts): readonly Route[] {
  return [
    free({
      method: 'POST',
      path: '/me/reauthentication',
      action: 'session.reauthenticate',
      summary: '再次验证身份，以便办理重大事项',
      schema: { body: ProofBody },
      replies: {},
      withoutIdempotency: true,
      async handler(context) {
        const person = personOf(context)
        const act = { action: 'session.reauthenticate', person, proof: context.body }
        const token = await prove(context, secrets, act, (writer) =>
          rotateSession(writer, person.sessionId, { reauthenticatedAt: context.now }),
        )
        return withToken(204, undefined, { token })
      },
    }),
    free({
      method: 'POST',
      path: '/me/second-factor',
      action: 'session.giveCode',
      summary: '经统一身份认证登录后，输入动态验证码',
      schema: { body: CodeBody },
      replies: { 200: SignedIn },
      withoutIdempotency: true,
      async handler(context) {
        const person = personOf(context)
        if (person.stage === 'full') throw new Refused({ code: 'nothing_left_to_prove' })
        const act = { action: 'session.giveCode', person, proof: context.body }
        const rotated = await prove(context, secrets, act, (writer) =>
          rotateAfterStep(writer, person, { secondFactor: true, now: context.now }),
        )
        return withToken(200, { stage: stageShown(rotated) }, rotated)
      },
    }),
  ]
}

function showSession(row: Awaited<ReturnType<typeof listSessions>>[number], current: string) {
  return {
    id: row.id,
    device: row.device,
    address: row.address,
    method: row.method,
    createdAt: row.created_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    current: row.id === current,
  }
}
