import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { keyOf, type Page, pageOf } from '../platform/http/pages.ts'
import { type Reach, within } from '../platform/reach.ts'
import { canOf, demand, found } from '../platform/refusal.ts'
import { whyNotCancel } from './rules.ts'
import type { JobView } from './schema.ts'

/**
 * The newest first: one's own, those of the authorities that one administers, and of the kinds of `unasked` those that the
 * platform itself asked for.
 */
export async function listJobs(
  reader: Reader,
  reach: Reach,
  query: { readonly after?: string; readonly limit?: number; readonly unasked: readonly string[] },
): Promise<Page<JobView>> {
  const limit = query.limit ?? 50
  const after = keyOf(query.after, ['instant', 'id'])
  let rows = jobs(reader, reach, query.unasked)
    .orderBy('j.created_at', 'desc')
    .orderBy('j.id', 'desc')
    .limit(limit + 1)
  if (after)
    rows = rows.where(sql<boolean>`(j.created_at, j.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return pageOf(await rows.execute(), limit, { key: (row) => [row.exact_at, row.id], show: jobOf })
}

/** Throws NotFound. `unasked` as for the list. */
export async function getJob(
  reader: Reader,
  reach: Reach,
  { id, unasked = [] }: { readonly id: string; readonly unasked?: readonly string[] },
): Promise<JobView> {
  return jobOf(found(await jobs(reader, reach, unasked).where('j.id', '=', id).executeTakeFirst(), 'job'))
}

/** Asks a job to stop at its next step; one that has not begun ends at once. Throws NotFound, Refused. */
export async function cancelJob(
  writer: Writer,
  reach: Reach,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<JobView> {
  const job = await getJob(writer, reach, { id })
  demand(whyNotCancel(job))
  await writer
    .updateTable('platform.job')
    .set((eb) => ({
      cancel_requested: true,
      state: sql<string>`case when state = 'waiting' then 'cancelled' else state end`,
      ended_at: eb.case().when('state', '=', 'waiting').then(now).else(eb.ref('ended_at')).end(),
    }))
    .where('id', '=', id)
    .execute()
  return getJob(writer, reach, { id })
}

function jobs(reader: Reader, reach: Reach, unasked: readonly string[]) {
  return reader
    .selectFrom('platform.job as j')
    .leftJoin('agencies.authority as a', 'a.id', 'j.authority_id')
    .leftJoin('agencies.person as p', 'p.id', 'j.requested_by')
    .selectAll('j')
    .select(['p.name as person_name', sql<string>`j.created_at::text`.as('exact_at')])
    .where((eb) =>
      eb.or([
        within(reach, { person: 'j.requested_by', authority: 'j.authority_id', division: 'a.division_code' }),
        eb.and([
          eb('j.requested_by', 'is', null),
          eb('j.kind', '=', sql<string>`any(${[...unasked]}::text[])`),
        ]),
      ]),
    )
}

type JobRow = Awaited<ReturnType<ReturnType<typeof jobs>['execute']>>[number]

function jobOf(row: JobRow): JobView {
  const state = row.state as JobView['state']
  return {
    id: row.id,
    kind: row.kind,
    state,
    done: row.done,
    total: row.total,
    step: row.step,
    result: row.result,
    failure: row.failure as JobView['failure'],
    attempts: row.attempts,
    requestedBy: row.person_name,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    can: { cancel: canOf(whyNotCancel({ state })) },
  }
}
