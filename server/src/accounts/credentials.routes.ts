// One's own password, authenticator app and recovery codes.

import type { Person } from '../platform/actor.ts'
import { free, personOf, type Route, write, type WriteContext } from '../platform/http/route.ts'
import { demand, Refused } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import {
  confirmTotp,
  findAccount,
  keepPendingTotp,
  replaceRecoveryCodes,
  setPassword,
  useStep,
} from './credentials.store.ts'
import { whyNotBeginTotp } from './enrolment.rules.ts'
import { findStanding } from './me.store.ts'
import { hashPassword } from './password-hash.ts'
import { whyNotPassword } from './password.rules.ts'
import { prove, rotateAfterStep } from './proof.ts'
import { CodeBody, NoBody, PasswordBody, RecoveryCodes, SignedIn, TotpSecret } from './schema.ts'
import { newRecoveryCodes, openTotp, sealTotp } from './second-factor.ts'
import { type SignInParts, stageShown, withToken } from './session.routes.ts'
import { endSessions } from './sessions.store.ts'
import { newTotp, stepOfCode } from './totp.ts'

// How an authenticator app titles the code.
const ISSUER = '阳光双随机'

/** The routes of one's own credentials. */
export function credentialRoutes(parts: SignInParts): readonly Route[] {
  return [passwordRoute(parts), beginTotpRoute(parts), confirmTotpRoute(parts), recoveryCodesRoute()]
}

function passwordRoute({ secrets }: SignInParts): Route {
  return free({
    method: 'POST',
    path: '/me/password',
    action: 'account.changePassword',
    summary: '修改密码；其他设备随即退出',
    schema: { body: PasswordBody },
    replies: { 200: SignedIn },
    withoutIdempotency: true,
    async handler(context) {
      const person = personOf(context)
      const { now, body } = context
      const act = { action: 'account.changePassword', person, proof: { password: body.password } }
      const rotated = await prove(context, secrets, act, async (writer, account) => {
        demand(whyNotPassword(body.newPassword, account), 422)
        if (body.newPassword === body.password) throw new Refused({ code: 'password.unchanged' }, 422)
        await setPassword(writer, account.id, { hash: await hashPassword(body.newPassword), now })
        const others = { accountId: account.id, except: person.sessionId }
        await endSessions(writer, others, { reason: 'credentialChanged', now })
        return rotateAfterStep(writer, person, { now })
      })
      return withToken(200, { stage: stageShown(rotated) }, rotated)
    },
  })
}

function beginTotpRoute({ secrets, holding }: SignInParts): Route {
  return write({
    method: 'POST',
    path: '/me/totp',
    action: 'totp.begin',
    summary: '绑定验证器：取得新密钥；确认之前，原来绑定的仍有效',
    schema: { body: NoBody },
    replies: { 200: TotpSecret },
    withoutIdempotency: true,
    async handler(context) {
      const person = personOf(context)
      const standing = await findStanding(context.writer, person)
      const isReauthenticated = isRecent(person, context.now, holding.reauthenticationMs)
      demand(whyNotBeginTotp(standing, { isReauthenticated }), 403)
      const account = await findAccount(context.writer, { accountId: person.accountId })
      const totp = newTotp({ issuer: ISSUER, label: account?.username ?? person.name })
      await keepPendingTotp(
        context.writer,
        person.accountId,
        sealTotp(secrets, person.accountId, totp.secret),
      )
      return totp
    },
  })
}

function confirmTotpRoute({ secrets }: SignInParts): Route {
  return write({
    method: 'POST',
    path: '/me/totp/confirmation',
    action: 'totp.confirm',
    summary: '输入验证器显示的第一个验证码，完成绑定；返回恢复码，只此一次',
    schema: { body: CodeBody },
    replies: { 200: RecoveryCodes },
    withoutIdempotency: true,
    async handler(context) {
      const person = personOf(context)
      const { writer, now } = context
      await takeFirstCode(context, secrets, person)
      await confirmTotp(writer, person.accountId)
      const recoveryCodes = await giveRecoveryCodes(context, person)
      const others = { accountId: person.accountId, except: person.sessionId }
      await endSessions(writer, others, { reason: 'credentialChanged', now })
      const rotated = await rotateAfterStep(writer, person, { secondFactor: true, now })
      return withToken(200, { recoveryCodes }, rotated)
    },
  })
}

function recoveryCodesRoute(): Route {
  return write({
    method: 'POST',
    path: '/me/recovery-codes',
    action: 'recoveryCodes.replace',
    summary: '重新生成恢复码，原来的全部作废',
    schema: { body: NoBody },
    replies: { 200: RecoveryCodes },
    withoutIdempotency: true,
    async handler(context) {
      return { recoveryCodes: await giveRecoveryCodes(context, personOf(context)) }
    },
  })
}

/** The first code of the secret that is pending; it is used up like any other. */
async function takeFirstCode(
  { writer, body, now }: WriteContext<{ readonly body: typeof CodeBody }>,
  secrets: Secrets,
  person: Person,
): Promise<void> {
  const account = await findAccount(writer, { accountId: person.accountId })
  if (!account?.totp_pending_cipher) throw new Refused({ code: 'totp.not_begun' })
  const secret = openTotp(secrets, account.id, account.totp_pending_cipher)
  const step = stepOfCode(secret, body.code, now)
  if (step === undefined) throw new Refused({ code: 'totp.code_wrong' }, 422)
  // The first code of a new secret may fall into a step that the old one used up.
  await useStep(writer, account.id, step)
}

async function giveRecoveryCodes({ writer, now, newId }: WriteContext, person: Person): Promise<string[]> {
  const { codes, hashes } = newRecoveryCodes()
  await replaceRecoveryCodes(writer, person.accountId, { hashes, batch: newId(), now })
  return [...codes]
}

function isRecent(person: Person, now: Date, forMs: number): boolean {
  const { reauthenticatedAt } = person
  return reauthenticatedAt !== undefined && now.getTime() - reauthenticatedAt.getTime() <= forMs
}
