// The government's identity provider (OpenID Connect: code flow with PKCE, state and nonce). It says who somebody is; to
// which account that leads was bound here before, by an administrator. Nobody gets an account by coming from there.

import * as client from 'openid-client'
import type { Secrets } from '../platform/secrets.ts'
import type { OidcSettings } from '../platform/settings.ts'
import { Refused } from '../platform/refusal.ts'

/** What stands in the browser's cookie, encrypted, while it is away at the provider. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
  /** The provider was told to ask for the credentials again. */
  readonly fresh: boolean
  /** Milliseconds since 1970. */
  readonly beganAt: number
}

/** The provider, as it is spoken to. Its configuration is read when it is first needed. */
export interface Provider {
  readonly settings: OidcSettings
  configuration(): Promise<client.Configuration>
}

const CALLBACK = '/api/v1/oidc/callback'
const TIMEOUT_SECONDS = 10
// How long ago somebody may have given his credentials there, where he was to give them afresh.
const FRESH_SECONDS = 120

/** The provider of the settings. */
export function providerOf(settings: OidcSettings): Provider {
  let configuration: Promise<client.Configuration> | undefined
  return {
    settings,
    configuration: () => {
      configuration ??= discover(settings).catch((error: unknown) => {
        configuration = undefined
        throw error
      })
      return configuration
    },
  }
}

/** Where to send a browser, and what to remember while it is away. Throws Refused where the provider is away. */
export async function leaveFor(
  provider: Provider,
  { returnTo, fresh, now }: Pick<Attempt, 'returnTo' | 'fresh'> & { readonly now: Date },
): Promise<{ readonly url: string; readonly attempt: Attempt }> {
  const configuration = await reach(provider)
  const attempt: Attempt = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    returnTo,
    fresh,
    beganAt: now.getTime(),
  }
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callbackOf(provider.settings),
    scope: 'openid',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
  })
  return { url: url.href, attempt }
}

/** Who came back: the provider's name for him. Throws Refused where it cannot be relied on. */
export async function welcomeBack(
  provider: Provider,
  attempt: Attempt,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  if (query['error'] !== undefined && query['state'] === attempt.state)
    throw new Refused({ code: 'oidc.declined' })
  const configuration = await reach(provider)
  const url = new URL(callbackOf(provider.settings))
  url.search = new URLSearchParams(query).toString()
  const tokens = await client
    .authorizationCodeGrant(configuration, url, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
      ...(attempt.fresh ? { maxAge: FRESH_SECONDS } : {}),
    })
    // Whatever does not fit (state, nonce, signature, issuer, age) is of the other side's making.
    .catch((error: unknown) => {
      throw new Refused({ code: isAway(error) ? 'oidc.unavailable' : 'oidc.failed' })
    })
  const subject = tokens.claims()?.sub
  if (subject === undefined) throw new Refused({ code: 'oidc.failed' })
  return subject
}

/** What is kept of the provider's name for somebody. */
export function subjectMark(secrets: Secrets, subject: string): Buffer {
  return secrets.fingerprint(subject, 'oidc subject')
}

async function reach(provider: Provider): Promise<client.Configuration> {
  try {
    return await provider.configuration()
  } catch {
    throw new Refused({ code: 'oidc.unavailable' })
  }
}

async function discover(settings: OidcSettings): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer)
  const configuration = await client.discovery(
    issuer,
    settings.clientId,
    undefined,
    authenticationOf(settings),
    {
      timeout: TIMEOUT_SECONDS,
      // Only to a provider on this very machine may one speak in the clear.
      ...(isLoopback(issuer) ? { execute: [client.allowInsecureRequests] } : {}),
    },
  )
  client.enableNonRepudiationChecks(configuration)
  return configuration
}

/** As the provider takes it; `client_secret_basic` is what OpenID Connect means where it says nothing. */
function authenticationOf({ clientSecret }: OidcSettings): client.ClientAuth {
  const basic = client.ClientSecretBasic(clientSecret)
  const post = client.ClientSecretPost(clientSecret)
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest)
  }
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** Whether the provider was not reached, rather than said something wrong. */
function isAway(error: unknown): boolean {
  const { name, message } = error instanceof Error ? error : new Error()
  return name === 'TimeoutError' || (name === 'TypeError' && message === 'fetch failed')
}

function callbackOf({ publicUrl }: OidcSettings): string {
  return new URL(CALLBACK, publicUrl).href
}
