import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById, Id } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import { findTask } from '../tasks/tasks.store.ts'
import { tryAgree } from '../tasks/agree.ts'
import { askAnew } from './anew.ts'
import { answerParticipation } from './answers.store.ts'
import { lockConsultation, lockParticipation, renewParties } from './consulting.ts'
import {
  actingOn,
  openParticipation,
  representInvitation,
  representParticipations,
} from './participations.representation.ts'
import { whyNotRelease, whyNotRemind } from './participations.rules.ts'
import {
  Asked,
  AskedAuthority,
  Candidates,
  InvitationPage,
  InvitationQuery,
  Participation,
  ParticipationList,
  Settled,
} from './participations.schema.ts'
import {
  findParticipation,
  listParticipations,
  participationsOf,
  prepareParticipation,
  raiseTask,
} from './participations.store.ts'
import { whyNotPooled } from './pools.rules.ts'
import { declaredBy, inspectorsOf } from './pools.store.ts'
import { demandSettled, invite } from './settling.ts'

/** 会商: whom the lead asks, and what each authority settles before it answers (REQ-SCH-4, -6). */
export function participationRoutes(parts: TasksParts): readonly Route[] {
  const show = openParticipation(parts)
  return [
    read({
      method: 'GET',
      path: '/tasks/{id}/participations',
      action: 'participation.list',
      summary: '任务的参与部门，牵头部门在前',
      schema: { params: ById },
      replies: { 200: ParticipationList },
      async handler(context) {
        const { reader, reach, access, now } = context
        const task = found(await findTask(reader, reach, context.params.id), 'task')
        const rows = await participationsOf(reader, task.id)
        const lead = { authorityId: task.leadAuthorityId }
        const invited = task.state === 'drafted' ? undefined : 'participation.task_not_open'
        return {
          items: await representParticipations(await parts.book.read(reader), reader, context, rows),
          can: {
            invite: canOf(
              access.whyNot('participation.invite', lead) ??
                (invited && { code: invited, params: { state: task.state } }),
            ),
            remind: canOf(access.whyNot('consultation.remind', lead) ?? whyNotRemind(rows, task, dayOf(now))),
          },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/participations',
      action: 'participation.mine',
      summary: '邀请本部门参与的任务',
      schema: { query: InvitationQuery },
      replies: { 200: InvitationPage },
      async handler({ reader, reach, actor, query, now }) {
        const { limit = 50, after, state } = query
        const acting = actor.kind === 'person' ? actor.acting?.authorityId : undefined
        const rows = await listParticipations(reader, reach, {
          authorityIds: acting === undefined ? [] : [acting],
          states: state === undefined ? [] : [state],
          after: keyOf(after, ['id'])?.[0],
          limit,
        })
        const today = dayOf(now)
        return pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => representInvitation(row, today) })
      },
    }),
    read({
      method: 'GET',
      path: '/participations/{id}',
      action: 'participation.show',
      summary: '一个部门在任务中的部分：事项、备选人员、答复',
      schema: { params: ById },
      replies: { 200: Participation },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    read({
      method: 'GET',
      path: '/participations/{id}/candidates',
      action: 'participation.candidates',
      summary: '该部门可列为备选的检查人员，不能抽取的注明原因',
      schema: { params: ById },
      replies: { 200: Candidates },
      async handler({ reader, reach, access, params }) {
        const row = found(await findParticipation(reader, reach, params.id), 'participation')
        // Its own inspectors, or those that the lead may name for it: not for everybody in the task.
        demand(actingOn(access, 'participation.candidates', row).refusal, 403)
        const law = await parts.book.read(reader)
        const here = { law, place: placeIn(law, row.divisionCode, row.startsOn) }
        const all = await inspectorsOf(reader, row.authorityId)
        const ids = all.map(({ inspectorId }) => inspectorId)
        const declared = await declaredBy(reader, ids, row.startsOn)
        return {
          inspectors: all.map((one) => ({
            ...one,
            conflicts: declared.get(one.inspectorId) ?? 0,
            whyNot: canOf(whyNotPooled(one, row, here)),
          })),
        }
      },
    }),
    write({
      method: 'PUT',
      path: '/tasks/{id}/participations/{authorityId}',
      action: 'participation.invite',
      about: 'task',
      summary: '列入参与部门，或修改要求的人数和专业；发出会商时一并邀请',
      schema: { params: AskedAuthority, body: Asked },
      replies: { 200: Participation },
      handler: async (context) => show(context.writer, context, await invite(parts, context)),
    }),
    write({
      method: 'POST',
      path: '/tasks/{id}/participations/{authorityId}/release',
      action: 'participation.release',
      about: 'task',
      summary: '不再请该部门参与；已同意的不能退出',
      schema: { params: Type.Object({ id: Id, authorityId: Id }, { additionalProperties: false }) },
      replies: { 200: ParticipationList.properties.items },
      async handler(context) {
        const { writer, access, params } = context
        const { task, rows } = await lockConsultation(parts, context, params.id)
        demand(access.whyNot('participation.release', { authorityId: task.leadAuthorityId }), 403)
        const row = found(
          rows.find(({ authorityId }) => authorityId === params.authorityId),
          'participation',
        )
        demand(whyNotRelease(row, task))
        await answerParticipation(writer, row.id, { state: 'released', by: null, at: null })
        const left = rows.filter((each) => each !== row)
        await renewParties(context, task.id, left)
        // Where all others have answered, the task is agreed with it.
        await tryAgree(parts, context, task.id)
        const now = await participationsOf(writer, task.id)
        return representParticipations(await parts.book.read(writer), writer, context, now)
      },
    }),
    write({
      method: 'PATCH',
      path: '/participations/{id}',
      action: 'participation.prepare',
      about: 'participation',
      summary: '确定事项、备选人员、人数，确认利害关系申报',
      schema: { params: ById, body: Settled },
      replies: { 200: Participation },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version, now } = context
        const consultation = await lockParticipation(parts, context, params.id)
        demand(actingOn(context.access, 'participation.prepare', consultation.row).refusal, 403)
        demandVersion(consultation.row.version, version)
        await demandSettled(consultation, context)
        const pool = body.pool?.map(({ inspectorId, classes = [] }) => ({ inspectorId, classes }))
        const { personId: by } = personOf(context as WriteContext)
        await prepareParticipation(writer, params.id, { ...body, pool, by, now })
        const { row, task } = consultation
        const acting = actingOn(context.access, 'participation.prepare', row).authorityId
        // What the lead settles, for itself or for another, is of what all others agree to.
        if (row.isLead || acting !== row.authorityId) {
          await raiseTask(writer, task.id)
          await askAnew(parts, context, task)
        }
        return show(writer, context, params.id)
      },
    }),
  ]
}
