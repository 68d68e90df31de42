// Whatever is sent to whatever address by whomever (O22, A13): no 5xx, no stack, and every answer is of its schema.
// 600 requests in CI; SOAK=1 sends 100,000, on a fresh database every 5,000.

import fc from 'fast-check'
import Schema from 'typebox/schema'
import { expect, it } from 'vitest'
import { SESSION_COOKIE } from '../../src/accounts/index.ts'
import type { AccessLine } from '../../src/platform/reach.ts'
import { POLICY } from '../../src/policy.ts'
import { hasSentence } from '../../src/platform/http/sentences.ts'
import { type Actor, buildWorld, type Standpoint, type Target } from '../policy/world.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { type EngineKind, onEachEngine } from '../support/engines.ts'
import { type FuzzRequest, idsIn, type Operation, operationsOf, requests } from './fuzz-requests.ts'

const SOAK = process.env['SOAK'] === '1'
const REQUESTS = SOAK ? 100_000 : Number(process.env['FZ'] ?? 600)
const BATCH = 5000

interface Given {
  readonly status: number
  readonly type: string
  readonly text: string
}

onEachEngine((kind) => {
  it(`answers ${REQUESTS.toLocaleString('en')} requests, none of them with a 5xx, a stack or a shape of its own`, async ({
    annotate,
  }) => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
    const outcome: Outcome = { statuses: new Map(), faults: new Map() }
    for (let sent = 0; sent < REQUESTS; sent += BATCH)
      await attackFresh(kind, { runs: Math.min(BATCH, REQUESTS - sent), seed: seed + sent, outcome })
    const { statuses, faults } = outcome
    await annotate(`seed ${seed}, answers by status ${JSON.stringify(Object.fromEntries(statuses))}`)
    expect([...faults.values()], `FUZZ_SEED=${seed}`).toEqual([])
    // What is always refused at the door tests only the door.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20)
  })
})

interface Outcome {
  readonly statuses: Map<number, number>
  /** One of each kind. */
  readonly faults: Map<string, string>
}

interface Attack {
  readonly runs: number
  readonly seed: number
  readonly outcome: Outcome
}

async function attackFresh(kind: EngineKind, attack: Attack): Promise<void> {
  const app = await startApp(kind)
  try {
    const [{ actors, targets }] = (await buildWorld(app)) as [Standpoint]
    await sendAll(app, attack, { actors, targets: Object.values(targets) })
  } finally {
    await app.close()
  }
}

async function sendAll(
  app: TestApp,
  { runs, seed, outcome: { statuses, faults } }: Attack,
  { actors, targets }: { readonly actors: readonly Actor[]; readonly targets: readonly Target[] },
): Promise<void> {
  const any = requests(operationsOf(app.server.swagger()), idsIn(targets))
  const shapes = new Shapes()
  // Sessions end by some of the requests; then the person signs in again.
  const tokens = actors.map(({ client }) => client.token)
  for (const request of fc.sample(any, { numRuns: runs, seed })) {
    const at = actorFor(request, actors)
    const given = await send(app, request, tokens[at])
    statuses.set(given.status, (statuses.get(given.status) ?? 0) + 1)
    const fault = shapes.faultOf(request.operation, given)
    if (fault !== undefined)
      faults.set(`${fault} ${request.operation.operationId}`, tell(fault, request, given))
    if (given.status === 401 && tokens[at] !== undefined) tokens[at] = (await actors[at]!.again()).token
  }
}

/** Mostly somebody who is let in: at the door alone little can break. */
function actorFor({ actor, operation }: FuzzRequest, actors: readonly Actor[]): number {
  const line = POLICY[operation.operationId as keyof typeof POLICY] as AccessLine
  const isLetIn = ({ kind, roles, reauthenticated }: Actor): boolean =>
    kind === 'person' && reauthenticated && (line.self ?? roles.some((role) => line.roles?.[role]))
  const admitted = actors.filter(isLetIn)
  const from = actor % 8 === 0 || admitted.length === 0 ? actors : admitted
  return actors.indexOf(from[actor % from.length]!)
}

function tell(fault: string, { operation, url, headers, payload }: FuzzRequest, { text }: Given): string {
  const sent = JSON.stringify({ url, headers, body: payload?.toString() }).slice(0, 1500)
  return `${fault}: ${operation.method} ${sent} → ${text.slice(0, 300)}`
}

async function send(app: TestApp, request: FuzzRequest, token: string | undefined): Promise<Given> {
  const { operation, url, headers, payload } = request
  const answer = await app.server.inject({
    method: operation.method as 'GET',
    url,
    headers: { ...(token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${token}` }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type'] ?? ''),
    text: answer.body,
  }
}

/** Which answers are as they were promised. */
class Shapes {
  readonly #checks = new Map<object, ReturnType<typeof Schema.Compile>>()

  faultOf({ responses }: Operation, { status, type, text }: Given): string | undefined {
    if (status >= 500) return 'a 5xx'
    if (/\n\s+at |node_modules|\.ts:\d|kysely|select .* from/.test(text)) return 'what is inside shows'
    if (status >= 400) return problemFault(status, type, text)
    const schema = responses[String(status)]?.content?.['application/json']?.schema
    if (!schema || !type.includes('json')) return undefined
    const check = this.#checks.get(schema) ?? Schema.Compile(schema as never)
    this.#checks.set(schema, check)
    return check.Check(JSON.parse(text)) ? undefined : 'not of its schema'
  }
}

function problemFault(status: number, type: string, text: string): string | undefined {
  if (!type.startsWith('application/problem+json')) return `a refusal that is ${type}`
  const problem = JSON.parse(text) as Readonly<Record<string, unknown>>
  const { code, title, requestId } = problem
  if (problem['status'] !== status) return 'another status in the body'
  if (typeof code !== 'string' || !hasSentence(code)) return 'a code without a sentence'
  if (typeof title !== 'string' || title === '' || title === code) return 'no sentence'
  return typeof requestId === 'string' && requestId.length === 36 ? undefined : 'no id of the request'
}
