import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Files } from '../platform/files/files.ts'
import { insertFile } from '../platform/files/file.store.ts'
import { free, personOf, reply, type Route } from '../platform/http/route.ts'
import { Shape } from '../platform/http/shapes.ts'
import { record } from '../platform/record.ts'

const LARGEST = 1 << 30

/** Files on their way in: stored under their hash first, then named by whatever needs them. */
export function fileRoutes(files: Files): readonly Route[] {
  return [
    free({
      method: 'POST',
      path: '/files',
      action: 'file.upload',
      about: 'file',
      summary: '上传文件；按内容的 SHA-256 保存，相同内容只存一份。返回的 hash 用于随后的操作',
      schema: {
        body: Type.Unsafe<Readable | undefined>({ description: '文件内容，最大 1 GiB' }),
      },
      replies: { 201: Shape({ hash: Type.String(), bytes: Type.Integer() }) },
      takesStream: true,
      // The same bytes twice are one file.
      withoutIdempotency: true,
      bodyLimit: LARGEST,
      async handler(context) {
        const { body, header, now, recording, actor, requestId } = context
        const stored = await files.put(body ?? emptyStream(), LARGEST)
        const mediaType = (header('content-type') ?? 'application/octet-stream').slice(0, 200)
        const by = personOf(context).personId
        const act = { action: 'file.upload', about: { type: 'file', id: stored.hash }, requestId }
        await record(recording, actor, act, (writer) =>
          insertFile(writer, { ...stored, mediaType, by, at: now }),
        )
        return reply(201, stored)
      },
    }),
  ]
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}
