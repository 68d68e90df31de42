// What is said of a route: what is sent about a target, and what is answered where the act is allowed.

import type { Relation, Target } from './world.ts'

/** A request about a target. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One way to ask a route. */
export interface RouteCase {
  readonly action: string
  /**
   * `plain`: about nothing in particular. `record`: about one target. `list`: of all that is within reach; the target's id
   * is in the answer or it is not.
   */
  readonly about: 'plain' | 'record' | 'list'
  /** The answers where the act is allowed: status, and code of a refusal. */
  readonly gives: readonly string[]
  readonly ask: (target: Target) => Ask | undefined
  /** What a list holds of a target. */
  readonly id?: (target: Target) => string | undefined
  /** The action by which the record is seen, where that goes farther than the act: then 403, not 404. */
  readonly seenBy?: string
  /** Whether it is also asked about what is one's own. */
  readonly mine?: true
  readonly leftOut?: readonly Relation[]
  /** Ends the session that it is sent from, or all others of the person. */
  readonly endsSession?: 'own' | 'all'
  /** Makes what is used up by the request, before it; gives the target anew. */
  readonly prepare?: 'identity' | 'session'
}

export const STALE = { 'if-match': '"999999"' }
export const PURPOSE = { purpose: '核对联系方式' }
export const REASON = { reason: '测试所需' }
export const NOWHERE = '01900000-0000-7000-8000-000000000000'

export const get = (path: string): Ask => ({ method: 'GET', path })
export const post = (path: string, body?: unknown, headers?: Ask['headers']): Ask => ({
  method: 'POST',
  path,
  ...(body === undefined ? {} : { body }),
  ...(headers ? { headers } : {}),
})
/** A request only where the target has what it is about. */
export const of = (id: string | undefined, ask: (id: string) => Ask): Ask | undefined =>
  id === undefined ? undefined : ask(id)

type Shape = Omit<RouteCase, 'action' | 'about' | 'gives' | 'ask' | 'id'>
export const plain = (
  action: string,
  gives: string | readonly string[],
  ask: Ask,
  shape: Shape = {},
): RouteCase => ({
  action,
  about: 'plain',
  gives: [gives].flat(),
  ask: () => ask,
  ...shape,
})
export const record = (
  action: string,
  gives: string | readonly string[],
  ask: RouteCase['ask'],
  shape: Shape = {},
): RouteCase => ({ action, about: 'record', gives: [gives].flat(), ask, ...shape })
export const list = (
  action: string,
  ask: RouteCase['ask'],
  id: (target: Target) => string | undefined,
  shape: Shape = {},
): RouteCase => ({ action, about: 'list', gives: ['200'], ask, id, ...shape })
