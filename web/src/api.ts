// The typed client of the published contract. There is no other way to reach the server.

import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './api.gen.ts'
import { ProblemError } from './ui/problem.tsx'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

type Success<Responses> = Responses[keyof Responses & (200 | 201 | 202 | 204)]
type JsonOf<Reply> = Reply extends { readonly content: { readonly 'application/json': infer Json } }
  ? Json
  : undefined

/** What the server answers to a method of a path when all is well. */
export type Answer<Path extends keyof paths, M extends Method = 'get'> = paths[Path] extends {
  readonly [method in M]: { readonly responses: infer Responses }
}
  ? JsonOf<Success<Responses>>
  : never

/** One row of a list. */
export type Row<Path extends keyof paths> =
  Answer<Path> extends { readonly items: readonly (infer Item)[] } ? Item : never

/** What a method of a path takes as its body. */
export type Body<Path extends keyof paths, M extends Method = 'post'> = paths[Path] extends {
  readonly [method in M]: {
    readonly requestBody?: { readonly content: { readonly 'application/json': infer Json } }
  }
}
  ? Json
  : never

let language = 'zh-CN'
let onSignedOut: () => void = () => {}

/** In which language the server should title its problems. */
export function speak(lang: string): void {
  language = lang
}

/** What to do when the server no longer knows who asks. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

const house: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language)
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
      request.headers.set('Idempotency-Key', newKey())
    return request
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined
    const problem = await problemOf(response)
    if (response.status === 401 && !isSigningIn(request)) onSignedOut()
    throw problem
  },
  onError() {
    return new ProblemError({ status: 0, code: 'network_unreachable' })
  },
}

export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
api.use(house)

/** The body of a successful answer; anything else was thrown by the client already. */
export async function answerOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await call
  return data as T
}

/**
 * Sends the bytes of a file, whatever their number, and says how far it is: the one request that `fetch` cannot follow.
 * Gives the name under which the server keeps it. Throws ProblemError.
 */
export function sendBytes(
  file: Blob,
  onSent: (bytes: number) => void,
): Promise<Answer<'/api/v1/files', 'post'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/files')
    request.setRequestHeader('Accept-Language', language)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded))
    request.addEventListener('error', () =>
      reject(new ProblemError({ status: 0, code: 'network_unreachable' })),
    )
    request.addEventListener('load', () => {
      const { status, responseText } = request
      if (status === 201) return resolve(JSON.parse(responseText) as Answer<'/api/v1/files', 'post'>)
      if (status === 401) onSignedOut()
      const type = request.getResponseHeader('content-type') ?? ''
      return void problemOf(new Response(responseText, { status, headers: { 'content-type': type } })).then(
        reject,
      )
    })
    request.send(file)
  })
}

/** A file as the whole body of a request. */
export function asBytes(file: File, headers: Readonly<Record<string, string>>) {
  return {
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
  }
}

/** A key under which the server does a thing once, however often it is sent. */
export function newKey(): string {
  // randomUUID is missing on plain http addresses other than localhost.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** The header for editing the version that was read. */
export function ifMatch(version: number): { readonly 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}

function isSigningIn({ method, url }: Request): boolean {
  return (method === 'POST' && url.endsWith('/api/v1/session')) || url.endsWith('/me/reauthentication')
}

async function problemOf(response: Response): Promise<ProblemError> {
  const { status } = response
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false
  const body = isProblem ? ((await response.json().catch(() => ({}))) as Record<string, unknown>) : {}
  const code =
    typeof body['code'] === 'string' ? body['code'] : status >= 500 ? 'server_failed' : 'unexpected'
  return new ProblemError({ ...(body as object), status, code })
}
