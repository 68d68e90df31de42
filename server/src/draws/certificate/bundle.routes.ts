// 证据包: everything from which a draw is verified, in one file.

import { Readable } from 'node:stream'
import type { Files } from '../../platform/files/files.ts'
import { read, reply, type Reply, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { seenIn } from '../../agencies/index.ts'
import { oversightOf } from '../draws/access.ts'
import { type BundleEntry, entriesWithin } from '../draws/bundle.ts'
import { findDraw, findDrawByName } from '../draws/draws.store.ts'
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
      async handler({ reader, params }) {
        const draw = found(await findDrawByName(reader, params.name), 'draw')
        const entries = await entriesWithin(reader, parts, { drawId: draw.id, level: 'L1' })
        return zipReply(parts.files, entries, `${draw.name}.zip`, CACHED)
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
      async handler({ reader, access, params }) {
        const draw = found(await findDraw(reader, seenIn(access, 'draw.show'), params.id), 'draw')
        // Of a draw that somebody sees and does not oversee.
        demand(access.whyNot('draw.oversightBundle', oversightOf(draw)), 403)
        const { state } = draw
        demand(draw.commitHash === null ? { code: 'draw.not_in_this_state', params: { state } } : undefined)
        const entries = await entriesWithin(reader, parts, { drawId: draw.id, level: 'L2' })
        return zipReply(parts.files, entries, `${draw.name}-oversight.zip`)
      },
    }),
  ]
}

function zipReply(
  files: Files,
  entries: readonly BundleEntry[],
  name: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return reply(200, zipOf(filesOf(files, entries)), {
    ...headers,
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

async function* filesOf(files: Files, entries: readonly BundleEntry[]): AsyncGenerator<ZipEntry> {
  for (const entry of entries)
    yield {
      name: entry.name,
      bytes: 'bytes' in entry ? Readable.from([entry.bytes]) : await files.read(entry.fileHash),
    }
}
