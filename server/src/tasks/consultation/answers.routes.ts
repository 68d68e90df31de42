import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { insertFile } from '../../platform/files/file.store.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { tell, tryAgree } from '../tasks/agree.ts'
import { answerParticipation, setReminded, setStatement } from './answers.store.ts'
import { lockConsultation, lockParticipation } from './consulting.ts'
import { openParticipation, representParticipations } from './participations.representation.ts'
import {
  whyNotAccept,
  whyNotDecline,
  whyNotRemind,
  whyNotReopen,
  whyNotSeen,
} from './participations.rules.ts'
import {
  Accepted,
  Declined,
  Participation,
  ParticipationList,
  StoredStatement,
} from './participations.schema.ts'
import { findParticipation, participationsOf } from './participations.store.ts'
import { statementType, whyNotStatement } from './statements.rules.ts'

const MOST_BYTES = 20 << 20
const FileReply = Type.String({ format: 'binary', description: '文件' })

/** 答复: an authority agrees or declines, by somebody else than who prepared it; with the last answer the task is agreed. */
export function answerRoutes(parts: TasksParts): readonly Route[] {
  const show = openParticipation(parts)
  const act = { method: 'POST', about: 'participation' } as const
  return [
    write({
      ...act,
      path: '/participations/{id}/acceptance',
      action: 'participation.accept',
      summary: '同意参加所看到的那一版；各部门都答复后任务即商定',
      schema: { params: ById, body: Accepted },
      replies: { 200: Participation },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, body, version, now } = context
        const { row, task, here } = await lockParticipation(parts, context, params.id)
        demand(access.whyNot('participation.accept', { authorityId: row.authorityId }), 403)
        demand(whyNotSeen({ ...body, version }, row), 412)
        const { personId: by } = personOf(context as WriteContext)
        demand(whyNotAccept(row, task, here, by))
        await answerParticipation(writer, row.id, { state: 'accepted', by, at: now, accepted: row })
        await tryAgree(parts, context, task.id)
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/participations/{id}/decline',
      action: 'participation.decline',
      summary: '不参加，说明理由；当地有规定的须先上传书面函告',
      schema: { params: ById, body: Declined },
      replies: { 200: Participation },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, body, version, now } = context
        const { row, task, here } = await lockParticipation(parts, context, params.id)
        demand(access.whyNot('participation.decline', { authorityId: row.authorityId }), 403)
        demand(whyNotSeen({ version }, row), 412)
        const statement = row.refusalStatement
        if (body.statement !== undefined && body.statement !== statement)
          demand({ code: 'participation.statement_unknown' })
        const { personId: by } = personOf(context as WriteContext)
        demand(whyNotDecline(row, task, here, statement, by))
        const answer = { state: 'declined', by, at: now, reason: body.reason, statement } as const
        await answerParticipation(writer, row.id, answer)
        await tryAgree(parts, context, task.id)
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/participations/{id}/reopening',
      action: 'participation.reopen',
      summary: '收回答复；任务商定前可以',
      schema: { params: ById },
      replies: { 200: Participation },
      async handler(context) {
        const { writer, access, params } = context
        const { row, task } = await lockParticipation(parts, context, params.id)
        demand(access.whyNot('participation.reopen', { authorityId: row.authorityId }), 403)
        demand(whyNotReopen(row, task))
        await answerParticipation(writer, row.id, { state: 'invited', by: null, at: null })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/participations/{id}/statement',
      action: 'participation.uploadStatement',
      summary: '上传不参加的书面函告（PDF、OFD、Word 文件）',
      schema: { params: ById, body: Type.Any({ description: '文件' }) },
      replies: { 201: StoredStatement },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, access, params } = context
        const { row, task, here } = await lockParticipation(parts, context, params.id)
        demand(access.whyNot('participation.uploadStatement', { authorityId: row.authorityId }), 403)
        demand(whyNotDecline(row, task, here, 'uploaded'))
        const bytes = (context.body ?? Buffer.alloc(0)) as Buffer
        demand(whyNotStatement(bytes), 422)
        const stored = await parts.files.put(oneChunk(bytes), MOST_BYTES)
        const { mediaType } = statementType(bytes)
        const { personId: by } = personOf(context as WriteContext)
        await insertFile(writer, { ...stored, mediaType, by, at: context.now })
        await setStatement(writer, row.id, stored.hash)
        return reply(201, stored)
      },
    }),
    read({
      method: 'GET',
      path: '/participations/{id}/statement',
      action: 'participation.readStatement',
      about: 'participation',
      summary: '不参加的书面函告；查看留痕',
      schema: { params: ById },
      replies: { 200: FileReply },
      recorded: true,
      async handler({ reader, reach, access, params }) {
        const row = found(await findParticipation(reader, reach, params.id), 'participation')
        // Of those in the task alone, also when it is open to the whole division.
        demand(access.whyNot('participation.readStatement', { authorityIds: row.partyIds }), 403)
        const hash = found(row.refusalStatement, 'statement')
        const chunks: Uint8Array[] = []
        for await (const chunk of await parts.files.read(hash)) chunks.push(chunk as Uint8Array)
        const bytes = Buffer.concat(chunks)
        const { extension, mediaType } = statementType(bytes)
        const name = encodeURIComponent(`${row.authorityName}不参加函告.${extension}`)
        return reply(200, bytes, {
          'content-type': mediaType,
          'content-disposition': `attachment; filename="statement.${extension}"; filename*=UTF-8''${name}`,
        })
      },
    }),
    write({
      method: 'POST',
      path: '/tasks/{id}/reminders',
      action: 'consultation.remind',
      about: 'task',
      summary: '催办还没有答复的部门；一天一次',
      schema: { params: ById },
      replies: { 200: ParticipationList.properties.items },
      async handler(context) {
        const { writer, access, params, now } = context
        const { task, rows, here } = await lockConsultation(parts, context, params.id)
        demand(access.whyNot('consultation.remind', { authorityId: task.leadAuthorityId }), 403)
        demand(whyNotRemind(rows, task, dayOf(now)))
        const open = rows.filter(({ state }) => state === 'invited')
        const authorityIds = open.map(({ authorityId }) => authorityId)
        await setReminded(writer, task.id, now)
        await tell(parts.whenReminded, { writer, task, now, authorityIds })
        const after = await participationsOf(writer, task.id)
        return representParticipations(here.law, writer, context, after)
      },
    }),
  ]
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
