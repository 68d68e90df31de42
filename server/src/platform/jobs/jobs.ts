// Long work: asked for in the transaction that needs it, done afterwards, watched and stopped by whoever asked.

import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import PgBoss from 'pg-boss'
import type { Clock } from '../clock.ts'
import type { Database, Writer } from '../database/database.ts'
import type { Engine } from '../database/engine.ts'
import type { Json } from '../database/rows.gen.ts'
import { JobCancelled, JobFailed, JobTakenOver } from './ends.ts'
import { giveBackOrphans, hear, HEARTBEAT_MS, SILENCE_MS } from './orphans.store.ts'
import type { JobKind, JobRequest } from './kind.ts'
import { queueOf, queueWithin } from './queue.ts'

export { JobCancelled, JobFailed } from './ends.ts'

export type { JobKind, JobRequest, RunningJob } from './kind.ts'

/** A job as this server does it: `attempt` is told from those of other servers. */
interface Doing {
  readonly id: string
  readonly attempt: number
  readonly controller: AbortController
}

interface Far {
  readonly done: number
  readonly total: number | undefined
  readonly step: string | undefined
}

// For what other servers asked for, and for retries: what is asked for here is taken up at once.
const POLL_SECONDS = 1
const RETRY_DELAY_SECONDS = 2
// Whether a job still lives, its own words say (orphans.store.ts); the queue never ends one for being long.
const EXPIRE_SECONDS = 23 * 3600

/** The jobs of one server. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #database: Database
  readonly #clock: Clock
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #running = new Map<string, Doing>()
  readonly #workers = new Map<string, string>()
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
      const worker = await this.#boss.work<{ id: string }>(
        kind.name,
        { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
        async ([taken]) => {
          if (taken) await this.#run(kind, taken.data.id)
        },
      )
      this.#workers.set(kind.name, worker)
    }
  }

  /** Lets running jobs reach their next step, and stops. */
  async stop(): Promise<void> {
    clearInterval(this.#heart)
    this.#workers.clear()
    for (const { controller } of this.#running.values()) controller.abort()
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
    this.#database.afterCommit(writer, () => this.#wake(kind))
  }

  /** Has a kind's waiting jobs looked for now. Where this server does no jobs, others find them. */
  #wake(kind: string): void {
    const worker = this.#workers.get(kind)
    if (worker !== undefined) this.#boss.notifyWorker(worker)
  }

  /** Ends a job that runs here at its next step. That it was asked for stands in its row, for other servers. */
  abort(id: string): void {
    this.#running.get(id)?.controller.abort()
  }

  /** Says that the jobs here live, and takes up those of a server that says nothing any more. */
  async #beat(): Promise<void> {
    for (const doing of this.#running.values()) {
      const isMine = await this.#database.transaction('sunlot_app', (transaction) =>
        hear(transaction as Writer, doing),
      )
      if (!isMine) doing.controller.abort()
    }
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
    const begun = await this.#begin(id)
    if (begun === undefined) return this.#drop(kind, id)
    const { input, attempt } = begun
    const controller = new AbortController()
    const doing = { id, attempt, controller }
    this.#running.set(id, doing)
    try {
      const result = await kind.run({
        id,
        input,
        signal: controller.signal,
        progress: (done, total, step) => this.#progress(doing, { done, total, step }),
        hold: (writer) => this.#hold(writer, doing),
      })
      await this.#end(doing, { state: 'done', result: JSON.stringify(result) })
    } catch (error) {
      await this.#endWith(doing, error)
    } finally {
      // Taken over and taken up again, it is done here a second time.
      if (this.#running.get(id) === doing) this.#running.delete(id)
    }
  }

  /** Says how a job ended; throws where the queue is to give it out again. */
  async #endWith(doing: Doing, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error)
    const isStopping = doing.controller.signal.aborted
    // Where the server stops it waits for whoever starts next, and can be cancelled meanwhile.
    const isMine = await this.#end(
      doing,
      error instanceof JobCancelled
        ? { state: 'cancelled' }
        : isStopping
          ? { state: 'waiting' }
          : { state: 'failed', failure: JSON.stringify({ message }) },
    )
    // Another server's is that one's in the queue, too.
    const isOver = error instanceof JobCancelled || error instanceof JobFailed
    if (isMine && !isOver) throw error
  }

  /** The job's input, and which attempt this is; nothing where it is over already. */
  #begin(id: string): Promise<{ readonly input: Json; readonly attempt: number } | undefined> {
    return this.#database.transaction('sunlot_app', (transaction) =>
      transaction
        .updateTable('platform.job')
        .set((eb) => ({
          state: 'running',
          started_at: this.#clock.now(),
          heard_at: sql`clock_timestamp()`,
          attempts: eb('attempts', '+', 1),
          failure: null,
          ended_at: null,
        }))
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'running', 'failed'])
        .where('cancel_requested', '=', false)
        .returning(['input', 'attempts as attempt'])
        .executeTakeFirst(),
    )
  }

  /** Ends a job that was cancelled before it began, or after its server was killed. */
  async #drop(kind: JobKind, id: string): Promise<void> {
    const row = await this.#database.read((reader) =>
      reader
        .selectFrom('platform.job')
        .select(['input', 'attempts as attempt'])
        .where('id', '=', id)
        .where('cancel_requested', '=', true)
        .where('state', '<>', 'done')
        .executeTakeFirst(),
    )
    if (!row) return
    await kind.dropped?.({ id, input: row.input })
    await this.#end({ id, attempt: row.attempt }, { state: 'cancelled' })
  }

  async #progress({ id, attempt, controller }: Doing, { done, ...far }: Far): Promise<void> {
    // The embedded database answers without the event loop: others would not be heard while a job runs.
    await setImmediate()
    const known = Object.fromEntries(Object.entries(far).filter(([, value]) => value !== undefined))
    const row = await this.#database.transaction('sunlot_app', async (transaction) => {
      return transaction
        .updateTable('platform.job')
        .set({ done, ...known })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        .where('state', '=', 'running')
        .returning('cancel_requested')
        .executeTakeFirst()
    })
    if (!row) throw lost(controller)
    if (row.cancel_requested) throw new JobCancelled()
    // The server stops: the queue gives the job to whoever starts next.
    controller.signal.throwIfAborted()
  }

  async #hold(writer: Writer, { id, attempt, controller }: Doing): Promise<void> {
    const row = await writer
      .selectFrom('platform.job')
      .select('id')
      .where('id', '=', id)
      .where('attempts', '=', attempt)
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (!row) throw lost(controller)
  }

  /** False, and nothing, where it is over, or another server's. */
  #end(
    { id, attempt }: Pick<Doing, 'id' | 'attempt'>,
    outcome: { readonly state: string; readonly result?: string; readonly failure?: string },
  ): Promise<boolean> {
    return this.#database.transaction('sunlot_app', async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('platform.job')
        .set({ ...outcome, ended_at: outcome.state === 'waiting' ? null : this.#clock.now() })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        .where('state', 'not in', ['done', 'cancelled'])
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }
}

function lost(controller: AbortController): JobTakenOver {
  controller.abort()
  return new JobTakenOver()
}
