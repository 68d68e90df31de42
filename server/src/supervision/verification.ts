// Verifies log, state and guards as a job: on demand, and once in every night (threats I12, I15).

import type { Clock } from '../platform/clock.ts'
import type { Json } from '../platform/database/rows.gen.ts'
import type { JobKind, RunningJob } from '../platform/jobs/jobs.ts'
import {
  type PublishedLog,
  type SqlRunner,
  verifyGrants,
  verifyLog,
  type VerifyReport,
  verifyState,
} from '../platform/log/index.ts'
import { SYSTEM } from '../platform/actor.ts'
import type { Writer } from '../platform/database/database.ts'
import { record, type Recording } from '../platform/record.ts'
import { type Verification, verificationOf } from './verification.rules.ts'

/** The kind of job, and the action that asks for it. */
export const VERIFICATION = 'log.verify'

/** A verification that did not hold. */
export interface FailedVerification {
  readonly jobId: string
  readonly faults: number
  readonly now: Date
}

/** What a verification works on. */
export interface VerificationParts {
  readonly sql: SqlRunner
  readonly log: PublishedLog
  /** The committed list of guards. */
  readonly manifest: string
  readonly recording: Recording
  readonly clock: Clock
  /** Tells somebody, in a transaction of its own. */
  readonly whenItFails: (writer: Writer, failed: FailedVerification) => Promise<void>
}

/** The job. Its result is a `Verification`. */
export function verificationKind(parts: VerificationParts): JobKind {
  return {
    name: VERIFICATION,
    retries: 1,
    async run(job) {
      const verification = verificationOf(await reportsOf(parts, job))
      if (!verification.holds) await raiseAlarm(parts, job.id, verification)
      return verification as unknown as Json
    },
  }
}

async function reportsOf(
  { sql, log, manifest }: VerificationParts,
  { progress }: RunningJob,
): Promise<readonly VerifyReport[]> {
  const steps = [
    ['log', () => verifyLog({ sql, policy: log.policy, folder: log.tiles })],
    ['state', () => verifyState({ sql })],
    ['grants', () => verifyGrants({ sql }, manifest)],
  ] as const
  const reports: VerifyReport[] = []
  for (const [step, verify] of steps) {
    await progress(reports.length, steps.length, step)
    reports.push(await verify())
  }
  await progress(reports.length, steps.length)
  return reports
}

function raiseAlarm(parts: VerificationParts, jobId: string, { faults }: Verification): Promise<void> {
  const { recording, clock, whenItFails } = parts
  const act = { action: 'log.alarm', about: { type: 'job', id: jobId } }
  return record(recording, SYSTEM, act, (writer) => whenItFails(writer, { jobId, faults, now: clock.now() }))
}
