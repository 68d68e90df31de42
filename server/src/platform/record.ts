// The only way to write: an event first, then the work, in one transaction. The triggers of every business table demand
// the event, so that nothing can be written around it.

import { sql } from 'kysely'
import { escapeLiteral } from 'pg'
import type { Actor } from './actor.ts'
import type { Database, Writer } from './database/database.ts'
import type { NewId } from './ids.ts'
import { demand, type Refusal } from './refusal.ts'

/** What is done, about what, why, and on which request. */
export interface Act {
  /** `feature.verb`: the permission, the audit event, the OpenAPI operation and the log line. */
  readonly action: string
  readonly about?: { readonly type: string; readonly id: string } | undefined
  /** Why, where the action demands that a purpose be stated. */
  readonly purpose?: string | undefined
  readonly requestId?: string | undefined
}

/** What `record` needs of its surroundings. */
export interface Recording {
  readonly database: Database
  readonly newId: NewId
  /** Why this act may not be written now, whoever does it: clocks that disagree, a log that was rolled back. */
  readonly whyNotWrite?: ((action: string) => Refusal | undefined) | undefined
}

/** Runs work in a transaction that begins with the event of the act. Throws Refused 503 where nothing may be written. */
export function record<T>(
  recording: Recording,
  actor: Actor,
  act: Act,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  demand(recording.whyNotWrite?.(act.action), 503)
  return withEvent(recording, actor, { ...act, outcome: 'done' }, work)
}

/** As `record`; but where `earlier` finds that the act was done before, what it gives is given, and nothing is written. */
export function recordOnce<T>(
  { database, newId, whyNotWrite }: Recording,
  actor: Actor,
  act: Act,
  steps: {
    readonly earlier: (writer: Writer) => Promise<T | undefined>
    readonly work: (writer: Writer) => Promise<T>
  },
): Promise<T> {
  // Not of reads and of refusals: those are written down at any time.
  demand(whyNotWrite?.(act.action), 503)
  return database.transaction('sunlot_app', async (transaction) => {
    const writer = transaction as Writer
    const earlier = await steps.earlier(writer)
    if (earlier !== undefined) return earlier
    await sql.raw(eventSql(newId(), actor, { ...act, outcome: 'done' })).execute(writer)
    return steps.work(writer)
  })
}

/** Writes down that an act was refused, and why. In a transaction of its own, after the refused one was rolled back. */
export function recordRefusal(
  recording: Recording,
  actor: Actor,
  act: Act & { readonly refusalCode: string },
): Promise<void> {
  return withEvent(recording, actor, { ...act, outcome: 'refused' }, () => Promise.resolve())
}

/** Runs a read of what is protected, after having written down who reads it and why. */
export function recordRead<T>(
  recording: Recording,
  actor: Actor,
  act: Act,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return withEvent(recording, actor, { ...act, outcome: 'read' }, work)
}

interface Event extends Act {
  readonly outcome: 'done' | 'refused' | 'read'
  readonly refusalCode?: string
}

/** The event goes along with the beginning of its transaction: one round trip for both. */
function withEvent<T>(
  { database, newId }: Recording,
  actor: Actor,
  event: Event,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return database.transaction(
    'sunlot_app',
    (transaction) => work(transaction as Writer),
    eventSql(newId(), actor, event),
  )
}

/** The statement that writes an event. When, in which transaction and with which salt is the trigger's to say. */
function eventSql(id: string, actor: Actor, event: Event): string {
  const person = actor.kind === 'person' ? actor : undefined
  const values: Readonly<Record<string, string | undefined>> = {
    id,
    action: event.action,
    outcome: event.outcome,
    actor_kind: actor.kind,
    actor_id: person?.personId,
    session_id: person?.sessionId,
    authority_id: person?.acting?.authorityId,
    object_type: event.about?.type,
    object_id: event.about?.id,
    purpose: event.purpose,
    refusal_code: event.refusalCode,
    request_id: event.requestId,
    xid: '0',
    transaction_began: 'epoch',
    at: 'epoch',
    salt: '',
  }
  const literals = Object.values(values).map((value) => (value === undefined ? 'null' : escapeLiteral(value)))
  return `insert into audit.event (${Object.keys(values).join(', ')}) values (${literals.join(', ')})`
}
