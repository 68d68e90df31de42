// JSON as it comes from outside: bytes that must be UTF-8, not nested without end, and without __proto__.

import type { FastifyInstance } from 'fastify'

const DEEPEST = 32

/** A body that is not JSON as this server takes it. */
class MalformedJson extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_JSON_BODY'
  readonly statusCode = 400
}

/** Makes a server read JSON strictly. */
export function readJsonStrictly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined)
    const text = decode(bytes)
    if (text === undefined || isTooDeep(text))
      return done(new MalformedJson('the body is not acceptable JSON'))
    return void parse(request, text, done)
  })
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Counts brackets outside strings, before anything recursive sees the text. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (inString) {
      if (c === '\\') at++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') {
      if (++depth > DEEPEST) return true
    } else if (c === '}' || c === ']') depth--
  }
  return false
}
