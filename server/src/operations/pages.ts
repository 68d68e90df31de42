// The console, as the build left it: pages never cached, files with a hash in their name for ever, compressed once.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

interface Page {
  readonly bytes: Buffer
  readonly type: string
  readonly etag: string
  readonly cache: string
  packed: { br: Buffer; gzip: Buffer } | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const PACKED = /^(?:text|application)\/|svg/
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/
// The best of brotli costs seconds for little; this one is made once for each file and start.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Serves the folder of a built console, with its page for every address that is no file. Nothing where there is none. */
export function servePages(server: FastifyInstance, folder: string): boolean {
  const entry = ['index.html', 'console.html'].find((name) => existsSync(join(folder, name)))
  if (entry === undefined) return false
  const pages = readPages(folder)
  const start = pages.get(`/${entry}`)!
  server.get('/*', { schema: { hide: true } }, (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const page = pages.get(path)
    if (page) return send(page, request, reply)
    // An asset of another version, or an address of the interface, must not turn into a page.
    if (/^\/(?:api|assets|public)(?:\/|$)/.test(path) || extname(path) !== '') return reply.callNotFound()
    return send(start, request, reply)
  })
  return true
}

/** Serves the pages of the draw room: what a phone opens, and the big screen. Nothing where they are not built. */
export function serveRooms(server: FastifyInstance, folder: string): boolean {
  if (!existsSync(join(folder, 'phone.html'))) return false
  const pages = readPages(folder)
  const give = (path: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const page = pages.get(path)
    return page ? send(page, request, reply) : reply.callNotFound()
  }
  const options = { schema: { hide: true } }
  server.get('/c/:code', options, give('/phone.html'))
  server.get('/c/:code/stage', options, give('/stage.html'))
  for (const path of pages.keys())
    if (path.startsWith('/assets/')) server.get(`/c${path}`, options, give(path))
  return true
}

/** All of it in memory: a few megabytes, and no path from outside ever reaches the disk. */
function readPages(folder: string): ReadonlyMap<string, Page> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name)
      const bytes = readFileSync(path)
      const page: Page = {
        bytes,
        type: TYPES[extname(file.name)] ?? 'application/octet-stream',
        etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
        cache: HASHED.test(file.name) ? 'public, max-age=31536000, immutable' : 'no-cache',
        packed: undefined,
      }
      return [path.slice(folder.length).replaceAll('\\', '/'), page]
    }),
  )
}

function send(page: Page, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply
    .type(page.type)
    .headers({ 'cache-control': page.cache, etag: page.etag, vary: 'accept-encoding' })
  if (request.headers['if-none-match'] === page.etag) return reply.status(304).send()
  const accepted = request.headers['accept-encoding'] ?? ''
  const encoding = PACKED.test(page.type)
    ? (['br', 'gzip'] as const).find((name) => accepted.includes(name))
    : undefined
  if (!encoding) return reply.send(page.bytes)
  page.packed ??= { br: brotliCompressSync(page.bytes, BROTLI), gzip: gzipSync(page.bytes) }
  return reply.header('content-encoding', encoding).send(page.packed[encoding])
}
