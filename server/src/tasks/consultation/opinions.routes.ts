import { seenIn } from '../../agencies/index.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/clock.ts'
import { Type } from 'typebox'
import type { TasksParts } from '../parts.ts'
import { findTask, lockTask } from '../tasks/tasks.store.ts'
import { lockConsultation } from './consulting.ts'
import { whyNotOpine, whyNotReply, whyNotSection } from './opinions.rules.ts'
import { NewOpinion, Opinion, OpinionList, OpinionReply } from './opinions.schema.ts'
import {
  answerOpinion,
  findOpinion,
  insertOpinion,
  listOpinions,
  lockOpinion,
  type OpinionRow,
} from './opinions.store.ts'
import { participationsOf, type ParticipationRow } from './participations.store.ts'
import { recordCsv, recordPaper } from './record.ts'

const FileReply = Type.String({ format: 'binary', description: '文件' })

/** 征求意见: what participants say of the draft, what the lead makes of it, and the record of both (S2 (六)). */
export function opinionRoutes({ book }: TasksParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/tasks/{id}/opinions',
      action: 'opinion.list',
      summary: '征求到的意见和采纳情况',
      schema: { params: ById },
      replies: { 200: OpinionList },
      async handler(context) {
        const { reader, reach, params } = context
        const task = found(await findTask(reader, reach, params.id), 'task')
        const rows = await listOpinions(reader, task.id)
        const own = ownPart(await participationsOf(reader, task.id), context)
        return {
          items: rows.map((row) => represent(row, context)),
          can: { give: canOf(whyNotOpine(own, task)) },
        }
      },
    }),
    write({
      method: 'POST',
      path: '/tasks/{id}/opinions',
      action: 'opinion.give',
      about: 'task',
      summary: '提出意见',
      schema: { params: ById, body: NewOpinion },
      replies: { 201: Opinion },
      async handler(context) {
        const { writer, access, params, body, id, now } = context
        const { task, rows, here } = await lockConsultation({ book }, context, params.id)
        const own = ownPart(rows, context)
        demand(own ? undefined : { code: 'not_allowed' }, 403)
        demand(whyNotOpine(own, task))
        demand(whyNotSection(body.section, here.law, here.place.on))
        await insertOpinion(writer, {
          ...task,
          id,
          taskId: task.id,
          authorityId: own!.authorityId,
          section: body.section,
          text: body.text,
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        const seen = seenIn(access, 'opinion.list')
        return reply(201, represent(found(await findOpinion(writer, seen, id), 'opinion'), context))
      },
    }),
    write({
      method: 'POST',
      path: '/opinions/{id}/reply',
      action: 'opinion.reply',
      about: 'opinion',
      summary: '答复一条意见：采纳，或者不采纳并说明理由',
      schema: { params: ById, body: OpinionReply },
      replies: { 200: Opinion },
      async handler(context) {
        const { writer, access, params, body, now } = context
        const seen = seenIn(access, 'opinion.list')
        const { taskId } = found(await findOpinion(writer, seen, params.id), 'opinion')
        await lockTask(writer, seenIn(access, 'task.show'), taskId)
        const row = found(await lockOpinion(writer, seen, params.id), 'opinion')
        demand(access.whyNot('opinion.reply', { authorityId: row.leadAuthorityId }), 403)
        demand(whyNotReply(row, { adopted: body.adopted, reply: body.reply }))
        const by = personOf(context as WriteContext).personId
        await answerOpinion(writer, row.id, { adopted: body.adopted, reply: body.reply, by, at: now })
        return represent(found(await findOpinion(writer, seen, row.id), 'opinion'), context)
      },
    }),
    ...(['csv', 'html'] as const).map((format) =>
      read({
        method: 'GET',
        path: `/tasks/{id}/consultation-record.${format}`,
        action: format === 'csv' ? 'consultation.record' : 'consultation.print',
        summary: format === 'csv' ? '意见记录（表格）' : '意见记录（打印）',
        schema: { params: ById },
        replies: { 200: FileReply },
        async handler({ reader, reach, params, now }) {
          const task = found(await findTask(reader, reach, params.id), 'task')
          const record = {
            task,
            parts: await participationsOf(reader, task.id),
            opinions: await listOpinions(reader, task.id),
            law: await book.read(reader),
            today: dayOf(now),
          }
          return format === 'csv'
            ? csvFile(recordCsv(record), `${task.number}意见记录-${record.today}.csv`, 'record.csv')
            : recordPaper(record)
        },
      }),
    ),
  ]
}

type Viewing = Pick<Context, 'access' | 'actor'>

/** The participation of the authority for which somebody acts, if he may speak for it. */
function ownPart(
  rows: readonly ParticipationRow[],
  { access, actor }: Viewing,
): ParticipationRow | undefined {
  const acting = actor.kind === 'person' ? actor.acting?.authorityId : undefined
  const may = ({ authorityId }: ParticipationRow) => !access.whyNot('opinion.give', { authorityId })
  const own = rows.filter(may)
  return own.find(({ authorityId }) => authorityId === acting) ?? own[0]
}

function represent(row: OpinionRow, { access }: Viewing): Opinion {
  const refused = access.whyNot('opinion.reply', { authorityId: row.leadAuthorityId })
  return {
    ...row,
    givenBy: row.givenByName,
    givenAt: row.givenAt.toISOString(),
    repliedBy: row.repliedByName,
    repliedAt: row.repliedAt?.toISOString() ?? null,
    can: { reply: canOf(refused ?? whyNotReply(row)) },
  }
}
