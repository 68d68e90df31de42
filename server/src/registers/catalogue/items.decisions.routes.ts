import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { personOf, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById, Reason } from '../../platform/http/shapes.ts'
import { demand } from '../../platform/refusal.ts'
import { copyLatestChecklist } from './checklists.store.ts'
import { openItem, placeIn } from './items.representation.ts'
import { lockedItem } from './items.routes.ts'
import { lastDayBefore, whyNotComplete, whyNotEnding } from './items.rules.ts'
import { DecisionNote, Ending, Item } from './items.schema.ts'
import { basesOf, type ItemRow, lockByCodes } from './items.store.ts'
import { insertItem, stepItem } from './items.writing.store.ts'
import { whyNotDecide, whyNotDraft, whyNotEffective, whyNotWithdraw } from './lifecycle.rules.ts'
import type { CatalogueParts } from './parts.ts'

const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })

/** What happens to an item: proposed by one person, decided by another, ended, discarded, revised. */
export function itemDecisionRoutes(parts: CatalogueParts): readonly Route[] {
  const show = openItem(parts)
  const act = { method: 'POST', about: 'item' } as const
  return [
    write({
      ...act,
      path: '/items/{id}/proposal',
      action: 'item.propose',
      summary: '提交审定；没有现行有效依据的不能提交',
      schema: { params: ById },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params, now } = context
        const item = await lockedItem(context, params.id, 'item.propose')
        demand(whyNotDraft(item))
        await demandComplete(context, parts, item)
        await stepItem(writer, params.id, {
          state: 'proposed',
          proposedBy: personOf(context as WriteContext).personId,
          proposedAt: now,
          decidedBy: null,
          decidedAt: null,
          decisionNote: null,
        })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/withdrawal',
      action: 'item.withdraw',
      summary: '提出人撤回，回到草稿',
      schema: { params: ById },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params } = context
        const item = await lockedItem(context, params.id, 'item.withdraw')
        demand(whyNotWithdraw(item, personOf(context as WriteContext).personId))
        await stepItem(writer, params.id, { state: 'draft' })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/approval',
      action: 'item.approve',
      summary: '批准并公布；提出人不能批准自己提出的',
      schema: { params: ById, body: DecisionNote },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params, body, now } = context
        const item = await lockedItem(context, params.id, 'item.approve')
        const decider = personOf(context as WriteContext).personId
        demand(whyNotDecide(item, decider))
        await demandComplete(context, parts, item)
        const today = dayOf(now)
        const from = item.effectiveFrom === null || item.effectiveFrom < today ? today : item.effectiveFrom
        await endEarlier(context, item, { from, today, decider })
        await stepItem(writer, params.id, {
          state: 'effective',
          decidedBy: decider,
          decidedAt: now,
          decisionNote: body.note ?? null,
          effectiveFrom: from,
        })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/rejection',
      action: 'item.reject',
      summary: '退回修改',
      schema: { params: ById, body: WithReason },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params, body, now } = context
        const item = await lockedItem(context, params.id, 'item.reject')
        const decidedBy = personOf(context as WriteContext).personId
        demand(whyNotDecide(item, decidedBy))
        const decision = { decidedBy, decidedAt: now, decisionNote: body.reason }
        await stepItem(writer, params.id, { state: 'draft', ...decision })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/ending',
      action: 'item.end',
      summary: '终止有效的事项；清单随之更新',
      schema: { params: ById, body: Ending },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params, body, now } = context
        const item = await lockedItem(context, params.id, 'item.end')
        demand(whyNotEffective(item))
        const today = dayOf(now)
        const on = body.on ?? today
        demand(whyNotEnding(item, on, today))
        await stepItem(writer, params.id, {
          // One whose last day is to come is in force until then.
          state: on > today ? 'effective' : 'ended',
          effectiveUntil: on,
          endedBy: personOf(context as WriteContext).personId,
          endReason: body.reason,
        })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/discarding',
      action: 'item.discard',
      summary: '作废草稿',
      schema: { params: ById, body: WithReason },
      replies: { 200: Item },
      async handler(context) {
        const { writer, params, body } = context
        const item = await lockedItem(context, params.id, 'item.discard')
        demand(whyNotDraft(item))
        const endedBy = personOf(context as WriteContext).personId
        await stepItem(writer, params.id, { state: 'discarded', endedBy, endReason: body.reason })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/items/{id}/revision',
      action: 'item.revise',
      summary: '修订有效的事项：另起一份同编号的草稿，批准后接替原来的',
      schema: { params: ById },
      replies: { 201: Item },
      async handler(context) {
        const { writer, params, id, newId, now } = context
        const item = await lockedItem(context, params.id, 'item.revise')
        demand(whyNotEffective(item))
        const open = await lockByCodes(writer, item.authorityId, [item.code])
        if (open.some(({ state }) => state !== 'effective')) demand({ code: 'item.revised_already' })
        const bases = await basesOf(writer, [item.id])
        const enteredBy = personOf(context as WriteContext).personId
        const days = { effectiveFrom: null, effectiveUntil: null }
        await insertItem(writer, { ...item, ...days, id, bases, revises: item.id, enteredBy })
        await copyLatestChecklist(writer, { from: item.id, to: id, id: newId(), by: enteredBy, at: now })
        return reply(201, await show(writer, context, id))
      },
    }),
  ]
}

async function demandComplete(
  { writer, now }: Pick<WriteContext, 'writer' | 'now'>,
  { book }: CatalogueParts,
  item: ItemRow,
): Promise<void> {
  const law = await book.read(writer)
  const place = placeIn(law, item.divisionCode, dayOf(now))
  demand(whyNotComplete(item, await basesOf(writer, [item.id]), { law, place }))
}

/** The item of the same code that was in force until now ends the day before, and never after it began. */
async function endEarlier(
  { writer }: Pick<WriteContext, 'writer'>,
  item: ItemRow,
  { from, today, decider }: { readonly from: string; readonly today: string; readonly decider: string },
): Promise<void> {
  const earlier = await lockByCodes(writer, item.authorityId, [item.code])
  for (const old of earlier) {
    if (old.state !== 'effective' || (old.effectiveUntil !== null && old.effectiveUntil < from)) continue
    if (item.revises !== old.id) demand({ code: 'item.code_taken' })
    await stepItem(writer, old.id, {
      state: from > today ? 'effective' : 'ended',
      effectiveUntil: lastDayBefore(from, old.effectiveFrom),
      endedBy: decider,
      endReason: '由修订后的事项接替',
    })
  }
}
