// What Node's HTTP parser refuses before there is a request: answered by hand, as a problem all the same.

import type { Socket } from 'node:net'
import { documentOf, type Fault } from './problem.ts'

const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** Answers a connection that sent no request, and ends it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const fault = faultOf(error.code)
  const body = JSON.stringify(documentOf(fault, 'zh-CN', requestId))
  const head = [
    `HTTP/1.1 ${fault.status} ${PHRASES[fault.status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

function faultOf(code: string | undefined): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, code: 'too_slow' }
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'headers_too_large' }
  return { status: 400, code: 'malformed_request' }
}
