// The witness over HTTP: POST /add-checkpoint for logs, GET for whoever compares what was shown to whom.

import { toHex } from '@sunlot/draw'
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { LogSigner } from '../platform/log/signer.ts'
import type { WitnessMemory } from './state.ts'
import type { Witness } from './witness.ts'

/** What the HTTP side shows. */
export interface Shown {
  readonly name: string
  readonly signer: LogSigner
  readonly memory: WitnessMemory
}

const LONGEST_BODY = 65_536
const SLOWEST_MS = 10_000

/** A server that is not listening yet. */
export function witnessServer(witness: Witness, shown: Shown): Server {
  const server = createServer((request, response) => {
    reply(witness, shown, request, response).catch((error: unknown) => {
      // The disk refused: nothing was cosigned, and the log asks again.
      process.stderr.write(`${String(error)}\n`)
      if (!response.headersSent) send(response, 503, 'text/plain; charset=utf-8', 'not now\n')
    })
  })
  server.requestTimeout = SLOWEST_MS
  server.headersTimeout = SLOWEST_MS
  return server
}

/** The path below which a log's latest cosigned checkpoint is read: the SHA-256 of its origin. */
export function monitoringPath(origin: string): string {
  return `/${createHash('sha256').update(origin, 'utf8').digest('hex')}/checkpoint`
}

async function reply(
  witness: Witness,
  shown: Shown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0]
  if (request.method === 'POST' && path === '/add-checkpoint') {
    const body = await readBody(request)
    if (body === undefined) return send(response, 413, 'text/plain; charset=utf-8', 'too long\n')
    const { status, type, text } = await witness.addCheckpoint(body)
    return send(response, status, type, text)
  }
  if (request.method !== 'GET') return send(response, 405, 'text/plain; charset=utf-8', 'not here\n')
  if (path === '/') return send(response, 200, 'application/json', `${JSON.stringify(standing(shown))}\n`)
  const found = [...shown.memory.all].find(([origin]) => monitoringPath(origin) === path)
  return found
    ? send(response, 200, 'text/plain; charset=utf-8', found[1].note)
    : send(response, 404, 'text/plain; charset=utf-8', 'not here\n')
}

function standing({ name, signer, memory }: Shown): object {
  const logs = [...memory.all].map(([origin, { size, at }]) => ({
    origin,
    size,
    at,
    checkpoint: monitoringPath(origin),
  }))
  return { name, alg: signer.alg, key: toHex(signer.publicKey), logs }
}

/** The whole body, or nothing where it is too long. Text that is not UTF-8 becomes U+FFFD and fits no signature. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > LONGEST_BODY) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' })
  response.end(text)
}
