// The HTTP server: limits, headers, contract, problems. It knows routes, and no feature.

import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import type { Socket } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { answer, type Surroundings } from './answer.ts'
import type { Settings } from '../settings.ts'
import { serializer, strictValidator } from './compilers.ts'
import { answerClientError } from './client-error.ts'
import { protect } from './headers.ts'
import { refuseUnstorable } from './storable.ts'
import { readJsonStrictly } from './json-body.ts'
import { type ConstraintCodes, documentOf, type Fault, faultOf } from './problem.ts'
import type { Route } from './route.ts'
import { languageOf } from './sentences.ts'

/** What a server is made of. */
export interface ServerParts extends Surroundings {
  readonly routes: readonly Route[]
  readonly constraints: ConstraintCodes
  /** `free` routes that were reviewed: everything else goes through `record`. */
  readonly freeActions: readonly string[]
  /** Actions without a route: the command line alone does them. */
  readonly commandActions?: readonly string[]
  readonly logger: FastifyBaseLogger | false
  readonly tls?: SecureContextOptions | undefined
  readonly trustProxy?: Settings['trustProxy']
  readonly version: string
  /** Adds hooks and routes outside the contract (health, pages, overload) before any route of the contract stands. */
  readonly prepare?: ((server: FastifyInstance) => Promise<void>) | undefined
}

/** The policy and the routes do not agree: the server does not start. */
export class AccessNotDeclared extends Error {}

const PREFIX = '/api/v1'
const BODY_LIMIT = 1 << 20
// How soon a client that sends its headers a byte now and then is cut off, and how often that is looked at.
// A file of some hundred megabytes over the line of a county office; everything else is small.
const LONGEST_UPLOAD_MS = 600_000
const LONGEST_BODY_MS = 30_000
const SLOW_CLIENT = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 }

/** A server that is not yet listening. Throws AccessNotDeclared. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  demandAccessLines(parts)
  const server = Fastify(optionsOf(parts))
  readJsonStrictly(server)
  server.setValidatorCompiler(strictValidator())
  server.setSerializerCompiler(serializer())
  await server.register(cookie)
  await server.register(swagger, { openapi: contractOf(parts.version) })
  protect(server)
  refuseUnstorable(server)
  tellProblems(server, parts.constraints)
  await parts.prepare?.(server)
  await server.register(
    (scope, _options, done) => {
      for (const route of parts.routes)
        if (route.takesFile || route.takesStream) addForFiles(scope, route, parts)
        else add(scope, route, parts)
      done()
    },
    { prefix: PREFIX },
  )
  return server
}

function optionsOf(parts: ServerParts): FastifyServerOptions {
  const options = {
    ...(parts.logger === false ? { logger: false } : { loggerInstance: parts.logger }),
    ...(parts.tls ? { https: { ...parts.tls, ...SLOW_CLIENT } } : { http: SLOW_CLIENT }),
    // One line for each answer, with the pattern of its route: `operations/log.ts` writes it. An address holds ids.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    // A client that sends a byte now and then is cut off; the longest time is for a large file over a slow line.
    requestTimeout: LONGEST_UPLOAD_MS,
    connectionTimeout: 60_000,
    maxRequestsPerSocket: 10_000,
    genReqId: () => parts.newId(),
    // What never comes to a route, as an address that cannot be decoded.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      tell(request, reply, faultOf(error, {}) ?? { status: 400, code: 'malformed_request' }),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      answerClientError(error, socket, parts.newId()),
    trustProxy: trustOf(parts.trustProxy ?? false),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }
  // One type for both, so that nothing above knows whether it speaks TLS.
  return options as FastifyServerOptions
}

/** A number of proxies is counted from the one that speaks to this server. */
function trustOf(proxies: Settings['trustProxy']): FastifyServerOptions['trustProxy'] {
  if (typeof proxies !== 'number') return proxies && [...proxies]
  return (_address, hop) => hop < proxies
}

/** Every route has an access line, every access line a route, and every free route was reviewed. */
function demandAccessLines({ routes, policy, freeActions, commandActions = [] }: ServerParts): void {
  const used = new Set(routes.map(({ action }) => action))
  const faults = [
    ...[...used]
      .filter((action) => !policy[action])
      .map((action) => `${action} has a route but no access line`),
    ...Object.keys(policy)
      .filter((action) => !used.has(action) && !commandActions.includes(action))
      .map((action) => `${action} has an access line but no route`),
    ...routes
      .filter((route) => route.kind === 'free' && !freeActions.includes(route.action))
      .map(({ action }) => `${action} makes its own transactions and is not in the reviewed list`),
    ...routes
      .filter(({ action }, at) => routes.findIndex((other) => other.action === action) !== at)
      .map(({ action }) => `${action} has two routes`),
  ]
  if (faults.length > 0) throw new AccessNotDeclared(faults.join('; '))
}

/** Only such a route takes bytes for a body: everywhere else a body is JSON, or refused unread. */
function addForFiles(scope: FastifyInstance, route: Route, around: Surroundings): void {
  void scope.register((inner, _options, done) => {
    inner.removeAllContentTypeParsers()
    if (route.takesStream) inner.addContentTypeParser('*', (_request, stream, parsed) => parsed(null, stream))
    else
      inner.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, parsed) => parsed(null, bytes))
    add(inner, route, around)
    done()
  })
}

function add(scope: FastifyInstance, route: Route, around: Surroundings): void {
  const { params, query, body } = route.schema
  scope.route({
    method: route.method,
    url: route.path.replaceAll(/\{([A-Za-z]+)\}/g, ':$1'),
    bodyLimit: route.bodyLimit ?? BODY_LIMIT,
    schema: {
      operationId: route.action,
      summary: route.summary,
      tags: [route.action.split('.')[0] ?? ''],
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
      ...(route.takesFile || route.takesStream ? { consumes: ['application/octet-stream'] } : {}),
      response: route.replies,
    },
    ...(route.takesStream ? {} : { preParsing: giveUpOnSlowBody }),
    handler: (request, reply) => answer(route, request, reply, around),
  })
}

/** Ends a connection whose body does not arrive in time. */
function giveUpOnSlowBody(
  { raw }: FastifyRequest,
  _reply: FastifyReply,
  _payload: unknown,
  done: () => void,
): void {
  if (!raw.readableEnded && raw.headers['content-length'] !== '0') {
    const timer = setTimeout(() => raw.destroy(), LONGEST_BODY_MS)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  }
  done()
}

function tellProblems(server: FastifyInstance, constraints: ConstraintCodes): void {
  server.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error, constraints)
    if (!fault) request.log.error({ err: error }, 'a bug')
    return tell(request, reply, fault ?? { status: 500, code: 'internal_error' })
  })
  server.setNotFoundHandler((request, reply) =>
    tell(request, reply, { status: 404, code: 'no_such_address' }),
  )
}

function tell(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply {
  if (fault.retryAfterSeconds !== undefined) void reply.header('retry-after', String(fault.retryAfterSeconds))
  const language = languageOf(request.headers['accept-language'])
  return reply
    .status(fault.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(documentOf(fault, language, request.id)))
}

function contractOf(version: string) {
  return {
    openapi: '3.1.0' as const,
    info: {
      title: '阳光双随机 Sunlot',
      version,
      description:
        '双随机、一公开监管平台的公开接口。本平台自己的页面也只使用这些接口。错误为 RFC 9457 problem+json，code 与 params 是约定的一部分。',
    },
    components: {
      securitySchemes: { session: { type: 'apiKey' as const, in: 'cookie' as const, name: '__Host-sunlot' } },
    },
    security: [{ session: [] as string[] }],
  }
}
