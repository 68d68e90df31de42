// How a feature declares an operation. The access, the event and the contract all follow from one declaration.

import type { Static, TSchema } from 'typebox'
import type { Actor, Person } from '../actor.ts'
import type { Reader, Writer } from '../database/database.ts'
import type { Recording } from '../record.ts'
import type { Access, Reach } from '../reach.ts'

/** Parts of a request that a schema describes. */
export interface RequestSchemas {
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
}

// Routes of all shapes stand in one list, where nothing is known of their parts.
type Parsed<S extends RequestSchemas, K extends keyof RequestSchemas> = RequestSchemas extends S
  ? unknown
  : S[K] extends TSchema
    ? Static<S[K]>
    : undefined

/** What every handler is given. */
export interface Context<S extends RequestSchemas = RequestSchemas> {
  readonly actor: Actor
  /** What of the world this action reaches for this actor: every read of a store takes it. */
  readonly reach: Reach
  /** What else this actor may do: for `can`. */
  readonly access: Access
  readonly params: Parsed<S, 'params'>
  readonly query: Parsed<S, 'query'>
  readonly body: Parsed<S, 'body'>
  /** The present, read once for the whole request. */
  readonly now: Date
  /** The id of what this request makes; the event is about it unless `params.id` says otherwise. */
  readonly id: string
  readonly newId: () => string
  /** The version that an edit was made from (`If-Match`); 0 where the route asks for none. */
  readonly version: number
  readonly requestId: string
  readonly address: string
  readonly device: string
  readonly cookie: (name: string) => string | undefined
  /** A request header, where it came once. */
  readonly header: (name: string) => string | undefined
  readonly recording: Recording
}

export type ReadContext<S extends RequestSchemas = RequestSchemas> = Context<S> & { readonly reader: Reader }
/** An intersection like the other two, so that routes of all shapes are compared by what they hold. */
export type FreeContext<S extends RequestSchemas = RequestSchemas> = Context<S> & {
  readonly recording: Recording
}
export type WriteContext<S extends RequestSchemas = RequestSchemas> = Context<S> & { readonly writer: Writer }

/** What a handler answers. A plain value is a 200. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | string[]>>
}

interface Declaration<S extends RequestSchemas> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string
  readonly action: string
  /** For integrators, in Chinese. */
  readonly summary: string
  readonly schema: S
  /** What is answered, by status. A field that is not in the schema is not sent. */
  readonly replies: Readonly<Record<number, TSchema>>
  /** What the event is about: `params.id`, or what this request makes. */
  readonly about?: string
  /** The field of the body that names it instead. */
  readonly aboutField?: string
  /** An edit of a versioned record: the request must carry If-Match. */
  readonly ifMatch?: true
  /** POST without Idempotency-Key: only where the body or the answer holds a secret that must not be kept, or where doing it twice is doing it once. */
  readonly withoutIdempotency?: true
  /** The body is a file, whatever it holds: the handler gets a Buffer, empty where nothing came. */
  readonly takesFile?: true
  /** The body is a file too large for memory: the handler gets a Readable, and bounds it itself. */
  readonly takesStream?: true
  /** Largest body in bytes; 1 MiB where not given. */
  readonly bodyLimit?: number
}

/** A route whose handler runs in a transaction. */
interface Prepared<S extends RequestSchemas, B> extends Declaration<S> {
  /**
   * Work with files and threads, outside of the transaction; the handler is given what it gives. The handler asks everything
   * again, and throws Moved where it rests on what has changed: then both are done once more.
   */
  before?(context: FreeContext<S>): Promise<B>
}

export interface ReadRoute<S extends RequestSchemas = RequestSchemas, B = unknown> extends Prepared<S, B> {
  readonly kind: 'read'
  /** The read itself is an event: personal data, a sealed list. */
  readonly recorded?: true
  handler(context: ReadContext<S>, before: B): Promise<unknown>
}

export interface WriteRoute<S extends RequestSchemas = RequestSchemas, B = unknown> extends Prepared<S, B> {
  readonly kind: 'write'
  handler(context: WriteContext<S>, before: B): Promise<unknown>
}

/**
 * A route that makes its own transactions, because it must answer before, between or outside one: signing in, uploads.
 * Boot refuses one that is not in the reviewed list of `app.ts`.
 */
export interface FreeRoute<S extends RequestSchemas = RequestSchemas> extends Declaration<S> {
  readonly kind: 'free'
  handler(context: FreeContext<S>): Promise<unknown>
}

/** A route of any shape. */
export type Route = ReadRoute | WriteRoute | FreeRoute

/** Declares an operation that changes nothing. */
export function read<const S extends RequestSchemas, B>(
  route: Omit<ReadRoute<S, B>, 'kind'>,
): ReadRoute<S, B> {
  return { ...route, kind: 'read' }
}

/** Declares an operation that writes, in the transaction of its event. */
export function write<const S extends RequestSchemas, B>(
  route: Omit<WriteRoute<S, B>, 'kind'>,
): WriteRoute<S, B> {
  return { ...route, kind: 'write' }
}

/** Declares an operation that makes its own transactions. */
export function free<const S extends RequestSchemas>(route: Omit<FreeRoute<S>, 'kind'>): FreeRoute<S> {
  return { ...route, kind: 'free' }
}

const REPLY = Symbol('reply')

/** An answer with a status and headers of its own. */
export function reply(
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string | string[]>> = {},
): Reply {
  return Object.assign({ status, body, headers }, { [REPLY]: true })
}

/** What a handler gave, as a reply. */
export function asReply(given: unknown): Reply {
  const isReply = typeof given === 'object' && given !== null && REPLY in given
  if (isReply) return given as unknown as Reply
  return given === undefined ? { status: 204 } : { status: 200, body: given }
}

/** The signed-in person of a request whose action admits nobody else. */
export function personOf(context: Pick<Context, 'actor'>): Person {
  if (context.actor.kind !== 'person') throw new Error('an action for persons was reached by somebody else')
  return context.actor
}
