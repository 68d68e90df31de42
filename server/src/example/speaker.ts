// Somebody who uses the platform over its own HTTP interface, as a browser would: so the example obeys every rule.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { TOTP } from 'otpauth'

/** What an example sign-in consists of. */
export interface SignIn {
  readonly username: string
  readonly name: string
  readonly title: string
  readonly password: string
  /** Base32; what an authenticator would hold. */
  readonly totpSecret: string
}

/** An answer of the platform. */
export interface Spoken {
  readonly id: string
  readonly version: number
  readonly [field: string]: unknown
}

/** The platform did not do what the example needs. */
export class ExampleFailed extends Error {}

/** The code that an authenticator shows at a moment. */
export function codeAt(totpSecret: string, now: Date): string {
  return new TOTP({ secret: totpSecret }).generate({ timestamp: now.getTime() })
}

const CODE_MS = 30_000

/** One person's browser. */
export class Speaker {
  readonly #server: FastifyInstance
  readonly #headers: Readonly<Record<string, string>>
  readonly #cookies = new Map<string, string>()
  #proof: { readonly password: string; readonly code: (now: Date) => string } | undefined

  /** `headers` go with all that he asks for. */
  constructor(server: FastifyInstance, headers: Readonly<Record<string, string>> = {}) {
    this.#server = server
    this.#headers = headers
  }

  /** Signs in for the first time: takes a password of his own and sets up the second factor. Gives its secret. */
  async enrol(
    username: string,
    passwords: { readonly first: string; readonly own: string },
    now: () => Date,
  ): Promise<string> {
    await this.post('/session', { username, password: passwords.first })
    await this.post('/me/password', { password: passwords.first, newPassword: passwords.own })
    const { secret } = await this.post('/me/totp')
    if (typeof secret !== 'string') throw new ExampleFailed('no second factor was offered')
    // The code before the present one is still taken, and leaves the present one for whoever signs in first.
    const code = (at: Date): string => codeAt(secret, new Date(at.getTime() - CODE_MS))
    const confirm = () => this.post('/me/totp/confirmation', { code: code(now()) })
    // Its time may end while it is on its way.
    await confirm().catch(confirm)
    this.#proof = { password: passwords.own, code }
    return secret
  }

  /** Proves again who he is: for what asks for it after the clock has moved on. */
  async proveAgain(): Promise<void> {
    if (!this.#proof) throw new ExampleFailed('who has not enrolled has nothing to prove')
    const { password, code } = this.#proof
    await this.post('/me/reauthentication', { password, code: code(await this.now()) })
  }

  /** The platform's time. */
  async now(): Promise<Date> {
    const { now } = await this.get('/system')
    return new Date(String(now))
  }

  get(path: string): Promise<Spoken> {
    return this.#send('GET', path)
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Spoken> {
    return this.#send('POST', path, body, { 'idempotency-key': randomUUID(), ...headers })
  }

  /** Sends a file. */
  upload(path: string, fileName: string, text: string): Promise<Spoken> {
    return this.#send('POST', path, Buffer.from(text), {
      'idempotency-key': randomUUID(),
      'content-type': 'application/octet-stream',
      'file-name': encodeURIComponent(fileName),
    })
  }

  /** Changes what stands at a version of the record; sets what has none. */
  put(path: string, version: number | undefined, body: unknown): Promise<Spoken> {
    return this.#send('PUT', path, body, version === undefined ? {} : { 'if-match': `"${version}"` })
  }

  /** Edits what stands at a version of the record. */
  patch(path: string, version: number, body: unknown): Promise<Spoken> {
    return this.#send('PATCH', path, body, { 'if-match': `"${version}"` })
  }

  async #send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Spoken> {
    const answer = await this.#server.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#headers,
        ...headers,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    })
    for (const { name, value } of answer.cookies) this.#cookies.set(name, value)
    if (answer.statusCode >= 300)
      throw new ExampleFailed(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
    return answer.body === '' ? ({ id: '', version: 0 } as Spoken) : answer.json<Spoken>()
  }
}
