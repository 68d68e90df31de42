// Out to the identity provider and back. A browser is on the way: every answer is a redirection to a page, with a code in
// the address where something was refused.

import { type Static, Type } from 'typebox'
import { type FreeContext, free, reply, type Reply, type Route } from '../platform/http/route.ts'
import { recordRefusal } from '../platform/record.ts'
import { Refused } from '../platform/refusal.ts'
import { findBoundAccount } from './accounts.store.ts'
import { oidcBuckets } from './attempts.ts'
import { findAccount } from './credentials.store.ts'
import { type Attempt, leaveFor, type Provider, subjectMark, welcomeBack } from './oidc.ts'
import { safeReturn } from './return-to.rules.ts'
import { clearCookie, setCookie } from './session-cookie.ts'
import { cookiesOf, type SignInParts } from './session.routes.ts'
import { isOpen, openSession } from './sign-in.ts'
import { takeTokens, TooManyAttempts } from './throttle.store.ts'

/** What coming by the provider needs of its surroundings. */
export interface OidcParts extends SignInParts {
  readonly provider: Provider | undefined
}

const ATTEMPT_COOKIE = '__Host-sunlot-oidc'
const ATTEMPT_SECONDS = 600
const ATTEMPT_PURPOSE = 'oidc attempt'
const SIGN_IN_PAGE = '/sign-in'
const STEPS_PAGE = '/enrolment'

const StartQuery = Type.Object(
  {
    returnTo: Type.Optional(Type.String({ maxLength: 500, description: '登录后回到本平台的哪个页面' })),
    fresh: Type.Optional(Type.Boolean({ description: '要求重新输入凭据；完成后视为刚刚再次验证过身份' })),
  },
  { additionalProperties: false },
)
// A provider may add parameters of its own.
const Returned = Type.Optional(Type.String({ maxLength: 4000 }))
// What providers add of their own is handed on to the library that checks it.
const CallbackQuery = Type.Object(
  { code: Returned, state: Returned, iss: Returned, error: Returned, error_description: Returned },
  { additionalProperties: Type.String({ maxLength: 4000 }) },
)

/** The routes of the identity provider. */
export function oidcRoutes(parts: OidcParts): readonly Route[] {
  return [
    free({
      method: 'GET',
      path: '/oidc/start',
      action: 'oidc.start',
      summary: '前往政务统一身份认证登录',
      schema: { query: StartQuery },
      replies: {},
      handler: (context) => redirecting(context, 'oidc.start', () => start(context, parts)),
    }),
    free({
      method: 'GET',
      path: '/oidc/callback',
      action: 'oidc.finish',
      summary: '从政务统一身份认证返回',
      schema: { query: CallbackQuery },
      replies: {},
      handler: (context) => redirecting(context, 'oidc.finish', () => finish(context, parts)),
    }),
  ]
}

async function start(
  context: FreeContext<{ readonly query: typeof StartQuery }>,
  { provider, secrets }: OidcParts,
): Promise<Reply> {
  const { recording, now, query } = context
  const known = demandProvider(provider)
  await takeTokens(recording.database, oidcBuckets(context, secrets), now)
  const { url, attempt } = await leaveFor(known, {
    returnTo: safeReturn(query.returnTo),
    fresh: query.fresh ?? false,
    now,
  })
  const kept = secrets.encrypt(JSON.stringify(attempt), ATTEMPT_PURPOSE)
  return redirection(url, [setCookie(ATTEMPT_COOKIE, kept, ATTEMPT_SECONDS)])
}

async function finish(
  context: FreeContext<{ readonly query: typeof CallbackQuery }>,
  parts: OidcParts,
): Promise<Reply> {
  const { recording, now, query } = context
  const { secrets } = parts
  const provider = demandProvider(parts.provider)
  const attempt = attemptIn(context, parts)
  await takeTokens(recording.database, oidcBuckets(context, secrets), now)
  const subject = await welcomeBack(provider, attempt, textsOf(query))
  const account = await recording.database.read(async (reader) => {
    const fingerprint = subjectMark(secrets, subject)
    const accountId = await findBoundAccount(reader, { issuer: provider.settings.issuer, fingerprint })
    return accountId === undefined ? undefined : findAccount(reader, { accountId })
  })
  // Somebody whom the provider knows and nobody bound, and somebody who is suspended, read the same.
  if (!account || !isOpen(account, now)) throw new Refused({ code: 'oidc.not_bound' })
  const opened = await openSession(context, account, {
    method: 'oidc',
    secondFactor: provider.settings.secondFactor,
    reauthenticatedAt: attempt.fresh ? now : null,
  })
  const cookies = [...cookiesOf(secrets, opened)['set-cookie'], clearCookie(ATTEMPT_COOKIE)]
  return redirection(opened.stage === 'full' ? attempt.returnTo : STEPS_PAGE, cookies)
}

/** A refusal becomes a way to the sign-in page, with its code; the event is written here, because nothing is thrown. */
async function redirecting(
  context: Pick<FreeContext, 'recording' | 'actor' | 'requestId'>,
  action: string,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { code } = error.refusal
    const { recording, actor, requestId } = context
    if (isWorthAnEvent(error)) await recordRefusal(recording, actor, { action, requestId, refusalCode: code })
    return redirection(`${SIGN_IN_PAGE}?problem=${encodeURIComponent(code)}`, [clearCookie(ATTEMPT_COOKIE)])
  }
}

/** What anybody can bring about any number of times must not fill the trail. */
function isWorthAnEvent(error: Refused): boolean {
  if (error instanceof TooManyAttempts) return error.isNews
  return ['oidc.not_bound', 'oidc.failed', 'oidc.declined'].includes(error.refusal.code)
}

function demandProvider(provider: Provider | undefined): Provider {
  if (!provider) throw new Refused({ code: 'oidc.not_set_up' })
  return provider
}

/** What this browser went out with. Only the browser that went out may come back. */
function attemptIn({ cookie, now }: Pick<FreeContext, 'cookie' | 'now'>, { secrets }: OidcParts): Attempt {
  const attempt = opened(secrets, cookie(ATTEMPT_COOKIE))
  if (!attempt || now.getTime() - attempt.beganAt > ATTEMPT_SECONDS * 1000)
    throw new Refused({ code: 'oidc.attempt_lost' })
  return attempt
}

function opened(secrets: OidcParts['secrets'], kept: string | undefined): Attempt | undefined {
  if (kept === undefined) return undefined
  try {
    return JSON.parse(secrets.decrypt(kept, ATTEMPT_PURPOSE)) as Attempt
  } catch {
    return undefined
  }
}

function textsOf(query: Static<typeof CallbackQuery>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function redirection(location: string, cookies: string[]): Reply {
  return reply(303, undefined, { location, 'set-cookie': cookies })
}
