// 变动: every statement about changes of subjects.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { keyOf } from '../../platform/http/pages.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import type { ChangeKind, Changes } from './changes.rules.ts'

/** Which changes are asked for; `after` is the cursor of the page before. */
export interface ChangeFilter {
  readonly division?: string | undefined
  readonly subject?: string | undefined
  readonly kind?: string | undefined
  readonly state?: string | undefined
  readonly source?: string | undefined
  /** Only returns within so many days of leaving. */
  readonly returnedWithin?: number | undefined
  readonly proposedBy?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export function listChanges(reader: Reader, reach: Reach, filter: ChangeFilter) {
  const { division, subject, kind, state, source, returnedWithin, proposedBy, limit } = filter
  const after = keyOf(filter.after, ['instant', 'id'])
  return shown(reader)
    .where(within(reach, PLACE))
    .$if(division !== undefined, (query) => query.where(inDivision(division!)))
    .$if(subject !== undefined, (query) => query.where('c.subject_id', '=', subject!))
    .$if(kind !== undefined, (query) => query.where('c.kind', '=', kind!))
    .$if(state !== undefined, (query) => query.where('c.state', '=', state!))
    .$if(source !== undefined, (query) => query.where('c.source', '=', source!))
    .$if(proposedBy !== undefined, (query) => query.where('c.proposed_by', '=', proposedBy!))
    .$if(returnedWithin !== undefined, (query) =>
      query.where(
        sql<boolean>`c.kind = 'returned' and r.returned_at - r.left_at < make_interval(days => ${returnedWithin})`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(c.proposed_at, c.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('c.proposed_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type ChangeRow = Awaited<ReturnType<typeof listChanges>>[number]

/** A change. */
export function findChange(reader: Reader, reach: Reach, id: string): Promise<ChangeRow | undefined> {
  return shown(reader).where(within(reach, PLACE)).where('c.id', '=', id).executeTakeFirst()
}

/** What happened to a subject that is seen, wherever it stood; the newest first, one more than the limit. */
export function historyOf(
  reader: Reader,
  reach: Reach,
  subjectId: string,
  limit: number,
): Promise<ChangeRow[]> {
  return shown(reader)
    .where('c.subject_id', '=', subjectId)
    .where(
      sql<boolean>`exists (select from registers.subject o where o.id = ${subjectId} and ${within(reach, { division: 'o.division_code', authorities: 'o.authority_ids' })})`,
    )
    .orderBy('c.proposed_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** A change that is written down: done at once where nobody need decide on it. */
export interface NewChange {
  readonly id: string
  readonly divisionCode: string
  readonly subjectId: string
  readonly kind: ChangeKind
  readonly state: 'proposed' | 'effective'
  readonly fields: Changes
  readonly reason?: string | undefined
  readonly by: string | undefined
  readonly at: Date
  /** Who decided, where it stands for a decision that was made on another row. */
  readonly decidedBy?: string | undefined
}

export async function insertChange(writer: Writer, change: NewChange): Promise<void> {
  await writer
    .insertInto('registers.subject_change')
    .values({
      id: change.id,
      division_code: change.divisionCode,
      subject_id: change.subjectId,
      kind: change.kind,
      state: change.state,
      fields: JSON.stringify(change.fields),
      reason: change.reason ?? null,
      source: 'hand',
      proposed_by: change.by ?? null,
      proposed_at: change.at,
      decided_by: change.decidedBy ?? null,
      decided_at: change.state === 'proposed' ? null : change.at,
    })
    .execute()
}

/** Decides on a change. */
export async function decideChange(
  writer: Writer,
  { id, divisionCode }: Pick<ChangeRow, 'id' | 'divisionCode'>,
  decision: {
    readonly state: 'effective' | 'rejected' | 'withdrawn'
    /** Nobody, where the proposer took it back. */
    readonly by: string | null
    readonly at: Date
    readonly note?: string | undefined
  },
): Promise<void> {
  await writer
    .updateTable('registers.subject_change')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: decision.state,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_note: decision.note ?? null,
    }))
    .where('id', '=', id)
    .where('division_code', '=', divisionCode)
    .execute()
}

/** Whether an authority came to supervise a subject by a licence: the last change that added it says so. */
export async function cameByLicence(
  reader: Reader,
  { subjectId, authorityId }: { readonly subjectId: string; readonly authorityId: string },
): Promise<boolean> {
  const { rows } = await sql<{ byLicence: boolean }>`
    select fields ? 'licence' as "byLicence" from registers.subject_change
     where subject_id = ${subjectId} and state = 'effective' and fields ? 'authority_ids'
       and not (fields -> 'authority_ids' -> 0) ? ${authorityId} and (fields -> 'authority_ids' -> 1) ? ${authorityId}
     order by decided_at desc limit 1`.execute(reader)
  return rows[0]?.byLicence ?? false
}

/** What anybody may read of the changes of a division and all below it, the newest first. */
export function listPublicChanges(
  reader: Reader,
  {
    division,
    after,
    limit,
  }: { readonly division: string; readonly after?: string | undefined; readonly limit: number },
) {
  const key = keyOf(after, ['instant', 'id'])
  return shown(reader)
    .where('c.state', '=', 'effective')
    .where(inDivision(division))
    .$if(key !== undefined, (query) =>
      query.where(sql<boolean>`(c.decided_at, c.id) < (${key?.[0]}::timestamptz, ${key?.[1]}::uuid)`),
    )
    .orderBy('c.decided_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** How many subjects came back, since an instant, within so many days of leaving. */
export async function countReturns(
  reader: Reader,
  reach: Reach,
  { since, days }: { readonly since: Date; readonly days: number },
): Promise<{ readonly count: number; readonly last: Date | null }> {
  const { rows } = await sql<{ count: number; last: Date | null }>`
    select count(*)::int as count, max(r.returned_at) as last from registers.returned_subject r
     where r.returned_at >= ${since} and r.returned_at - r.left_at < make_interval(days => ${days})
       and ${within(reach, { division: 'r.division_code' })}`.execute(reader)
  return rows[0] ?? { count: 0, last: null }
}

const PLACE = { division: 'c.division_code', authorities: 's.authority_ids' } as const

/** A county is one range of the index; of a wider area the newest are sought in the order of time. */
function inDivision(code: string) {
  const prefix = divisionPrefix(code)
  return prefix.length === 6
    ? sql<boolean>`c.division_code = ${code}`
    : sql<boolean>`c.division_code like ${`${prefix}%`}`
}

function shown(reader: Reader) {
  return reader
    .selectFrom('registers.subject_change as c')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'c.subject_id').onRef('s.division_code', '=', 'c.division_code'),
    )
    .leftJoin('agencies.division as d', 'd.code', 'c.division_code')
    .leftJoin('agencies.person as p', 'p.id', 'c.proposed_by')
    .leftJoin('agencies.person as e', 'e.id', 'c.decided_by')
    .leftJoin('registers.returned_subject as r', (join) =>
      join.onRef('r.return_change', '=', 'c.id').onRef('r.division_code', '=', 'c.division_code'),
    )
    .select(['c.id', 'c.version', 'c.kind', 'c.state', 'c.fields', 'c.reason', 'c.source'])
    .select([
      'c.subject_id as subjectId',
      'c.division_code as divisionCode',
      'c.import_id as importId',
      'c.proposed_by as proposedById',
      'c.proposed_at as proposedAt',
      'c.decided_by as decidedById',
      'c.decided_at as decidedAt',
      'c.decision_note as decisionNote',
      's.code as subjectCode',
      's.name as subjectName',
      's.kind as subjectKind',
      's.authority_ids as authorityIds',
      'd.name as divisionName',
      'p.name as proposedByName',
      'e.name as decidedByName',
      'r.left_at as leftAt',
      'r.returned_at as returnedAt',
    ])
    .select([
      sql<string>`c.proposed_at::text`.as('proposedKey'),
      sql<string | null>`c.decided_at::text`.as('decidedKey'),
    ])
}
