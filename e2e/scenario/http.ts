// One person at the platform's door, over nothing but HTTP: signs in with an authenticator of his own, and keeps his session.

import { createHmac, randomUUID } from 'node:crypto'

/** What the platform answered. */
export interface Answer {
  readonly status: number
  // What a scenario expects of a body it says itself.
  readonly body: Body
}

/** A JSON object whose fields are looked at one by one. */
export interface Body {
  readonly id: string
  readonly version: number
  readonly code?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly law?: { readonly key: string }
  readonly items: readonly Body[]
  readonly [field: string]: unknown
}

/** How a request differs from a plain one. */
export interface Manner {
  /** The version of the record that is changed. */
  readonly version?: number | undefined
  /** The body is a file of this name. */
  readonly fileName?: string
}

const STEP_MS = 30_000
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** One person's browser. */
export class Visitor {
  readonly #address: string
  readonly #username: string
  readonly #cookies = new Map<string, string>()
  #password: string
  #secret = ''
  #lastStep = 0

  constructor(address: string, username: string, password: string) {
    this.#address = address
    this.#username = username
    this.#password = password
  }

  /** For the first time: takes a password of his own, sets up the second factor. Throws where the platform refuses. */
  async enrol(): Promise<void> {
    const own = `yanlian-${randomUUID()}`
    await this.#must('POST', '/session', { username: this.#username, password: this.#password })
    await this.#must('POST', '/me/password', { password: this.#password, newPassword: own })
    this.#password = own
    const { secret } = await this.#must('POST', '/me/totp')
    this.#secret = String(secret)
    // The step before the present one is still taken, and leaves the present one for the next sign-in.
    this.#lastStep = (await this.#step()) - 2
    await this.#must('POST', '/me/totp/confirmation', { code: await this.#code() })
  }

  credentials(): { readonly username: string; readonly password: string; readonly totpSecret: string } {
    return { username: this.#username, password: this.#password, totpSecret: this.#secret }
  }

  /** Asks; where the session is over, or a proof is too old, he proves again who he is and asks once more. */
  async ask(method: string, path: string, body?: unknown, manner: Manner = {}): Promise<Answer> {
    const key = randomUUID()
    const answer = await this.#send(method, path, body, { ...manner, key })
    if (answer.status === 401) await this.#signIn()
    else if (answer.body.code === 'reauthentication_needed')
      await this.#must('POST', '/me/reauthentication', {
        password: this.#password,
        code: await this.#code(),
      })
    else return answer
    return this.#send(method, path, body, { ...manner, key })
  }

  async #signIn(): Promise<void> {
    this.#cookies.clear()
    await this.#must('POST', '/session', {
      username: this.#username,
      password: this.#password,
      code: await this.#code(),
    })
  }

  async #must(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.#send(method, path, body, { key: randomUUID() })
    if (answer.status < 300) return answer.body
    throw new Error(`${this.#username} ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    { key, version, fileName }: Manner & { readonly key: string },
  ): Promise<Answer> {
    const isFile = fileName !== undefined
    const reply = await fetch(new URL(`/api/v1${path}`, this.#address), {
      method,
      headers: {
        'idempotency-key': key,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(isFile
          ? { 'content-type': 'application/octet-stream', 'file-name': encodeURIComponent(fileName) }
          : body === undefined
            ? {}
            : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return { status: reply.status, body: bodyOf(await reply.text()) }
  }

  /** A code is good once; where this step's was used, the next one is shown a little early, or waited for. */
  async #code(): Promise<string> {
    const least = this.#lastStep + 1
    while ((await this.#step()) + 1 < least) await new Promise((go) => setTimeout(go, 500))
    this.#lastStep = Math.max(least, await this.#step())
    return codeOf(this.#secret, this.#lastStep)
  }

  /** In the platform's time, which a scenario moves. */
  async #step(): Promise<number> {
    const reply = await fetch(new URL('/api/v1/system', this.#address))
    const { now } = (await reply.json()) as { readonly now: string }
    return Math.floor(new Date(now).getTime() / STEP_MS)
  }
}

function bodyOf(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return { id: '', version: 0, items: [], text }
  }
}

/** RFC 6238: what an authenticator shows in a step. */
function codeOf(secret: string, step: number): string {
  const bits = [...secret].map((each) => BASE32.indexOf(each).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
