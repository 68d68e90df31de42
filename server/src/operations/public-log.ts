// The log as anybody may mirror it (C2SP tlog-tiles): checkpoint, tiles, keys. Outside of the contract, because whoever
// verifies a log knows these addresses from the specification, and a plain folder on any other server does as well.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseTilePath, type PublishedLog, TILE_WIDTH, verifierKeys } from '../platform/log/index.ts'
import { NotFound } from '../platform/refusal.ts'

/** A page of another origin may read it too: everything here is public, and no cookie changes it. */
const ANYBODY = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const
const TEXT = 'text/plain; charset=utf-8'
// A full tile never changes. An unfinished one does not either, but it is gone once it is full.
const FOR_EVER = 'public, max-age=31536000, immutable'
const A_MINUTE = 'public, max-age=60'

/** Adds `/log/checkpoint`, `/log/key` and `/log/tile/…`. */
export function servePublicLog(server: FastifyInstance, { tiles, policy }: PublishedLog): void {
  const hidden = { schema: { hide: true } }
  server.get('/log/checkpoint', hidden, async (_request, reply) => {
    const note = await tiles.checkpoint()
    if (note === undefined) throw new NotFound('checkpoint')
    return give(reply, 'no-cache').type(TEXT).send(note)
  })
  server.get('/log/key', hidden, (_request, reply) =>
    give(reply, A_MINUTE).type(TEXT).send(verifierKeys(policy)),
  )
  server.get<{ Params: { '*': string } }>('/log/tile/*', hidden, async (request, reply) => {
    // Only what is exactly the name of a tile ever reaches the disk.
    const tile = parseTilePath(`tile/${request.params['*']}`)
    const bytes = tile && (await tiles.read(tile))
    if (!bytes) throw new NotFound('tile')
    const cache = tile.width === TILE_WIDTH ? FOR_EVER : A_MINUTE
    return give(reply, cache).type('application/octet-stream').send(Buffer.from(bytes))
  })
}

function give(reply: FastifyReply, cache: string): FastifyReply {
  return reply.headers({ ...ANYBODY, 'cache-control': cache })
}
