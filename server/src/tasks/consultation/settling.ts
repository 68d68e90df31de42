// What is settled before anybody answers: whom the lead asks, and what may be chosen by whom.

import type { Static } from 'typebox'
import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { personOf, type WriteContext } from '../../platform/http/route.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { type Consultation, lockConsultation, renewParties } from './consulting.ts'
import { itemsById } from './items.store.ts'
import { actingOn, taskOf, whyNotChoosePool } from './participations.representation.ts'
import { whyNotInvite, whyNotItem, whyNotPrepare, whyNotSayFor } from './participations.rules.ts'
import type { Asked, AskedAuthority, Settled } from './participations.schema.ts'
import {
  askParticipation,
  insertParticipations,
  type ParticipationRow,
  prepareParticipation,
  raiseTask,
} from './participations.store.ts'
import { whyNotPooled } from './pools.rules.ts'
import { inspectorsById } from './pools.store.ts'

type Inviting = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now' | 'id'> & {
  readonly params: Static<typeof AskedAuthority>
  readonly body: Static<typeof Asked>
}

/** Puts an authority among those who will be asked, or gives it other numbers. Gives the id of its participation. */
export async function invite(parts: TasksParts, context: Inviting): Promise<string> {
  const { writer, access, params, body, now } = context
  const consultation = await lockConsultation(parts, context, params.id)
  const { task, rows } = consultation
  const { personId: by } = personOf(context)
  demand(access.whyNot('participation.invite', { authorityId: task.leadAuthorityId }), 403)
  const seen = seenIn(access, 'authority.show')
  const authority = found(await holdAuthority(writer, seen, params.authorityId), 'authority')
  const row = rows.find(({ authorityId }) => authorityId === authority.id)
  demand(whyNotInvite(authority, task, row?.state))
  if (body.itemIds) await demandItems(consultation, context, { authorityId: authority.id }, body.itemIds)
  const asked = { members: body.members, classes: body.classes }
  if (row) {
    await askParticipation(writer, row.id, asked)
    if (body.itemIds) await prepareParticipation(writer, row.id, { itemIds: body.itemIds, by, now })
  } else {
    const part = { id: context.id, authorityId: authority.id, isLead: false, ...asked, itemIds: body.itemIds }
    await insertParticipations(writer, { taskId: task.id, divisionCode: task.divisionCode, by }, [part])
  }
  // Whom the lead asks, and for what, is of the task: whoever agrees agrees to that, and whoever asks has drafted.
  await raiseTask(writer, task.id, by)
  if (!row || row.state === 'released')
    await renewParties(context, task.id, [...rows, { authorityId: authority.id, state: 'prepared' }])
  return row?.id ?? context.id
}

/** Throws where an authority cannot settle what it gives: not now, not for another, not these items or inspectors. */
export async function demandSettled(
  { row, here }: Consultation & { readonly row: ParticipationRow },
  context: Pick<WriteContext, 'writer' | 'access'> & { readonly body: Settled },
): Promise<void> {
  const { writer, access, body } = context
  const { authorityId } = actingOn(access, 'participation.prepare', row)
  const { pool, itemIds } = body
  const isForAnother = authorityId !== row.authorityId
  // Where the lead may set the pool it sets that alone: what a participant inspects it says itself (S2 (八)).
  demand(isForAnother ? whyNotChoosePool(row, access, here) : whyNotPrepare(row, taskOf(row)))
  if (isForAnother) demand(whyNotSayFor(body))
  if (itemIds) await demandItems({ here }, context, row, itemIds)
  if (!pool) return
  const named = await inspectorsById(
    writer,
    pool.map(({ inspectorId }) => inspectorId),
  )
  if (named.length < new Set(pool.map(({ inspectorId }) => inspectorId)).size)
    demand({ code: 'participation.inspector_unknown' })
  for (const member of named) demand(whyNotPooled(member, row, here))
}

async function demandItems(
  { here }: Pick<Consultation, 'here'>,
  { writer }: Pick<WriteContext, 'writer'>,
  part: { readonly authorityId: string },
  itemIds: readonly string[],
): Promise<void> {
  const items = await itemsById(writer, itemIds)
  if (items.length < itemIds.length) demand({ code: 'participation.item_unknown' })
  for (const item of items) demand(whyNotItem(item, part, here))
}
