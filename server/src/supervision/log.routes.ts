import { personOf, read, reply, type Route, write } from '../platform/http/route.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import { type PublishedLog, receiptOf, runnerWithin } from '../platform/log/index.ts'
import { found } from '../platform/refusal.ts'
import { AskedVerification, LeafId, ReceiptShape } from './log.schema.ts'
import { VERIFICATION } from './verification.ts'

/** What these operations are given. */
export interface LogParts {
  readonly log: PublishedLog
  readonly jobs: Jobs
}

// It gets better once more witnesses have cosigned, and never worse.
const A_MINUTE = { 'cache-control': 'public, max-age=60' } as const

/** The receipt of an entry, for anybody; a verification of everything, for those who oversee. */
export function logRoutes({ log, jobs }: LogParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/log/receipts/{leaf}',
      action: 'log.receipt',
      summary: '日志回执：凭它可离线证明某条记录在透明日志里',
      schema: { params: LeafId },
      replies: { 200: ReceiptShape },
      async handler({ reader, params }) {
        const sql = runnerWithin(reader)
        const receipt = await receiptOf(sql, log.tiles, String(params.leaf), log.policy.quorum)
        return reply(200, found(receipt, 'receipt'), A_MINUTE)
      },
    }),
    write({
      method: 'POST',
      path: '/log/verifications',
      action: VERIFICATION,
      summary: '立即校验：日志、数据和数据库防护；结果见后台任务',
      about: 'job',
      schema: {},
      replies: { 202: AskedVerification },
      async handler(context) {
        const { personId, acting } = personOf(context)
        const asked = { id: context.id, kind: VERIFICATION, input: {}, requestedBy: personId }
        await jobs.ask(context.writer, { ...asked, authorityId: acting?.authorityId })
        return reply(202, { jobId: context.id }, { location: `/api/v1/jobs/${context.id}` })
      },
    }),
  ]
}
