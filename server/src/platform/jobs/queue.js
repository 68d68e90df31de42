// How the queue reaches its own schema: always under its own role, on either engine.
import { CompiledQuery, sql } from 'kysely';
/** The queue on connections of its own. */
export function queueOf(engine) {
    return {
        async executeSql(text, values) {
            const client = await engine.pool.connect();
            try {
                await client.query('set role sunlot_jobs');
                // Without values it may be several statements in one text, which only the simple protocol takes.
                const result = values?.length ? await client.query(text, values) : await client.query(text);
                return { rows: Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows };
            }
            finally {
                await client.query('reset role').catch(() => undefined);
                client.release();
            }
        },
    };
}
/** The queue inside a transaction of the application: what it writes lives and dies with that. */
export function queueWithin(writer) {
    return {
        async executeSql(text, values) {
            await sql `set local role sunlot_jobs`.execute(writer);
            const { rows } = await writer.executeQuery(CompiledQuery.raw(text, values));
            await sql `set local role sunlot_app`.execute(writer);
            return { rows };
        },
    };
}
