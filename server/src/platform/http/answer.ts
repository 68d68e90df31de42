// From a request to its answer: access, event, transaction, idempotency. What a feature declares, this carries out.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { type AccessLine, accessOf, type Policy, type Reach, reachOf } from '../reach.ts'
import { type Act, type Recording, recordOnce, recordRead, recordRefusal } from '../record.ts'
import { againWhereMoved, NotFound, Refused } from '../refusal.ts'
import { earlierAnswer, type Idempotency, keepAnswer, requestHash } from './idempotency.ts'
import { asReply, type Context, type ReadRoute, type Reply, type Route, type WriteRoute } from './route.ts'
import { isStorable } from './storable.ts'

/** What answering needs of its surroundings. */
export interface Surroundings extends Recording {
  readonly policy: Policy
  readonly now: () => Date
  /** Who sends a request; also moves his session along. */
  readonly authenticate: (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>
  /** How long a re-authentication holds, in milliseconds. */
  readonly reauthenticationMs: number
}

/** Answers a request to a route. */
export async function answer(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
): Promise<FastifyReply> {
  const actor = await around.authenticate(request, reply)
  const line = around.policy[route.action] ?? {}
  const id = around.newId()
  const about = route.about ? { type: route.about, id: idOf(request, route.aboutField) ?? id } : undefined
  const act = { action: route.action, requestId: request.id, about, purpose: purposeOf(request) }
  const tried = { actor, act, records: route.kind !== 'read' || route.recorded === true }
  const given = await recordingRefusal(around, tried, async () => {
    const reach = admit(line, actor, around)
    return carryOut(route, contextOf(route, request, { id, actor, reach, around }), act, request)
  })
  return send(reply, given)
}

/** The reach of the action for the actor. Throws Refused: 401 who has not signed in, 403 who may not. */
function admit(line: AccessLine, actor: Actor, around: Surroundings): Reach {
  const reach = reachOf(line, actor)
  if (!reach) {
    if (actor.kind === 'anonymous') throw new Refused({ code: 'sign_in_needed' }, 401)
    if (actor.kind === 'person' && actor.stage === 'enrol')
      throw new Refused({ code: 'second_factor_needed' }, 403)
    throw new Refused({ code: 'not_allowed' }, 403)
  }
  if (line.reauthenticate && actor.kind === 'person') {
    const since = around.now().getTime() - (actor.reauthenticatedAt?.getTime() ?? 0)
    if (since > around.reauthenticationMs) throw new Refused({ code: 'reauthentication_needed' }, 403)
  }
  return reach
}

function carryOut(route: Route, context: Context, act: Act, request: FastifyRequest): Promise<Reply> {
  switch (route.kind) {
    case 'read':
      return againWhereMoved(async () => asReply(await readWith(route, context, act)))
    case 'write':
      return againWhereMoved(() => writeWith(route, context, act, request))
    case 'free':
      return route.handler(context).then(asReply)
  }
}

async function readWith(route: ReadRoute, context: Context, act: Act): Promise<unknown> {
  const { recording, actor } = context
  const before = await route.before?.(context)
  return route.recorded
    ? recordRead(recording, actor, act, (writer) => route.handler({ ...context, reader: writer }, before))
    : recording.database.read((reader) => route.handler({ ...context, reader }, before))
}

async function writeWith(
  route: WriteRoute,
  context: Context,
  act: Act,
  request: FastifyRequest,
): Promise<Reply> {
  const { recording, actor } = context
  const key = idempotencyOf(route, request, actor)
  const before = await route.before?.(context)
  return recordOnce(recording, actor, act, {
    earlier: (writer) => (key ? earlierAnswer(writer, key) : Promise.resolve(undefined)),
    work: async (writer) => {
      const given = asReply(await route.handler({ ...context, writer }, before))
      if (key) await keepAnswer(writer, key, given)
      return given
    },
  })
}

/** Writes down a refusal of what would have changed something, then lets it go on its way. */
async function recordingRefusal<T>(
  around: Surroundings,
  tried: { readonly actor: Actor; readonly act: Act; readonly records: boolean },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code =
      error instanceof Refused ? error.refusal.code : error instanceof NotFound ? 'not_found' : undefined
    const isNews = !(error instanceof Refused) || error.isNews
    if (code !== undefined && isNews && tried.records && tried.actor.kind === 'person')
      await recordRefusal(around, tried.actor, { ...tried.act, refusalCode: code })
    throw error
  }
}

function contextOf(
  route: Route,
  request: FastifyRequest,
  {
    id,
    actor,
    reach,
    around,
  }: { readonly id: string; readonly actor: Actor; readonly reach: Reach; readonly around: Surroundings },
): Context {
  return {
    actor,
    reach,
    access: accessOf(around.policy, actor),
    params: request.params,
    query: request.query,
    body: request.body,
    now: around.now(),
    id,
    newId: around.newId,
    version: route.ifMatch ? versionOf(request) : 0,
    requestId: request.id,
    address: request.ip,
    device: (request.headers['user-agent'] ?? '').slice(0, 200),
    cookie: (name) => request.cookies[name],
    header: (name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : undefined
    },
    recording: around,
  }
}

/** The version in `If-Match: "3"`. */
function versionOf(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined) throw new Refused({ code: 'if_match_needed' }, 428)
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1]
  if (version === undefined) throw new Refused({ code: 'if_match_malformed' }, 400)
  return Number(version)
}

function idempotencyOf(route: Route, request: FastifyRequest, actor: Actor): Idempotency | undefined {
  if (route.method !== 'POST' || route.withoutIdempotency || actor.kind !== 'person') return undefined
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length < 8 || key.length > 200)
    throw new Refused({ code: 'idempotency_key_needed' }, 400)
  return {
    accountId: actor.accountId,
    key,
    requestHash: requestHash(request, actor.acting?.authorityId),
  }
}

/** Why a protected thing is read or done: in the body, or, as a GET has none, in a header (percent-encoded UTF-8). */
function purposeOf(request: FastifyRequest): string | undefined {
  const { body } = request
  if (typeof body === 'object' && body !== null && 'purpose' in body && typeof body.purpose === 'string')
    return body.purpose
  const header = request.headers['purpose']
  if (typeof header !== 'string') return undefined
  const purpose = decoded(header)
  if (purpose === undefined || !isStorable(purpose)) throw new Refused({ code: 'purpose_malformed' }, 400)
  return purpose
}

function decoded(header: string): string | undefined {
  try {
    return decodeURIComponent(header).slice(0, 500)
  } catch {
    return undefined
  }
}

function idOf(request: FastifyRequest, field: string | undefined): string | undefined {
  if (field !== undefined) return String((request.body as Readonly<Record<string, unknown>>)[field])
  const params = request.params as Readonly<Record<string, string>>
  return params['id'] ?? Object.values(params)[0]
}

function send(reply: FastifyReply, { status, body, headers = {} }: Reply): FastifyReply {
  void reply.status(status).headers(headers)
  const version = versionIn(body)
  if (version !== undefined) void reply.header('etag', `"${version}"`)
  return reply.send(body)
}

function versionIn(body: unknown): number | undefined {
  const isRecord = typeof body === 'object' && body !== null && 'version' in body
  return isRecord && typeof body.version === 'number' ? body.version : undefined
}
