// 证据包: everything from which a draw is verified, in one file.

import type { Reader } from '../../platform/database/database.ts'
import { read, reply, type Reply, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import type { Access } from '../../platform/reach.ts'
import { demand, found } from '../../platform/refusal.ts'
import { seenIn } from '../../agencies/index.ts'
import { oversightOf } from '../draws/access.ts'
import { entriesWithin, streamsOf } from '../draws/bundle.ts'
import { type DrawRow, findDraw, findDrawByName } from '../draws/draws.store.ts'
import type { DrawsParts } from '../parts.ts'
import { CACHED } from './public.routes.ts'
import { ByName, Zip } from './public.schema.ts'
import { type ZipEntry, zipOf } from './zip.ts'

/** The bundle for everybody, and the one for the oversight authority. */
export function bundleRoutes(parts: DrawsParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/draws/{name}/bundle.zip',
      action: 'publicDraw.bundle',
      summary: '公开证据包，内含验证程序',
      schema: { params: ByName },
      replies: { 200: Zip },
      async before({ recording, params }) {
        const entries = await recording.database.read(async (reader) => {
          const draw = found(await findDrawByName(reader, params.name), 'draw')
          return entriesWithin(reader, parts, { drawId: draw.id, level: 'L1' })
        })
        return streamsOf(parts, entries)
      },
      async handler({ params }, files) {
        return zipReply(files, `${params.name}.zip`, CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/draws/{id}/oversight-bundle.zip',
      action: 'draw.oversightBundle',
      about: 'draw',
      summary: '监督证据包，含人员资质与利害关系名单；每次下载留痕',
      schema: { params: ById },
      replies: { 200: Zip },
      recorded: true,
      async before(context) {
        const entries = await context.recording.database.read(async (reader) => {
          const { id } = await overseenDraw({ ...context, reader })
          return entriesWithin(reader, parts, { drawId: id, level: 'L2' })
        })
        return streamsOf(parts, entries)
      },
      // The download stands in the audit trail when it is answered.
      async handler(context, files) {
        const { name } = await overseenDraw(context)
        return zipReply(files, `${name}-oversight.zip`)
      },
    }),
  ]
}

async function overseenDraw({
  reader,
  access,
  params,
}: {
  readonly reader: Reader
  readonly access: Access
  readonly params: { readonly id: string }
}): Promise<DrawRow> {
  const draw = found(await findDraw(reader, seenIn(access, 'draw.show'), params.id), 'draw')
  // Of a draw that somebody sees and does not oversee.
  demand(access.whyNot('draw.oversightBundle', oversightOf(draw)), 403)
  const { state } = draw
  demand(draw.commitHash === null ? { code: 'draw.not_in_this_state', params: { state } } : undefined)
  return draw
}

type Streams = Awaited<ReturnType<typeof streamsOf>>

function zipReply(files: Streams, name: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return reply(200, zipOf(filesOf(files)), {
    ...headers,
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

async function* filesOf(files: Streams): AsyncGenerator<ZipEntry> {
  for (const { name, read: open } of files) yield { name, bytes: await open() }
}
