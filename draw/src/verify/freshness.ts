// How early things were: what witnesses of the reader's own choosing saw before any later value could exist (check 35).

import { type Checkpoint, parseCheckpoint } from '../log/checkpoint.ts'
import { type Policy, policyLogSigned, quorumIntersects, witnessesInTime } from '../log/policy.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { firstValueTime } from '../sources/rules.ts'
import { because, type Context, withCommitment } from './context.ts'
import { check, type Check, type Detail } from './report.ts'

/** When a checkpoint must have been cosigned: by `latest`, and more than ten seconds before `firstValue`. */
export interface InTime {
  readonly latest: number
  readonly firstValue: number
}

/** 35: the time part, in every state. It is never `no`: what is not shown to be early is unknown. */
export const freshness = withCommitment('freshness', (c, context) => {
  const { proofs, certificate } = context.manifests
  const latest = parseCheckpoint(proofs?.value.checkpoint ?? '')
  if (context.state === 'void') return freshVoid(context, c.value, latest)
  if (context.state === 'drawn' && !certificate)
    return unknown(because('not_read', { file: 'certificate.json' }))
  const early = certificate ? parseCheckpoint(certificate.value.log.checkpoint) : latest
  const times = { latest: c.value.close_by, firstValue: firstValueTime(c.value.sources) }
  const why = whyNotSeen(context.policy, [early, latest], times)
  return why ? unknown(why) : check('freshness', 'yes', 'holds')
})

/** Why a checkpoint is not shown to have been seen in time, or nothing. The second is asked for at any time. */
export function whyNotSeen(
  policy: Policy | undefined,
  [early, latest]: readonly [Checkpoint | undefined, Checkpoint | undefined],
  times: InTime,
): Detail | undefined {
  if (!policy) return because('no_policy')
  if (policy.demo) return because('demo_witness')
  if (!quorumIntersects(policy)) return because('policy_quorum')
  if (!early || !latest || !policyLogSigned(policy, early) || !policyLogSigned(policy, latest))
    return because('other_log')
  const witnesses = witnessesInTime(policy, early, latest, times)
  return witnesses < policy.quorum
    ? because('too_few_witnesses', { witnesses, quorum: policy.quorum })
    : undefined
}

/** A cancellation seen by close_by gained nothing; that nobody closed, or a beacon was absent, no bundle can show. */
function freshVoid(context: Context, c: Commitment, latest: Checkpoint | undefined): Check {
  const ending = context.manifests.events.flatMap((e) =>
    e.event?.value.type === 'void' ? [e.event.value] : [],
  )[0]
  if (ending?.reason !== 'cancelled') return unknown(because('void_needs_log'))
  const why = whyNotSeen(context.policy, [latest, latest], { latest: c.close_by, firstValue: Infinity })
  return why ? unknown(why) : check('freshness', 'yes', 'holds')
}

function unknown({ code, params }: Detail): Check {
  return check('freshness', 'unknown', code, params)
}
