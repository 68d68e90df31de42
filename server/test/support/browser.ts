// A browser: it keeps the cookies that the server sets, and sends them back.

import type { InjectOptions } from 'fastify'
import type { Answer, TestApp } from './app.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One browser at one address. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: TestApp
  readonly #address: string

  constructor(app: TestApp, address = '192.0.2.1') {
    this.#app = app
    this.#address = address
  }

  /** Another browser that holds the same cookies, as a thief does. */
  stolen(): Browser {
    const thief = new Browser(this.#app, '198.51.100.66')
    for (const [name, value] of this.cookies) thief.cookies.set(name, value)
    return thief
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body)
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path)
  }

  /** `path` is below /api/v1 unless it begins with `//`. */
  async send(method: Method, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#app.server.inject(this.#request(method, path, body))
    for (const { name, value, maxAge } of answer.cookies)
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    return {
      status: answer.statusCode,
      body: /json/.test(String(answer.headers['content-type'])) ? answer.json() : {},
      headers: answer.headers,
      text: answer.body,
    }
  }

  #request(method: Method, path: string, body: unknown): InjectOptions {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return {
      method,
      url: path.startsWith('//') ? path.slice(1) : `/api/v1${path}`,
      remoteAddress: this.#address,
      headers: {
        'user-agent': 'a test browser',
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    }
  }
}
