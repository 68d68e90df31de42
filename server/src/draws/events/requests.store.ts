// 跳过和作废: every statement about what was proposed, and who decided.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { RequestFacts, RequestKind, RequestState } from './requests.rules.ts'

/** The requests of a draw, the newest first. Asks for no reach: of a draw that was found within one. */
export async function requestsOf(reader: Reader, drawId: string): Promise<readonly RequestRow[]> {
  const rows = await all(reader).where('r.draw_id', '=', drawId).orderBy('r.id', 'desc').execute()
  return rows.map(rowOf)
}

/** One, of a draw that an authority leads or oversees. */
export async function findRequest(reader: Reader, reach: Reach, id: string): Promise<RequestRow | undefined> {
  const row = await reached(reader, reach).where('r.id', '=', id).executeTakeFirst()
  return row && rowOf(row)
}

/** Those that wait, of the draws that an authority leads or oversees. */
export async function proposedRequests(
  reader: Reader,
  reach: Reach,
  limit: number,
): Promise<readonly RequestRow[]> {
  const rows = await reached(reader, reach)
    .where('r.state', '=', 'proposed')
    .orderBy('r.id')
    .limit(limit)
    .execute()
  return rows.map(rowOf)
}

export async function insertRequest(
  writer: Writer,
  asked: {
    readonly id: string
    readonly drawId: string
    readonly kind: RequestKind
    readonly code: string | null
    readonly reason: string
    readonly statement: string
    readonly evidence: string
    readonly by: string
    readonly now: Date
  },
): Promise<void> {
  const { drawId, by, now, ...rest } = asked
  await writer
    .insertInto('draws.draw_request')
    .values({ ...rest, draw_id: drawId, state: 'proposed', proposed_by: by, proposed_at: now })
    .execute()
}

/** Somebody decided, or took it back. */
export async function decideRequest(
  writer: Writer,
  id: string,
  decided: { readonly state: RequestState; readonly by: string; readonly now: Date; readonly n?: number },
): Promise<void> {
  await writer
    .updateTable('draws.draw_request')
    .set({
      state: decided.state,
      decided_by: decided.by,
      decided_at: decided.now,
      event_n: decided.n ?? null,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

type Shown = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]
/** One with the names that go with it. */
export type RequestRow = Omit<Shown, keyof RequestFacts> & RequestFacts

function rowOf(row: Shown): RequestRow {
  return row as unknown as RequestRow
}

function reached(reader: Reader, reach: Reach) {
  return all(reader).where((eb) =>
    eb.or([
      within(reach, { authority: 'd.lead_authority_id' }),
      within(reach, { authority: 'd.oversight_authority_id' }),
    ]),
  )
}

function all(reader: Reader) {
  return reader
    .selectFrom('draws.draw_request as r')
    .innerJoin('draws.draw as d', 'd.id', 'r.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('agencies.person as p', 'p.id', 'r.proposed_by')
    .leftJoin('agencies.person as x', 'x.id', 'r.decided_by')
    .select(['r.id', 'r.version', 'r.kind', 'r.code', 'r.reason', 'r.statement', 'r.evidence', 'r.state'])
    .select([
      'd.name as drawName',
      't.name as taskName',
      'p.name as proposedByName',
      'x.name as decidedByName',
    ])
    .select([
      'r.draw_id as drawId',
      'd.lead_authority_id as leadAuthorityId',
      'd.oversight_authority_id as oversightAuthorityId',
      'r.proposed_by as proposedById',
      'r.proposed_at as proposedAt',
      'r.decided_by as decidedById',
      'r.decided_at as decidedAt',
      'r.event_n as eventN',
    ])
}
