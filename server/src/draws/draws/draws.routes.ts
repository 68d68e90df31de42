import type { Readable } from 'node:stream'
import { seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { DrawsParts } from '../parts.ts'
import { leadOf } from './access.ts'
import { entriesWithin, fileNamed, mediaTypeOf, streamsOf } from './bundle.ts'
import { openDraw, representLine } from './draws.representation.ts'
import { Bytes, Draw, DrawPage, DrawQuery, ManifestName, PublicFile } from './draws.schema.ts'
import { findDraw, findDrawByName, listDraws, lockDraw, stepDraw } from './draws.store.ts'
import { manifestsOf } from './manifests.store.ts'
import { whyNotStep } from './steps.rules.ts'

/** 抽取: what is there of each, its exact bytes, and how one that is not committed is given up. */
export function drawRoutes(parts: DrawsParts): readonly Route[] {
  const show = openDraw(parts)
  return [
    read({
      method: 'GET',
      path: '/draws',
      action: 'draw.list',
      summary: '抽取',
      schema: { query: DrawQuery },
      replies: { 200: DrawPage },
      async handler({ reader, reach, query, now }) {
        const { limit = 50, after, ...rest } = query
        const rows = await listDraws(reader, reach, { ...rest, limit, after: keyOf(after, ['id'])?.[0] })
        return pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => representLine(row, now) })
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}',
      action: 'draw.show',
      summary: '一次抽取',
      schema: { params: ById },
      replies: { 200: Draw },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/draws/{id}/discarding',
      action: 'draw.discard',
      about: 'draw',
      summary: '放弃冻结的名单（尚未承诺）',
      schema: { params: ById },
      replies: { 200: Draw },
      async handler(context) {
        const { writer, access, params, now } = context
        const draw = found(await lockDraw(writer, seenIn(access, 'draw.show'), params.id), 'draw')
        // Who takes part sees it; whose draw it is gives it up.
        demand(access.whyNot('draw.discard', leadOf(draw)), 403)
        demand(whyNotStep(draw.state, 'discard'))
        await stepDraw(writer, draw.id, { state: 'discarded', endReason: 'discarded', endedAt: now })
        return show(writer, context, params.id)
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}/manifests/{name}',
      action: 'draw.manifest',
      summary: '清单的原始字节，哈希按此计算',
      schema: { params: ManifestName },
      replies: { 200: Bytes },
      async handler({ reader, reach, params }) {
        const draw = found(await findDraw(reader, reach, params.id), 'draw')
        const manifest = (await manifestsOf(reader, draw.id)).get(fileNamed(params.name))
        return bytes(Buffer.from(found(manifest, 'manifest').body), params.name)
      },
    }),
    read({
      method: 'GET',
      path: '/public/draws/{name}/files/{file}',
      action: 'publicDraw.file',
      summary: '公开证据包中的一个文件',
      schema: { params: PublicFile },
      replies: { 200: Bytes },
      async before({ recording, params }) {
        const entries = await recording.database.read(async (reader) => {
          const draw = found(await findDrawByName(reader, params.name), 'draw')
          return entriesWithin(reader, parts, { drawId: draw.id, level: 'L1' })
        })
        const name = fileNamed(params.file)
        const entry = entries.find((each) => each.name === name)
        return streamsOf(parts, entry ? [entry] : [])
      },
      async handler({ params }, [file]) {
        return bytes(await found(file, 'file').read(), params.file)
      },
    }),
  ]
}

function bytes(body: Buffer | Readable, name: string) {
  return reply(200, body, { 'content-type': mediaTypeOf(name), 'x-content-type-options': 'nosniff' })
}
