import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { PlansParts } from '../parts.ts'
import { lockParties, settleParties } from '../plans/plans.store.ts'
import { WithReason } from '../plans/plans.schema.ts'
import { showFiling } from './filings.representation.ts'
import { receiptText, whyNotDecideFiling, whyNotFilingStep } from './filings.rules.ts'
import { Filing } from './filings.schema.ts'
import { decideFiling, type FilingRow, findFiling, lockFiling, nextReceipt } from './filings.store.ts'

/** What the receiver does with what was sent, and what the sender may still take back. */
export function receivingRoutes({ book }: PlansParts): readonly Route[] {
  const act = { method: 'POST', about: 'filing', replies: { 200: Filing } } as const
  return [
    write({
      ...act,
      path: '/filings/{id}/receipt',
      action: 'filing.receive',
      summary: '接收并出具回执号；不能接收自己报送的',
      schema: { params: ById },
      async handler(context) {
        const { writer, now } = context
        const filing = await locked(context as WriteContext, context.params.id, 'receive')
        const decidedBy = personOf(context).personId
        demand(whyNotDecideFiling(filing, 'receive', decidedBy))
        const decidedOn = dayOf(now)
        const year = decidedOn.slice(0, 4)
        const { receiver, serial } = await nextReceipt(writer, filing.receiverId, year)
        const receipt = receiptText(receiver, year, serial)
        await decideFiling(writer, filing.id, {
          state: 'received',
          receipt,
          decidedBy,
          decidedAt: now,
          decidedOn,
        })
        return showFiling(book, writer, context, filing.id)
      },
    }),
    write({
      ...act,
      path: '/filings/{id}/return',
      action: 'filing.return',
      summary: '退回修改，说明理由；备案只接收，备案审核才可退回',
      schema: { params: ById, body: WithReason },
      async handler(context) {
        const { writer, body, now } = context
        const filing = await locked(context as WriteContext, context.params.id, 'return')
        const decidedBy = personOf(context).personId
        demand(whyNotDecideFiling(filing, 'return', decidedBy))
        const decision = { decidedBy, decidedAt: now, decidedOn: dayOf(now), returnReason: body.reason }
        await decideFiling(writer, filing.id, { state: 'returned', ...decision })
        return showFiling(book, writer, context, filing.id)
      },
    }),
    write({
      ...act,
      path: '/filings/{id}/withdrawal',
      action: 'filing.withdraw',
      summary: '撤回对方还没有接收的报送',
      schema: { params: ById },
      async handler(context) {
        const filing = await locked(context as WriteContext, context.params.id, 'withdraw')
        demand(whyNotFilingStep(filing, 'withdraw'))
        await decideFiling(context.writer, filing.id, { state: 'withdrawn' })
        // What was taken back is no longer the receiver's to read.
        if (filing.planId !== null) await settleParties(context.writer, filing.planId)
        return showFiling(book, context.writer, context, filing.id)
      },
    }),
  ]
}

async function locked(
  { writer, access }: WriteContext,
  id: string,
  verb: 'receive' | 'return' | 'withdraw',
): Promise<FilingRow> {
  const seen = seenIn(access, 'filing.show')
  const { planId } = found(await findFiling(writer, seen, id), 'filing')
  // The plan first, as whoever sends it does.
  if (planId !== null) await lockParties(writer, planId)
  const filing = found(await lockFiling(writer, seen, id), 'filing')
  const authorityId = verb === 'withdraw' ? filing.authorityId : filing.receiverId
  demand(access.whyNot(`filing.${verb}`, { authorityId }), 403)
  return filing
}
