// An attempt to prove who one is: a token is taken first and given back where it was no guess.

import { ANONYMOUS } from '../platform/actor.ts'
import type { Context } from '../platform/http/route.ts'
import { recordRefusal } from '../platform/record.ts'
import { Refused } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { DEVICE_COOKIE, knownDevice } from './known-device.ts'
import { type Bucket, FIGURES } from './throttle.rules.ts'
import { giveTokensBack, takeTokens, TooManyAttempts } from './throttle.store.ts'

/** A request without what its route alone knows. */
export type Circumstances = Omit<Context, 'params' | 'query' | 'body'>

/** Runs an attempt. Only a wrong guess costs its token. Throws TooManyAttempts instead where there were too many that failed. */
export async function attempt<T>(
  { recording, now }: Pick<Circumstances, 'recording' | 'now'>,
  buckets: readonly Bucket[],
  work: () => Promise<T>,
): Promise<T> {
  await takeTokens(recording.database, buckets, now)
  try {
    const result = await work()
    await giveTokensBack(recording.database, buckets)
    return result
  } catch (error) {
    if (isNoGuess(error)) await giveTokensBack(recording.database, buckets)
    throw error
  }
}

const GUESSED_WRONG: ReadonlySet<string> = new Set(['sign_in_refused', 'proof_refused'])

/** What is refused for another reason is refused after the proof was found right: a new password that is too weak. */
function isNoGuess(error: unknown): boolean {
  return error instanceof Refused && !GUESSED_WRONG.has(error.refusal.code)
}

/** The buckets of a sign-in under a name: the same ones whether anybody has that name or not. */
export function signInBuckets(context: Circumstances, secrets: Secrets, username: string): readonly Bucket[] {
  const device = knownDevice(secrets, username, context.cookie(DEVICE_COOKIE))
  if (device !== undefined) return [{ ...FIGURES.device, key: `device ${device}` }]
  return [
    { ...FIGURES.name, key: `name ${nameMark(secrets, username)}` },
    addressBucket(context, secrets),
    { ...FIGURES.everybody, key: 'everybody' },
  ]
}

/** The bucket of those who go out to the identity provider from an address. */
export function oidcBuckets(context: Circumstances, secrets: Secrets): readonly Bucket[] {
  return [{ ...FIGURES.oidc, key: `oidc ${addressMark(context, secrets)}` }]
}

/** The bucket of proofs that a signed-in person gives. */
export function proofBuckets(accountId: string): readonly Bucket[] {
  return [{ ...FIGURES.proof, key: `proof ${accountId}` }]
}

/**
 * Writes down a refused sign-in, about the name that was typed: as a keyed fingerprint, because what is typed there may
 * be a password. What a flood of guesses is refused is written down once an hour.
 */
export async function recordSignInRefusal(
  context: Circumstances,
  { action, name, error }: { readonly action: string; readonly name: string; readonly error: unknown },
): Promise<void> {
  // Of somebody who is signed in, the platform writes it down.
  if (context.actor.kind === 'person' || !(error instanceof Refused)) return
  if (error instanceof TooManyAttempts && !error.isNews) return
  await recordRefusal(context.recording, ANONYMOUS, {
    action,
    about: { type: 'signInName', id: name },
    requestId: context.requestId,
    refusalCode: error.refusal.code,
  })
}

/** A username as events and buckets have it. */
export function nameMark(secrets: Secrets, username: string): string {
  return secrets.fingerprint(username, 'sign-in name').toString('hex')
}

function addressBucket(context: Circumstances, secrets: Secrets): Bucket {
  return { ...FIGURES.address, key: `address ${addressMark(context, secrets)}` }
}

function addressMark({ address }: Circumstances, secrets: Secrets): string {
  return secrets.fingerprint(address, 'address').toString('hex')
}
