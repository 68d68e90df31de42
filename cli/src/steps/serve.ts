// Serves a folder of static files on this machine alone, for the example.

import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', zip: 'application/zip' }
const NAME = /^[a-z-]+\.(html|zip)$/

/** Starts on the first free port from `port` on; gives the address and how to stop. */
export function serve(folder: string, port: number): Promise<{ address: string; close: () => void }> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html'
    const path = join(folder, name)
    if (!NAME.test(name) || !existsSync(path) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'content-length': statSync(path).size,
      'x-content-type-options': 'nosniff',
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(path).pipe(response)
  })
  return new Promise((resolve, reject) => {
    let next = port
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && next < port + 20) server.listen(++next, '127.0.0.1')
      else reject(error)
    })
    const close = (): void => {
      server.close()
      server.closeAllConnections()
    }
    server.listen(next, '127.0.0.1', () => resolve({ address: `http://localhost:${next}/`, close }))
  })
}
