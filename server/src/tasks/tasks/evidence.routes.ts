import { Type } from 'typebox'
import { seenIn } from '../../agencies/index.ts'
import { insertFile } from '../../platform/files/file.store.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById, Id, Shape } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { insertEvidence } from './evidence.store.ts'
import { findTask } from './tasks.store.ts'

const MOST_BYTES = 20 << 20
const Purpose = Type.Enum(['outside', 'visit'], { description: '用途：计划外任务的证明、登记检查的证据' })
const Uploaded = Shape({
  id: Id,
  hash: Type.String({ description: '文件的 SHA-256' }),
  bytes: Type.Integer(),
})
const FileBody = Type.Unsafe<unknown>({ description: '文件本身' })

/** The files that show something: the ground of a task outside the plan (a complaint's slip, an order, a report), or a visit. */
export function evidenceRoutes({ files }: TasksParts): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/task-evidence',
      action: 'taskEvidence.upload',
      about: 'file',
      summary: '上传证据文件；只有上传的人能用，且只能用于所说的用途',
      schema: {
        query: Type.Object({ purpose: Type.Optional(Purpose) }, { additionalProperties: false }),
        body: FileBody,
      },
      replies: { 201: Uploaded },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, now, query, id } = context
        const person = personOf(context as WriteContext)
        demand(person.acting === undefined ? { code: 'not_allowed' } : undefined, 403)
        const bytes = (context.body ?? Buffer.alloc(0)) as Buffer
        demand(bytes.length === 0 ? { code: 'document.empty' } : undefined, 422)
        const stored = await files.put(oneChunk(bytes), MOST_BYTES)
        const by = person.personId
        await insertFile(writer, { ...stored, mediaType: 'application/octet-stream', by, at: now })
        const { purpose = 'outside' } = query
        await insertEvidence(writer, { id, hash: stored.hash, purpose, place: person.acting!, by, at: now })
        return reply(201, { id, ...stored })
      },
    }),
    read({
      method: 'GET',
      path: '/tasks/{id}/evidence',
      action: 'taskEvidence.download',
      about: 'task',
      summary: '下载计划外任务的证据文件；每次查阅均留下记录',
      schema: { params: ById },
      replies: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      recorded: true,
      async handler({ reader, access, params }) {
        const task = found(await findTask(reader, seenIn(access, 'task.show'), params.id), 'task')
        // What somebody complained of is for those who inspect on it, also after the task is open to the division.
        demand(access.whyNot('taskEvidence.download', { authorityIds: task.partyIds }), 403)
        const hash = found(task.outsideEvidence, 'taskEvidence')
        found((await files.has(hash)) ? true : undefined, 'taskEvidence')
        return reply(200, await files.read(hash), {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment; filename="evidence"',
        })
      },
    }),
  ]
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
