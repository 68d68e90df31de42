// What shows a reason: brought by whoever says it, read by those who decide on it, each reading written down.

import { Type } from 'typebox'
import { insertFile } from '../../platform/files/file.store.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { seenIn } from '../../agencies/index.ts'
import type { DrawsParts } from '../parts.ts'
import { insertEvidence } from './evidence.store.ts'
import { placeOfReplacement } from './replacements.representation.ts'
import { Uploaded } from './replacements.schema.ts'
import { findReplacement } from './replacements.store.ts'
import { findRequest } from './requests.store.ts'

const MOST_BYTES = 20 << 20
const FileBody = Type.Unsafe<unknown>({ description: '文件本身' })
const Binary = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })

/** Files of replacements, skips and voids. */
export function evidenceRoutes({ files }: DrawsParts): readonly Route[] {
  const send = async (hash: string) => {
    found((await files.has(hash)) ? true : undefined, 'evidence')
    return reply(200, await files.read(hash), {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="evidence"',
    })
  }
  return [
    write({
      method: 'POST',
      path: '/draw-evidence',
      action: 'drawEvidence.upload',
      about: 'file',
      summary: '上传回避、替换、跳过、作废的证明文件；只有上传的人能用',
      schema: { body: FileBody },
      replies: { 201: Uploaded },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, now } = context
        const by = personOf(context as WriteContext).personId
        const bytes = (context.body ?? Buffer.alloc(0)) as Buffer
        demand(bytes.length === 0 ? { code: 'document.empty' } : undefined, 422)
        const stored = await files.put(oneChunk(bytes), MOST_BYTES)
        await insertFile(writer, { ...stored, mediaType: 'application/octet-stream', by, at: now })
        await insertEvidence(writer, { hash: stored.hash, by, at: now })
        return reply(201, { ...stored })
      },
    }),
    read({
      method: 'GET',
      path: '/replacements/{id}/evidence',
      action: 'replacement.readEvidence',
      about: 'replacement',
      summary: '下载回避、替换申请的证明文件；每次查阅均留下记录',
      schema: { params: ById },
      replies: { 200: Binary },
      recorded: true,
      async handler({ reader, access, params }) {
        const row = found(
          await findReplacement(reader, seenIn(access, 'replacement.show'), params.id),
          'replacement',
        )
        demand(access.whyNot('replacement.readEvidence', placeOfReplacement(row)), 403)
        return send(row.evidence)
      },
    }),
    read({
      method: 'GET',
      path: '/draw-requests/{id}/evidence',
      action: 'drawRequest.readEvidence',
      about: 'drawRequest',
      summary: '下载跳过、作废的证明文件；每次查阅均留下记录',
      schema: { params: ById },
      replies: { 200: Binary },
      recorded: true,
      async handler({ reader, reach, params }) {
        return send(found(await findRequest(reader, reach, params.id), 'drawRequest').evidence)
      },
    }),
  ]
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
