// Long work: asked for in the transaction that needs it, done afterwards, watched and stopped by whoever asked.

import { sql } from 'kysely'
import PgBoss from 'pg-boss'
import type { Clock } from '../clock.ts'
import type { Database, Writer } from '../database/database.ts'
import type { Engine } from '../database/engine.ts'
import type { Json } from '../database/rows.gen.ts'
import { giveBackOrphans, hear, HEARTBEAT_MS, SILENCE_MS } from './orphans.store.ts'
import { queueOf, queueWithin } from './queue.ts'

/** A kind of work. Its run may be repeated after a crash, so what it does must come out the same twice. */
export interface JobKind {
  readonly name: string
  /** How often it is tried again after an error that is not a cancellation. */
  readonly retries: number
  run(job: RunningJob): Promise<Json>
}

/** A job while it runs. */
export interface RunningJob {
  readonly id: string
  readonly input: Json
  /** Aborted where somebody cancelled the job, or the server stops. */
  readonly signal: AbortSignal
  /** Says how far it is; also the place where a cancelled job ends, by throwing. */
  readonly progress: (done: number, total?: number, step?: string) => Promise<void>
}

/** Who asks for a job. */
export interface JobRequest {
  readonly id: string
  readonly kind: string
  readonly input: Json
  readonly requestedBy?: string | undefined
  readonly authorityId?: string | undefined
}

/** Thrown inside a job that was cancelled. */
export class JobCancelled extends Error {}

const POLL_SECONDS = 0.5
const RETRY_DELAY_SECONDS = 2
// Whether a job still lives, its own words say (orphans.store.ts); the queue never ends one for being long.
const EXPIRE_SECONDS = 23 * 3600

/** The jobs of one server. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #database: Database
  readonly #clock: Clock
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #running = new Map<string, AbortController>()
  readonly #isAlone: boolean
  readonly #onError: (error: Error) => void
  #heart: NodeJS.Timeout | undefined

  constructor(parts: {
    readonly engine: Engine
    readonly database: Database
    readonly clock: Clock
    readonly kinds: readonly JobKind[]
    readonly onError: (error: Error) => void
  }) {
    this.#database = parts.database
    this.#clock = parts.clock
    this.#kinds = new Map(parts.kinds.map((kind) => [kind.name, kind]))
    this.#isAlone = parts.engine.kind === 'pglite'
    this.#onError = parts.onError
    this.#boss = new PgBoss({ db: queueOf(parts.engine), schema: 'pgboss', migrate: false })
    this.#boss.on('error', parts.onError)
  }

  /** The kinds of work that there are. */
  get kinds(): readonly string[] {
    return [...this.#kinds.keys()]
  }

  /** Takes up what is waiting, also from before a crash. */
  async start(): Promise<void> {
    await this.#boss.start()
    // An embedded database has one server: what runs there, and not here, runs nowhere.
    await this.#giveBack(this.#isAlone ? 0 : SILENCE_MS)
    this.#heart = setInterval(() => void this.#beat().catch(this.#onError), HEARTBEAT_MS)
    for (const kind of this.#kinds.values()) {
      await this.#boss.createQueue(kind.name)
      await this.#boss.work<{ id: string }>(
        kind.name,
        { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
        async ([taken]) => {
          if (taken) await this.#run(kind, taken.data.id)
        },
      )
    }
  }

  /** Lets running jobs reach their next step, and stops. */
  async stop(): Promise<void> {
    clearInterval(this.#heart)
    for (const controller of this.#running.values()) controller.abort()
    await this.#boss.stop({ graceful: true, wait: true, timeout: 5000 })
  }

  /** Asks for a job in the transaction of an act: rolled back, there is no job. */
  async ask(writer: Writer, { id, kind, input, requestedBy, authorityId }: JobRequest): Promise<void> {
    const { retries } = this.#kind(kind)
    await writer
      .insertInto('platform.job')
      .values({
        id,
        kind,
        state: 'waiting',
        input: JSON.stringify(input),
        requested_by: requestedBy ?? null,
        authority_id: authorityId ?? null,
        created_at: this.#clock.now(),
      })
      .execute()
    await this.#boss.send(
      kind,
      { id },
      {
        db: queueWithin(writer),
        retryLimit: retries,
        retryDelay: RETRY_DELAY_SECONDS,
        retryBackoff: true,
        expireInSeconds: EXPIRE_SECONDS,
      },
    )
  }

  /** Ends a job that runs here at its next step. That it was asked for stands in its row, for other servers. */
  abort(id: string): void {
    this.#running.get(id)?.abort()
  }

  /** Says that the jobs here live, and takes up those of a server that says nothing any more. */
  async #beat(): Promise<void> {
    for (const id of this.#running.keys())
      await this.#database.transaction('sunlot_app', (transaction) => hear(transaction as Writer, id))
    await this.#giveBack(SILENCE_MS)
  }

  #giveBack(silenceMs: number): Promise<number> {
    const mine = [...this.#running.keys()]
    return this.#database.transaction('sunlot_app', (transaction) =>
      giveBackOrphans(transaction as Writer, { mine, silenceMs }),
    )
  }

  #kind(name: string): JobKind {
    const kind = this.#kinds.get(name)
    if (!kind) throw new Error(`no job of kind ${name}`)
    return kind
  }

  async #run(kind: JobKind, id: string): Promise<void> {
    const input = await this.#begin(id)
    if (input === undefined) return
    const controller = new AbortController()
    this.#running.set(id, controller)
    try {
      const progress = (done: number, total?: number, step?: string): Promise<void> =>
        this.#progress(id, controller, { done, total, step })
      const result = await kind.run({ id, input, signal: controller.signal, progress })
      await this.#end(id, { state: 'done', result: JSON.stringify(result) })
    } catch (error) {
      if (error instanceof JobCancelled) return await this.#end(id, { state: 'cancelled' })
      const message = error instanceof Error ? error.message : String(error)
      await this.#end(id, { state: 'failed', failure: JSON.stringify({ message }) })
      throw error
    } finally {
      this.#running.delete(id)
    }
  }

  /** The job's input; nothing where it is over already. */
  #begin(id: string): Promise<Json | undefined> {
    return this.#database.transaction('sunlot_app', async (transaction) => {
      const row = await transaction
        .updateTable('platform.job')
        .set((eb) => ({
          state: 'running',
          started_at: this.#clock.now(),
          heard_at: sql`clock_timestamp()`,
          attempts: eb('attempts', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'running', 'failed'])
        .where('cancel_requested', '=', false)
        .returning('input')
        .executeTakeFirst()
      return row?.input
    })
  }

  async #progress(
    id: string,
    controller: AbortController,
    {
      done,
      total,
      step,
    }: { readonly done: number; readonly total?: number | undefined; readonly step?: string | undefined },
  ): Promise<void> {
    const row = await this.#database.transaction('sunlot_app', async (transaction) => {
      return transaction
        .updateTable('platform.job')
        .set({ done, ...(total === undefined ? {} : { total }), ...(step === undefined ? {} : { step }) })
        .where('id', '=', id)
        .returning('cancel_requested')
        .executeTakeFirstOrThrow()
    })
    if (row.cancel_requested) throw new JobCancelled()
    // The server stops: the queue gives the job to whoever starts next.
    controller.signal.throwIfAborted()
  }

  async #end(
    id: string,
    outcome: { readonly state: string; readonly result?: string; readonly failure?: string },
  ): Promise<void> {
    await this.#database.transaction('sunlot_app', (transaction) =>
      transaction
        .updateTable('platform.job')
        .set({ ...outcome, ended_at: this.#clock.now() })
        .where('id', '=', id)
        .execute(),
    )
  }
}
