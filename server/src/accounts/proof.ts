// Somebody who is signed in proves once more who he is, or proves what his session still lacks.

import type { Person } from '../platform/actor.ts'
import type { Writer } from '../platform/database/database.ts'
import { record } from '../platform/record.ts'
import { Refused } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { attempt, type Circumstances, proofBuckets } from './attempts.ts'
import { type AccountFound, findAccount, lockAsFound } from './credentials.store.ts'
import { stageAfter } from './enrolment.rules.ts'
import { findStanding } from './me.store.ts'
import { isPasswordOf } from './password-hash.ts'
import { findCode, useCode } from './second-factor.ts'
import { type Rotation, rotateSession } from './sessions.store.ts'

/** What is given as proof: a password, a code, or both. What is given must be right. */
export interface Proof {
  readonly password?: string
  readonly code?: string
}

/** A proof in whose act something is done. */
export interface ProofAct {
  readonly action: string
  readonly person: Person
  readonly proof: Proof
}

/**
 * Checks a proof and does, in one recorded act with using up the code, what it was given for. Throws Refused (403
 * `proof_refused`, 429 `too_many_attempts`).
 */
export function prove<T>(
  context: Circumstances,
  secrets: Secrets,
  { action, person, proof }: ProofAct,
  work: (writer: Writer, account: AccountFound) => Promise<T>,
): Promise<T> {
  const { recording, now } = context
  return attempt(context, proofBuckets(person.accountId), async () => {
    const { account, found } = await recording.database.read(async (reader) => {
      const account = await findAccount(reader, { accountId: person.accountId })
      const code = proof.code ?? ''
      return { account, found: await findCode(reader, secrets, { code, account, now }) }
    })
    const fits = proof.password === undefined || (await isPasswordOf(account?.password_hash, proof.password))
    if (!account || !fits || (proof.code !== undefined && !found)) throw proofRefused()
    const act = { action, about: { type: 'account', id: account.id }, requestId: context.requestId }
    return record(recording, person, act, async (writer) => {
      if (!(await lockAsFound(writer, account))) throw proofRefused()
      if (found && !(await useCode(writer, account.id, { found, now }))) throw proofRefused()
      return work(writer, account)
    })
  })
}

/** Rotates a session after a step; it becomes full with the last one. Gives the token and how it stands now. */
export async function rotateAfterStep(
  writer: Writer,
  person: Person,
  { now, ...done }: Omit<Rotation, 'stage'> & { readonly now: Date },
): Promise<{ readonly token: string; readonly stage: 'enrol' | 'full' }> {
  const before = await findStanding(writer, person)
  const stage = stageAfter({ ...before, secondFactor: before.secondFactor || done.secondFactor === true })
  const becomesFull = stage === 'full' && person.stage === 'enrol' ? { reauthenticatedAt: now } : {}
  return { token: await rotateSession(writer, person.sessionId, { ...done, ...becomesFull, stage }), stage }
}

function proofRefused(): Refused {
  return new Refused({ code: 'proof_refused' }, 403)
}
