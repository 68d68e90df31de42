// What a request names beside what it is about.

import type { Role } from '../../src/platform/actor.ts'
import type { Ask } from './route-case.ts'
import type { Target } from './world.ts'

/** A request that names something that may be out of reach. */
export interface Reference {
  readonly name: string
  readonly role: Role
  /** `named` is out of reach or is nothing; `own` is where the actor is. */
  readonly ask: (named: Target, own: Target) => Ask
}

/** An edit of the first version. */
export const patch = (path: string, body: object): Ask => ({
  method: 'PATCH',
  path,
  body,
  headers: { 'if-match': '"1"' },
})
export const post = (path: string, body: object): Ask => ({ method: 'POST', path, body })
