// Personal data and secrets (O1, O21, A14): seeded everywhere, then looked for in every answer to every GET of every role,
// in refusals, in the log, in the figures, in every table of the database and in the files. Only one route gives a number.

import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { logAnswers, openLog } from '../../src/operations/log.ts'
import { serveMetrics } from '../../src/operations/metrics.ts'
import { SpaceWatch } from '../../src/operations/space.ts'
import { countJobs, lastVerified } from '../../src/operations/vitals.ts'
import { ROLES } from '../../src/platform/actor.ts'
import { type Client, startApp, type TestApp } from '../support/app.ts'
import { type EngineKind, onEachEngine } from '../support/engines.ts'
import { giveAuthority, givePerson, PROVINCE } from '../support/people.ts'
import { type Canaries, type Hands, seed } from './canary-seeds.ts'
import { type Operation, operationsOf } from './fuzz-requests.ts'
import { valueOf } from './fuzz-schemas.ts'

// What an inspector declares of his relatives is there to be read: by those who must act on it, each reading written down.
const DECLARATIONS = /\/inspectors\/[^/]+\/declarations$/
const READ_DECLARATIONS: readonly string[] = ['conferenceOffice', 'clerk', 'unitHead', 'leaderInCharge']

// Whoever uploads a table is told which of its headings were not understood; and whoever signs out is told nothing more.
const NOT_ASKED: readonly string[] = ['organisationImport.upload', 'session.signOut']

onEachEngine((kind) => {
  let app: TestApp
  let canaries: Canaries
  let hands: Hands
  const log: string[] = []
  const clients = new Map<string, Client>()
  beforeAll(async () => {
    app = await startAudibly(kind, log)
    const authority = await giveAuthority(app, { division: PROVINCE, name: '示例省某局' })
    ;({ canaries, hands } = await seed(app, authority))
    clients.set('nobody', app.anonymous)
    for (const role of [...ROLES, undefined]) {
      const { client } = await givePerson(app, { authority, roles: role ? [role] : [], division: PROVINCE })
      clients.set(role ?? 'nobody in particular', client)
      canaries.set(`the token of ${role ?? 'nobody in particular'}`, client.token ?? '')
    }
  })
  afterAll(() => app.close())

  /** Which canaries are in a text, in the clear, in hexadecimal or in base 64. */
  const heardIn = (text: string): readonly string[] =>
    [...canaries]
      .filter(([, secret]) => waysToWrite(secret).some((written) => text.includes(written)))
      .map(([name]) => name)

  it('has seeds of every kind, and hears one', () => {
    expect(canaries.size).toBeGreaterThan(30)
    for (const [name, secret] of canaries) expect([name, secret.length > 7]).toEqual([name, true])
    expect(heardIn('tel:+8613958274619')).toEqual(['a mobile number 58'])
  })

  it('shows none by any GET to anybody', async ({ annotate }) => {
    const ids = await idsIn(app)
    let asked = 0
    const heard: string[] = []
    for (const operation of operationsOf(app.server.swagger()).filter(({ method }) => method === 'GET'))
      for (const url of urlsOf(operation, ids))
        for (const [who, client] of clients) {
          const { status, text, headers } = await client.send('GET', `/${url}`)
          asked += 1
          expect(status).toBeLessThan(500)
          const mayRead = DECLARATIONS.test(url) && READ_DECLARATIONS.includes(who)
          for (const name of heardIn(text + JSON.stringify(headers)))
            if (!(mayRead && name.startsWith('a relative’s'))) heard.push(`${name}: ${who} ${url}`)
        }
    await annotate(`${asked} requests`)
    expect(asked).toBeGreaterThan(1500)
    expect(heard).toEqual([])
  })

  it('repeats none in a refusal', async () => {
    const writes = operationsOf(app.server.swagger()).filter(
      ({ method, operationId }) => method !== 'GET' && !NOT_ASKED.includes(operationId),
    )
    for (const operation of writes)
      for (const [who, client] of clients) {
        const secret = [...canaries.values()][4]!
        const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {}
        const [value] = fc.sample(
          valueOf(schema, () => [crypto.randomUUID()]),
          { numRuns: 1, seed: 1 },
        )
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
        const body = isObject ? filledWith(value, secret) : secret
        const { status, text } = await client.send(
          operation.method as 'POST',
          `/${urlsOf(operation, new Map())[0]}`,
          {
            body: JSON.stringify(body),
          },
        )
        expect(status).toBeLessThan(500)
        expect([operation.operationId, who, ...heardIn(text)]).toEqual([operation.operationId, who])
      }
  })

  it('writes none into the log, not even where the database fails and says what it was given', async () => {
    const { client } = hands.system
    await app.migrated.superuser.query(`alter table agencies.person rename column post to post_away`)
    const { status, text } = await client.post(`/people/${hands.newcomerId}/transfer`, {
      authorityId: hands.system.authorityId,
    })
    const failed = await client.send('PATCH', `/people/${hands.newcomerId}`, {
      body: { mobile: '13958274619', name: '13958274619' },
      headers: { 'if-match': '"2"' },
    })
    await app.migrated.superuser.query(`alter table agencies.person rename column post_away to post`)
    expect([status, failed.status]).toEqual([500, 500])
    expect(heardIn(text + failed.text)).toEqual([])
    expect(log.length).toBeGreaterThan(1000)
    expect(log.some((line) => line.includes('a bug'))).toBe(true)
    expect(log.flatMap((line) => heardIn(line))).toEqual([])
  })

  it('has none in its figures', async () => {
    const { status, text } = await app.anonymous.send('GET', '//metrics')
    expect(status).toBe(200)
    expect(text).toContain('sunlot_http_request_seconds')
    expect(heardIn(text)).toEqual([])
  })

  it('keeps none in the clear, in any table, image, leaf, kept answer or file', async () => {
    const { rows } = await app.migrated.superuser.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    expect(rows.map(({ name }) => name)).toContain('audit.change')
    const heard: string[] = []
    for (const { name } of rows) {
      const { rows: held } = await app.migrated.superuser.query<{ row: string }>(
        `select t::text as row from ${name} t`,
      )
      for (const { row } of held) for (const one of heardIn(row)) heard.push(`${one}: ${name}`)
    }
    for (const file of readdirSync(app.folder, { recursive: true, withFileTypes: true }))
      if (file.isFile())
        for (const one of heardIn(readFileSync(join(file.parentPath, file.name), 'latin1')))
          heard.push(`${one}: ${file.name}`)
    expect(heard).toEqual([])
  })

  it('gives a number by one route, to whoever may and says what for', async () => {
    const ask = (client: Client) =>
      client.post(`/people/${hands.newcomerId}/mobile-reveals`, { purpose: '核对联系方式' })
    expect((await ask(hands.system.client)).body).toEqual({ mobile: '13958274619' })
    expect(heardIn((await ask(clients.get('inspector')!)).text)).toEqual([])
  })
})

/** The application with the log and the figures that a running server has. */
function startAudibly(kind: EngineKind, lines: string[]): Promise<TestApp> {
  return startApp(kind, {
    env: {
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'sunlot',
      OIDC_CLIENT_SECRET: 'example',
      SUNLOT_PUBLIC_URL: 'http://127.0.0.1:4000',
    },
    logger: openLog('trace', { write: (line) => void lines.push(line) }),
    prepare: (server, { migrated: { engine, database }, log }) => {
      logAnswers(server)
      const space = new SpaceWatch(tmpdir(), () => undefined)
      const clocks = { skewed: false, seconds: 0 }
      const asked = { jobs: countJobs(database), verified: lastVerified(database) }
      const vitals = { engine, log, space, clocks, ...asked }
      serveMetrics(server, vitals, { metricsToken: undefined, trustProxy: false })
      return Promise.resolve()
    },
  })
}

function waysToWrite(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/.{2}=*$/, ''),
    encodeURIComponent(secret),
  ]
}

/** Where ids come from, and the word by which addresses name what stands there. */
const KINDS: readonly (readonly [table: string, word: string])[] = [
  ['agencies.authority', 'authorities'],
  ['agencies.person', 'people'],
  ['agencies.role_grant', 'grants'],
  ['agencies.organisation_import', 'organisation-imports'],
  ['accounts.account', 'accounts'],
  ['registers.inspector', 'inspectors'],
  ['registers.technical_expert', 'technical-experts'],
]

/** The ids that there are, by the word of addresses for what they are of. */
type Ids = ReadonlyMap<string, readonly string[]>

async function idsIn(app: TestApp): Promise<Ids> {
  const ids = new Map<string, readonly string[]>()
  const ask = async (word: string, statement: string): Promise<void> => {
    const { rows } = await app.migrated.superuser.query<{ id: string }>(statement)
    ids.set(
      word,
      rows.map(({ id }) => id),
    )
  }
  for (const [table, word] of KINDS) await ask(word, `select id from ${table} order by id desc limit 4`)
  await ask('audit', `select event_id as id from audit.change group by event_id order by event_id limit 20`)
  return ids
}

/** A route is asked for every id of what its address names, and for one of everything else. */
function idsFor(path: string, ids: Ids): readonly string[] {
  return [...ids].flatMap(([word, of]) => (path.split('/').includes(word) ? of : of.slice(0, 1)))
}

/** The addresses of an operation: once for each id where it takes one. */
function urlsOf({ path, parameters = [] }: Operation, ids: Ids): readonly string[] {
  const known: Readonly<Record<string, string>> = {
    code: PROVINCE,
    key: 'publication.result_deadline',
    leaf: '1',
    division: PROVINCE,
    start: '2026-11-20',
    q: '示例',
  }
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || one.name === 'limit'))
    .map(({ name }) => `${name}=${name === 'limit' ? '200' : encodeURIComponent(known[name] ?? '')}`)
  const filled = (id: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? id)
  const suffix = query.length === 0 ? '' : `?${query.join('&')}`
  const isOne = /\{(?:id|authorityId|identityId)\}/.test(path) && ids.size > 0
  return (isOne ? idsFor(path, ids) : [crypto.randomUUID()]).map((id) => filled(id) + suffix)
}

/** A body with a secret in each of its texts; but a purpose is written down and shown, as whoever states it knows. */
function filledWith(value: object, secret: string): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'string' && name !== 'purpose' ? secret : (one as unknown),
    ]),
  )
}
