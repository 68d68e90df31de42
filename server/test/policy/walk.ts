// What an actor must be answered, from the committed matrix and from where the target is; and what he is answered.

import type { TestApp } from '../support/app.ts'
import type { RouteCase } from './route-case.ts'
import type { Cell, Matrix, MatrixLine } from './matrix.ts'
import { type Actor, missing, type Relation, type Standpoint, type Target } from './world.ts'
import { work } from './world-things.ts'

/** What must come: one of these answers, or (`missing`) the answer for what is not there. */
export type Expected =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly answer: string }
  | { readonly kind: 'missing' }

/** A request to be sent. */
export interface Step {
  readonly standpoint: string
  readonly actor: Actor
  readonly route: RouteCase
  readonly relation: Relation
  readonly target: Target
}

/** Every route × actor × place of a standpoint. Whether a proof is recent matters only to routes that ask for one. */
export function stepsOf(
  { name, actors, targets }: Standpoint,
  cases: readonly RouteCase[],
  matrix: Matrix,
): readonly Step[] {
  const isOwed = (actor: Actor, { action }: RouteCase): boolean =>
    actor.kind !== 'person' || actor.reauthenticated || matrix[action]?.reauthenticate === true
  return actors.flatMap((actor) =>
    cases
      .filter((route) => isOwed(actor, route))
      .flatMap((route) =>
        placesOf(route, actor, targets)
          .filter(({ relation, target }) => !route.leftOut?.includes(relation) && asks(route, target))
          .map((place) => ({ standpoint: name, actor, route, ...place })),
      ),
  )
}

function placesOf(route: RouteCase, actor: Actor, targets: Standpoint['targets']) {
  const all = Object.entries(targets).map(([relation, target]) => ({
    relation: relation as Relation,
    target,
  }))
  if (route.about === 'plain') return all.slice(0, 1)
  return route.mine && actor.mine ? [...all, { relation: 'mine' as const, target: actor.mine }] : all
}

function asks(route: RouteCase, target: Target): boolean {
  return route.ask(target) !== undefined && (route.id === undefined || route.id(target) !== undefined)
}

/** What the matrix says must come. Knows nothing of `reach.ts`. */
export function expected(matrix: Matrix, { actor, route, relation }: Step): Expected {
  const line = matrix[route.action]!
  if (!admits(line, actor)) return { kind: 'refused', answer: WHY_NOT_IN[actor.kind] }
  if (line.reauthenticate && !actor.reauthenticated)
    return { kind: 'refused', answer: '403 reauthentication_needed' }
  if (route.about === 'plain' || reaches(line, actor, relation)) return { kind: 'done' }
  const seen = route.seenBy === undefined ? undefined : matrix[route.seenBy]!
  return seen && reaches(seen, actor, relation)
    ? { kind: 'refused', answer: '403 not_allowed' }
    : { kind: 'missing' }
}

const WHY_NOT_IN = {
  anonymous: '401 sign_in_needed',
  enrolling: '403 second_factor_needed',
  person: '403 not_allowed',
} as const

function admits(line: MatrixLine, { kind, roles }: Actor): boolean {
  if (line.public) return true
  if (kind === 'anonymous' || (kind === 'enrolling' && !line.enrolling)) return false
  return line.self || roles.some((role) => line.roles[role] !== '·')
}

const WITHIN: Readonly<Record<Cell, readonly Relation[]>> = {
  '·': [],
  own: ['own', 'mine'],
  // What the world is made of is not open: drafts of one authority.
  inv: ['own', 'mine'],
  sub: ['own', 'mine', 'sibling', 'child'],
  all: ['own', 'mine', 'sibling', 'child', 'parent', 'elsewhere'],
}

function reaches(line: MatrixLine, { roles }: Actor, relation: Relation): boolean {
  if (line.public || (line.self && relation === 'mine')) return true
  return roles.some((role) => WITHIN[line.roles[role]].includes(relation))
}

/** An answer, short: its status, and the code where it is a refusal. Without the id of its request it is comparable. */
export interface Given {
  readonly answer: string
  readonly body: string
}

/** Sends a step. */
export async function send(app: TestApp, step: Step, target = step.target): Promise<Given> {
  const { actor, route } = step
  const ready = target === step.target ? await prepared(app, step) : target
  const ask = route.ask(ready)!
  const client = route.endsSession && actor.kind !== 'anonymous' ? await actor.again() : actor.client
  const { method, headers } = ask
  const path = ask.path.replace('{identity}', ready.sessionId ?? crypto.randomUUID())
  const given = await client.send(method, path, { body: ask.body, headers })
  const { requestId: _, ...rest } = given.body as Record<string, unknown>
  const code = given.status >= 400 ? ` ${String(rest['code'])}` : ''
  const isJson = Object.keys(given.body).length > 0
  return { answer: `${given.status}${code}`, body: isJson ? JSON.stringify(rest) : given.text }
}

/** The answer to the same request about what is not there. */
export function sendMissing(app: TestApp, step: Step): Promise<Given> {
  return send(app, step, missing(step.target))
}

/** What a request uses up is made for it: a session to end, an identity to withdraw. */
async function prepared(app: TestApp, { actor, route, relation, target }: Step): Promise<Target> {
  if (route.prepare === 'session' && relation === 'mine' && actor.kind === 'person')
    return { ...target, sessionId: await newSession(actor) }
  if (route.prepare === 'identity') return { ...target, sessionId: await newIdentity(app, target) }
  return target
}

async function newSession(actor: Actor): Promise<string> {
  const other = await actor.again()
  const { body } = await other.get('/me')
  return (body['session'] as unknown as { readonly id: string }).id
}

async function newIdentity(app: TestApp, { suspendedId }: Target): Promise<string> {
  const id = app.newId()
  const fingerprint = Buffer.alloc(32)
  fingerprint.write(crypto.randomUUID())
  await work(app, (writer) =>
    writer
      .insertInto('accounts.identity')
      .values({
        id,
        account_id: suspendedId ?? '',
        issuer: 'https://identity.example',
        subject_fingerprint: fingerprint,
        bound_at: app.clock.now(),
      })
      .execute(),
  )
  return id
}
