// The only way to write: an event first, then the work, in one transaction. The triggers of every business table demand
// the event, so that nothing can be written around it.

import type { Actor } from './actor.ts'
import type { Database, Writer } from './database/database.ts'
import type { NewId } from './ids.ts'

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
}

/** Runs work in a transaction that begins with the event of the act. */
export function record<T>(
  recording: Recording,
  actor: Actor,
  act: Act,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return recordOnce(recording, actor, act, { earlier: () => Promise.resolve(undefined), work })
}

/** As `record`; but where `earlier` finds that the act was done before, what it gives is given, and nothing is written. */
export function recordOnce<T>(
  { database, newId }: Recording,
  actor: Actor,
  act: Act,
  steps: {
    readonly earlier: (writer: Writer) => Promise<T | undefined>
    readonly work: (writer: Writer) => Promise<T>
  },
): Promise<T> {
  return database.transaction('sunlot_app', async (transaction) => {
    const writer = transaction as Writer
    const earlier = await steps.earlier(writer)
    if (earlier !== undefined) return earlier
    await insertEvent(writer, newId(), actor, { ...act, outcome: 'done' })
    return steps.work(writer)
  })
}

/** Writes down that an act was refused, and why. In a transaction of its own, after the refused one was rolled back. */
export function recordRefusal(
  { database, newId }: Recording,
  actor: Actor,
  act: Act & { readonly refusalCode: string },
): Promise<void> {
  return database.transaction('sunlot_app', (transaction) =>
    insertEvent(transaction as Writer, newId(), actor, { ...act, outcome: 'refused' }),
  )
}

/** Runs a read of what is protected, after having written down who reads it and why. */
export function recordRead<T>(
  { database, newId }: Recording,
  actor: Actor,
  act: Act,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return database.transaction('sunlot_app', async (transaction) => {
    const writer = transaction as Writer
    await insertEvent(writer, newId(), actor, { ...act, outcome: 'read' })
    return work(writer)
  })
}

async function insertEvent(
  writer: Writer,
  id: string,
  actor: Actor,
  event: Act & { readonly outcome: 'done' | 'refused' | 'read'; readonly refusalCode?: string },
): Promise<void> {
  const person = actor.kind === 'person' ? actor : undefined
  await writer
    .insertInto('audit.event')
    .values({
      id,
      action: event.action,
      outcome: event.outcome,
      actor_kind: actor.kind,
      actor_id: person?.personId ?? null,
      session_id: person?.sessionId ?? null,
      authority_id: person?.acting?.authorityId ?? null,
      object_type: event.about?.type ?? null,
      object_id: event.about?.id ?? null,
      purpose: event.purpose ?? null,
      refusal_code: event.refusalCode ?? null,
      request_id: event.requestId ?? null,
      // Overwritten by the trigger audit.stamp_event, whatever is sent.
      xid: '0',
      transaction_began: new Date(0),
      at: new Date(0),
      salt: Buffer.alloc(0),
    })
    .execute()
}
