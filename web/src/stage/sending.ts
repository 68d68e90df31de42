// What a phone sends: that it comes in, what it adds, what it signs.

import type { Identity } from './identity.ts'

/** The server does not take it; `code` says why. */
export class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Comes in. */
export function join(
  code: string,
  body: { readonly role: string; readonly name?: string; readonly publicKey: string },
): Promise<{ token: string; number: number; mark: string }> {
  return send('POST', `${code}/observers`, body)
}

/** Adds a number, or a sentence. */
export function contribute(
  { code, token }: Identity,
  text: string,
): Promise<{ id: string; value: string; note: string | null }> {
  return send('PUT', `${code}/contribution`, { text }, token)
}

/** Signs a fingerprint. */
export function sign(
  { code, token }: Identity,
  body: { readonly tag: 'contrib' | 'cert'; readonly hash: string; readonly value: string },
): Promise<unknown> {
  return send('POST', `${code}/signatures`, body, token)
}

async function send<T>(method: string, path: string, body: object, token?: string): Promise<T> {
  const response = await fetch(`/api/v1/public/rooms/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { 'x-observer': token }) },
    body: JSON.stringify(body),
  })
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { code?: string }
  throw new Refused(problem.code ?? `http_${response.status}`)
}
