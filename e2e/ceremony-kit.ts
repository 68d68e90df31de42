// A server in a process of its own that can be killed, three witnesses beside it, and people who are signed in to it.

import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { toHex } from '@sunlot/draw'
import type { BrowserContextOptions } from 'playwright-core'
import { codeAt, type SignIn } from '../server/src/example/speaker.ts'
import { projectPath } from '../server/src/platform/root.ts'
import { type RunningWitness, startWitness } from '../server/src/witness/index.ts'
import { bundleScript, type Child } from '../server/test/support/children.ts'
import { countyFolder, serveOn } from './county.ts'
import { buildPages } from './pages.ts'

const WITNESSES = ['witness-1', 'witness-2', 'witness-3'] as const

/** The county on a folder, and the server that is run on it. */
export class KillableServer {
  readonly address: string
  readonly folder: string
  readonly #env: Readonly<Record<string, string>>
  readonly #witnesses: readonly RunningWitness[]
  readonly #signIns: readonly SignIn[]
  readonly #cookies = new Map<string, string>()
  readonly #program = bundleScript(projectPath('server', 'test', 'operations', 'server.child.ts'))
  #child: Child | undefined

  constructor(parts: {
    readonly folder: string
    readonly port: number
    readonly witnesses: readonly RunningWitness[]
    readonly signIns: readonly SignIn[]
  }) {
    this.folder = parts.folder
    this.address = `http://localhost:${parts.port}`
    this.#witnesses = parts.witnesses
    this.#signIns = parts.signIns
    const keys = parts.witnesses.map(
      ({ url, publicKey }, k) => `${WITNESSES[k]}=ed25519:${toHex(publicKey)}@${url}`,
    )
    this.#env = {
      SUNLOT_FOLDER: parts.folder,
      SUNLOT_SIMULATED: '1',
      SUNLOT_DRAND: 'none',
      SUNLOT_WITNESSES: keys.join(','),
      PORT: String(parts.port),
      LOG_LEVEL: 'error',
    }
  }

  /** Starts the server, and waits until it answers. */
  async start(): Promise<void> {
    this.#child = this.#program.start(JSON.stringify(this.#env))
    for (let tries = 0; ; tries++) {
      const isThere = await fetch(`${this.address}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isThere) return
      if (tries > 900) throw new Error('the server does not answer')
      await wait(200)
    }
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#child?.kill()
    this.#child = undefined
  }

  /** What the server answers somebody of the county; nobody where no name is given. */
  async ask<T = Record<string, never>>(
    as: string | undefined,
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const cookie = as === undefined ? {} : { cookie: await this.#cookieOf(as) }
    const response = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...cookie,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (as !== undefined && text.includes('reauthentication_needed')) {
      await this.#proveAgain(as)
      return this.ask(as, method, path, body, headers)
    }
    if (!response.ok) throw new Error(`${as ?? 'nobody'} ${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? {} : JSON.parse(text)) as T
  }

  /** What a browser needs to be somebody. */
  async stateOf(as: string): Promise<Exclude<BrowserContextOptions['storageState'], string | undefined>> {
    const [name = '', value = ''] = (await this.#cookieOf(as)).split('=')
    const place = { domain: 'localhost', path: '/', expires: -1, httpOnly: true, secure: true }
    return { cookies: [{ name, value, ...place, sameSite: 'Strict' }], origins: [] }
  }

  /** His proof is too old for what he does: the clock of the platform was moved. */
  async #proveAgain(username: string): Promise<void> {
    const { password, totpSecret } = this.#of(username)
    await this.#send(username, '/me/reauthentication', {
      password,
      code: codeAt(totpSecret, await this.#now()),
    })
  }

  /** The platform's time. */
  async #now(): Promise<Date> {
    const { now } = await this.ask<{ now: string }>(undefined, 'GET', '/system')
    return new Date(now)
  }

  #of(username: string): SignIn {
    const person = this.#signIns.find((each) => each.username === username)
    if (!person) throw new Error(`nobody is called ${username}`)
    return person
  }

  async #cookieOf(username: string): Promise<string> {
    const known = this.#cookies.get(username)
    if (known !== undefined) return known
    const { password, totpSecret } = this.#of(username)
    return this.#send(username, '/session', {
      username,
      password,
      code: codeAt(totpSecret, await this.#now()),
    })
  }

  /** Proves who he is, and keeps the cookie that he is given for it. */
  async #send(username: string, path: string, body: object): Promise<string> {
    const cookie = this.#cookies.get(username)
    const response = await fetch(`${this.address}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(cookie === undefined ? {} : { cookie }),
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${username} is not let in: ${await response.text()}`)
    const pair = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie ?? ''
    this.#cookies.set(username, pair)
    return pair
  }

  async close(): Promise<void> {
    await this.kill()
    this.#program.remove()
    for (const witness of this.#witnesses) await witness.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Builds the pages, starts witnesses and the server on a folder of its own with the county. */
export async function startKillable(): Promise<KillableServer> {
  buildPages('verifier', 'console', 'stage')
  const { folder, signIns } = await countyFolder()
  const keys = await keyOfLog(folder)
  const witnesses: RunningWitness[] = []
  for (const name of WITNESSES) {
    const own = join(folder, 'witnesses', name)
    await mkdir(own, { recursive: true })
    writeFileSync(join(own, 'logs.txt'), keys)
    witnesses.push(await startWitness({ name, folder: own, host: '127.0.0.1', port: 0 }))
  }
  const server = new KillableServer({ folder, port: await freePort(), witnesses, signIns })
  await server.start()
  return server
}

/** The key of the log in a folder, as witnesses take it. */
async function keyOfLog(folder: string): Promise<string> {
  const { address, stop } = await serveOn(folder)
  const key = await (await fetch(new URL('/log/key', address))).text()
  await stop()
  return key
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
