// Long work: asked for in the transaction that needs it, done afterwards, watched and stopped by whoever asked.
import PgBoss from 'pg-boss';
import { queueOf, queueWithin } from './queue.ts';
/** Thrown inside a job that was cancelled. */
export class JobCancelled extends Error {
}
const POLL_SECONDS = 0.5;
const RETRY_DELAY_SECONDS = 2;
// A worker that is killed leaves its job; after this time another takes it up.
const EXPIRE_SECONDS = 900;
/** The jobs of one server. */
export class Jobs {
    #boss;
    #database;
    #clock;
    #kinds;
    #running = new Map();
    constructor(parts) {
        this.#database = parts.database;
        this.#clock = parts.clock;
        this.#kinds = new Map(parts.kinds.map((kind) => [kind.name, kind]));
        this.#boss = new PgBoss({ db: queueOf(parts.engine), schema: 'pgboss', migrate: false });
        this.#boss.on('error', parts.onError);
    }
    /** Takes up what is waiting, also from before a crash. */
    async start() {
        await this.#boss.start();
        for (const kind of this.#kinds.values()) {
            await this.#boss.createQueue(kind.name);
            await this.#boss.work(kind.name, { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 }, async ([taken]) => {
                if (taken)
                    await this.#run(kind, taken.data.id);
            });
        }
    }
    /** Lets running jobs reach their next step, and stops. */
    async stop() {
        for (const controller of this.#running.values())
            controller.abort();
        await this.#boss.stop({ graceful: true, wait: true, timeout: 5000 });
    }
    /** Asks for a job in the transaction of an act: rolled back, there is no job. */
    async ask(writer, { id, kind, input, requestedBy, authorityId }) {
        const { retries } = this.#kind(kind);
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
            .execute();
        await this.#boss.send(kind, { id }, {
            db: queueWithin(writer),
            retryLimit: retries,
            retryDelay: RETRY_DELAY_SECONDS,
            retryBackoff: true,
            expireInSeconds: EXPIRE_SECONDS,
        });
    }
    /** Ends a job that runs here at its next step. That it was asked for stands in its row, for other servers. */
    abort(id) {
        this.#running.get(id)?.abort();
    }
    #kind(name) {
        const kind = this.#kinds.get(name);
        if (!kind)
            throw new Error(`no job of kind ${name}`);
        return kind;
    }
    async #run(kind, id) {
        const input = await this.#begin(id);
        if (input === undefined)
            return;
        const controller = new AbortController();
        this.#running.set(id, controller);
        try {
            const progress = (done, total, step) => this.#progress(id, controller, { done, total, step });
            const result = await kind.run({ id, input, signal: controller.signal, progress });
            await this.#end(id, { state: 'done', result: JSON.stringify(result) });
        }
        catch (error) {
            if (error instanceof JobCancelled)
                return await this.#end(id, { state: 'cancelled' });
            const message = error instanceof Error ? error.message : String(error);
            await this.#end(id, { state: 'failed', failure: JSON.stringify({ message }) });
            throw error;
        }
        finally {
            this.#running.delete(id);
        }
    }
    /** The job's input; nothing where it is over already. */
    #begin(id) {
        return this.#database.transaction('sunlot_app', async (transaction) => {
            const row = await transaction
                .updateTable('platform.job')
                .set((eb) => ({ state: 'running', started_at: this.#clock.now(), attempts: eb('attempts', '+', 1) }))
                .where('id', '=', id)
                .where('state', 'in', ['waiting', 'running', 'failed'])
                .where('cancel_requested', '=', false)
                .returning('input')
                .executeTakeFirst();
            return row?.input;
        });
    }
    async #progress(id, controller, { done, total, step, }) {
        const row = await this.#database.transaction('sunlot_app', (transaction) => transaction
            .updateTable('platform.job')
            .set({ done, ...(total === undefined ? {} : { total }), ...(step === undefined ? {} : { step }) })
            .where('id', '=', id)
            .returning('cancel_requested')
            .executeTakeFirstOrThrow());
        if (row.cancel_requested)
            throw new JobCancelled();
        // The server stops: the queue gives the job to whoever starts next.
        controller.signal.throwIfAborted();
    }
    async #end(id, outcome) {
        await this.#database.transaction('sunlot_app', (transaction) => transaction
            .updateTable('platform.job')
            .set({ ...outcome, ended_at: this.#clock.now() })
            .where('id', '=', id)
            .execute());
    }
}
