import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { type Context, personOf, read, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { placeOfInspector, seenInspector } from './inspectors.representation.ts'
import { lockedInspector } from './inspectors.routes.ts'
import { whyNotChangeInspector } from './inspectors.rules.ts'
import { endedLeave, whyNotAddLeave, whyNotEndLeave } from './leaves.rules.ts'
import { Leave, LeaveList, NewLeave } from './leaves.schema.ts'
import { endLeave, insertLeave, type LeaveRow, listLeaves, lockLeave } from './leaves.store.ts'

/** 请假: whoever is away is not drawn; why he is away is for his own authority. */
export function leaveRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/inspectors/{id}/leaves',
      action: 'inspector.leaves',
      summary: '一名执法检查人员的请假',
      schema: { params: ById },
      replies: { 200: LeaveList },
      async handler(context) {
        const { reader, reach, access, params } = context
        const inspector = await seenInspector(reader, context, params.id)
        demand(access.whyNot('inspector.leaves', placeOfInspector(inspector)), 403)
        const rows = await listLeaves(reader, reach, params.id)
        return { items: rows.map((row) => represent(row, context)) }
      },
    }),
    write({
      method: 'POST',
      path: '/inspectors/{id}/leaves',
      action: 'inspector.addLeave',
      about: 'inspector',
      summary: '登记请假',
      schema: { params: ById, body: NewLeave },
      replies: { 201: Leave },
      async handler(context) {
        const { writer, params, body, newId } = context
        const id = newId()
        demand(whyNotChangeInspector(await lockedInspector(context, params.id, 'inspector.addLeave')))
        const reach = seenIn(context.access, 'inspector.leaves')
        demand(whyNotAddLeave(body, await listLeaves(writer, reach, params.id)))
        await insertLeave(writer, { id, inspectorId: params.id, ...body, by: personOf(context).personId })
        return reply(201, await shownLeave(writer, context, id))
      },
    }),
    write({
      method: 'POST',
      path: '/inspector-leaves/{id}/ending',
      action: 'inspector.endLeave',
      about: 'inspectorLeave',
      summary: '销假：今日起不再请假；尚未开始的即撤回',
      schema: { params: ById },
      replies: { 200: Leave },
      async handler(context) {
        const { writer, access, params, now } = context
        const leave = found(await lockLeave(writer, seenIn(access, 'inspector.leaves'), params.id), 'leave')
        demand(access.whyNot('inspector.endLeave', placeOfInspector(leave)), 403)
        demand(whyNotEndLeave(leave, dayOf(now)))
        const end = endedLeave(leave, dayOf(now))
        await endLeave(writer, params.id, end === 'withdrawn' ? { withdrawnAt: now } : end)
        return shownLeave(writer, context, params.id)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'now'>

async function shownLeave(writer: Parameters<typeof lockLeave>[0], viewing: Viewing, id: string) {
  const reach = seenIn(viewing.access, 'inspector.leaves')
  return represent(found(await lockLeave(writer, reach, id), 'leave'), viewing)
}

function represent(row: LeaveRow, { access, now }: Viewing): Leave {
  const { id, version, from, until, reason, isWithdrawn, recordedByName } = row
  const refused =
    access.whyNot('inspector.endLeave', placeOfInspector(row)) ?? whyNotEndLeave(row, dayOf(now))
  return { id, version, from, until, reason, isWithdrawn, recordedByName, can: { end: canOf(refused) } }
}
