// A real OpenID Connect server on this machine, and the person who signs in at it.

import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:http'
import { type Configuration, Provider } from 'oidc-provider'

/** The provider while it runs. */
export interface RunningProvider {
  readonly issuer: string
  /** Goes through the provider's pages as a person does, and gives the address that he is sent back to. */
  signIn(address: string, subject: string): Promise<URL>
  /** Says no there. */
  decline(address: string): Promise<URL>
  close(): Promise<void>
}

export const CLIENT = { id: 'sunlot', secret: 'a secret of the tests, of thirty-two and more' } as const
export const PUBLIC_URL = 'https://sunlot.example'

/** Starts one. Its log-in page takes any name for that of the person; it asks for no password. */
export async function startProvider(): Promise<RunningProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration())
  server.on('request', provider.callback())
  return {
    issuer,
    signIn: (address, subject) =>
      walk(address, (page) => new URLSearchParams({ prompt: promptOf(page), login: subject, password: 'x' })),
    decline: (address) => walk(address, () => undefined),
    close: () => close(server),
  }
}

function configuration(): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${PUBLIC_URL}/api/v1/oidc/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  }
}

/** Follows redirections and fills in the forms until the way leads away from the provider. */
async function walk(start: string, fill: (page: string) => URLSearchParams | undefined): Promise<URL> {
  const cookies = new Map<string, string>()
  const issuer = new URL(start).origin
  let address = new URL(start)
  let form: URLSearchParams | undefined
  for (let steps = 0; steps < 20; steps++) {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    form = undefined
    const location = answer.headers.get('location')
    if (location !== null) {
      address = new URL(location, address)
      if (address.origin !== issuer) return address
      continue
    }
    const page = await answer.text()
    form = fill(page)
    const target = (form ? /<form[^>]*action="([^"]+)"/ : /href="([^"]*\/abort)"/).exec(page)?.[1]
    if (target === undefined) throw new Error(`a page that leads nowhere: ${page.slice(0, 300)}`)
    address = new URL(target, address)
  }
  throw new Error('the provider leads round in circles')
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  const value = pair.slice(at + 1)
  if (value === '') cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), value)
}

function promptOf(page: string): string {
  return /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
