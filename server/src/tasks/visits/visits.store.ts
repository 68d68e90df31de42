// 检查频次台账: every statement about visits.

import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'

/** Which visits are asked for; `after` is the id of the last of the page before. */
export interface VisitFilter {
  readonly subject?: string | undefined
  readonly year?: number | undefined
  readonly division?: string | undefined
  /** Declared and not confirmed; such that count; taken back. */
  readonly state?: 'pending' | 'confirmed' | 'withdrawn' | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** The one written down last first, one more than the limit. */
export function listVisits(reader: Reader, reach: Reach, filter: VisitFilter) {
  const { subject, year, division, state, after, limit } = filter
  return shown(reader, reach)
    .$if(subject !== undefined, (query) => query.where('v.subject_id', '=', subject!))
    .$if(year !== undefined, (query) => query.where('v.year', '=', year!))
    .$if(division !== undefined, (query) =>
      query.where('v.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(state !== undefined, (query) => query.where(STATE[state!]))
    .$if(after !== undefined, (query) => query.where('v.id', '<', after!))
    .orderBy('v.id', 'desc')
    .limit(limit + 1)
    .execute()
}

const STATE = {
  pending: sql<boolean>`(v.source = 'declared' and v.confirmed_at is null and v.withdrawn_at is null)`,
  confirmed: sql<boolean>`((v.source = 'task' or v.confirmed_at is not null) and v.withdrawn_at is null)`,
  withdrawn: sql<boolean>`(v.withdrawn_at is not null)`,
} as const

export type VisitRow = Awaited<ReturnType<typeof listVisits>>[number]

/** A visit that nobody else changes until the transaction ends. */
export function lockVisit(
  writer: Writer,
  reach: Reach,
  { division, id }: { readonly division: string; readonly id: string },
): Promise<VisitRow | undefined> {
  return shown(writer, reach)
    .where('v.division_code', '=', division)
    .where('v.id', '=', id)
    .forUpdate('v')
    .executeTakeFirst()
}

/** A visit. */
export function findVisit(
  reader: Reader,
  reach: Reach,
  { division, id }: { readonly division: string; readonly id: string },
): Promise<VisitRow | undefined> {
  return shown(reader, reach)
    .where('v.division_code', '=', division)
    .where('v.id', '=', id)
    .executeTakeFirst()
}

/** A visit that took place: one row, however many authorities came. Also the door of the inspections. */
export async function recordVisit(
  writer: Writer,
  visit: {
    readonly id: string
    readonly divisionCode: string
    readonly subjectId: string
    readonly onDay: string
    readonly level: string
    readonly authorityIds: readonly string[]
    readonly taskId?: string | null
    readonly exemptionGround?: string | null | undefined
    readonly evidence?: string | null | undefined
    readonly evidenceId?: string | null
    readonly enteredBy?: string | null
  },
): Promise<void> {
  const {
    taskId = null,
    exemptionGround = null,
    evidence = null,
    evidenceId = null,
    enteredBy = null,
  } = visit
  await writer
    .insertInto('tasks.visit')
    .values({
      id: visit.id,
      division_code: visit.divisionCode,
      subject_id: visit.subjectId,
      year: Number(visit.onDay.slice(0, 4)),
      on_day: visit.onDay,
      level: visit.level,
      authority_ids: [...visit.authorityIds],
      task_id: taskId,
      source: taskId === null ? 'declared' : 'task',
      exemption_ground: exemptionGround,
      evidence: evidence?.normalize('NFC') ?? null,
      evidence_id: evidenceId,
      entered_by: enteredBy,
    })
    .execute()
}

/** A declared visit counts from now on. */
export async function confirmVisit(
  writer: Writer,
  { divisionCode, id }: Pick<VisitRow, 'divisionCode' | 'id'>,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  await writer
    .updateTable('tasks.visit')
    .set((eb) => ({ confirmed_at: at, confirmed_by: by, version: eb('version', '+', 1) }))
    .where('division_code', '=', divisionCode)
    .where('id', '=', id)
    .execute()
}

/** Takes a visit back: it no longer counts, and is still there. */
export async function withdrawVisit(
  writer: Writer,
  { divisionCode, id }: Pick<VisitRow, 'divisionCode' | 'id'>,
  { at, reason }: { readonly at: Date; readonly reason: string },
): Promise<void> {
  await writer
    .updateTable('tasks.visit')
    .set((eb) => ({
      withdrawn_at: at,
      withdrawal_reason: reason.normalize('NFC'),
      version: eb('version', '+', 1),
    }))
    .where('division_code', '=', divisionCode)
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('tasks.visit as v')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'v.subject_id').onRef('s.division_code', '=', 'v.division_code'),
    )
    .leftJoin('agencies.person as p', 'p.id', 'v.entered_by')
    .leftJoin('agencies.person as q', 'q.id', 'v.confirmed_by')
    .leftJoin('tasks.evidence as e', 'e.id', 'v.evidence_id')
    .select(['v.id', 'v.version', 'v.year', 'v.level', 'v.source', 'v.evidence'])
    .select([
      'v.division_code as divisionCode',
      'v.subject_id as subjectId',
      's.name as subjectName',
      's.code as subjectCode',
      'v.on_day as onDay',
      'v.authority_ids as authorityIds',
      'v.task_id as taskId',
      'v.exemption_ground as exemptionGround',
      'v.entered_by as enteredById',
      'p.name as enteredByName',
      'v.confirmed_by as confirmedById',
      'q.name as confirmedByName',
      'v.confirmed_at as confirmedAt',
      'e.hash as evidenceHash',
      'e.uploaded_at as declaredAt',
      'v.withdrawn_at as withdrawnAt',
      'v.withdrawal_reason as withdrawalReason',
    ])
    .select(AUTHORITIES.as('authorities'))
    .where(within(reach, { division: 'v.division_code', authorities: 'v.authority_ids' }))
}

const AUTHORITIES: RawBuilder<readonly { readonly id: string; readonly name: string }[]> = sql`(
  select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name)
    from agencies.authority a where a.id = any(v.authority_ids))`
