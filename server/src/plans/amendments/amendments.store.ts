// 计划调整: every statement about amendments.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { grouped } from '../../registers/index.ts'
import { PLAN_PLACE } from '../plans/plans.store.ts'
import type { AmendmentState, Change } from './amendments.rules.ts'

/** Which amendments are asked for. */
export interface AmendmentFilter {
  readonly planId?: string
  readonly state?: AmendmentState
  readonly limit: number
}

/** The latest first. */
export async function listAmendments(
  reader: Reader,
  reach: Reach,
  { planId, state, limit }: AmendmentFilter,
): Promise<AmendmentRow[]> {
  const rows = await shown(reader, reach)
    .$if(planId !== undefined, (query) => query.where('m.plan_id', '=', planId!))
    .$if(state !== undefined, (query) => query.where('m.state', '=', state!))
    .orderBy('m.plan_id')
    .orderBy('m.number', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as AmendmentRow[]
}

/** An amendment. */
export async function findAmendment(
  reader: Reader,
  reach: Reach,
  id: string,
): Promise<AmendmentRow | undefined> {
  const row = await shown(reader, reach).where('m.id', '=', id).executeTakeFirst()
  return row as unknown as AmendmentRow | undefined
}

/** The changes of amendments, in order: the last set of each. */
export async function changesOf(
  reader: Reader,
  amendmentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ChangeRow[]>> {
  const rows = await reader
    .selectFrom('plans.amendment_change as c')
    .leftJoin('plans.plan_line as l', 'l.id', 'c.line_id')
    .select(['c.amendment_id as amendmentId', 'c.op', 'c.line_id as lineId', 'c.before', 'c.after'])
    .select(['c.line_version as lineVersion', 'l.number as lineNumber', 'l.task_name as taskName'])
    .where(sql<boolean>`c.amendment_id = any(${[...amendmentIds]}::uuid[])`)
    .where('c.set_number', '=', (eb) =>
      eb
        .selectFrom('plans.amendment_change as last')
        .select((most) => most.fn.max('last.set_number').as('set'))
        .whereRef('last.amendment_id', '=', 'c.amendment_id'),
    )
    .orderBy('c.ordinal')
    .execute()
  return grouped(rows as unknown as readonly ChangeRow[], ({ amendmentId }) => amendmentId)
}

/** A change as it is read, with the line as it stands. */
export interface ChangeRow extends Change {
  readonly amendmentId: string
  readonly lineNumber: number | null
  readonly taskName: string | null
}

/** What authorities and items are called, by id. */
export async function namesAmong(
  reader: Reader,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from agencies.authority where id = any(${[...ids]}::uuid[])
    union all
    select id, name from registers.inspection_item where id = any(${[...ids]}::uuid[])`.execute(reader)
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

export async function insertAmendment(
  writer: Writer,
  amendment: {
    readonly id: string
    readonly planId: string
    readonly divisionCode: string
    readonly reasonCode: string
    readonly reason: string
    readonly madeBy: string
    readonly changes: readonly Change[]
  },
): Promise<void> {
  const { last } = await writer
    .selectFrom('plans.amendment')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'))
    .where('plan_id', '=', amendment.planId)
    .executeTakeFirstOrThrow()
  await writer
    .insertInto('plans.amendment')
    .values({
      id: amendment.id,
      plan_id: amendment.planId,
      division_code: amendment.divisionCode,
      number: last + 1,
      reason_code: amendment.reasonCode,
      reason: amendment.reason.normalize('NFC'),
      state: 'draft',
      made_by: amendment.madeBy,
      drafter_ids: [amendment.madeBy],
    })
    .execute()
  await insertChanges(writer, amendment.id, amendment.changes)
}

/** What a step writes beside the state; what is left out stays as it is. */
export interface AmendmentStep {
  readonly state?: AmendmentState
  readonly reasonCode?: string | undefined
  readonly reason?: string | undefined
  /** Who wrote it anew: one of its drafters from now on. */
  readonly draftedBy?: string
  readonly proposedBy?: string
  readonly proposedAt?: Date
  readonly decidedBy?: string
  readonly decidedAt?: Date
  readonly decisionNote?: string | null
  readonly publishedOn?: string
}

export async function stepAmendment(writer: Writer, id: string, step: AmendmentStep): Promise<void> {
  const { state, reasonCode, reason, draftedBy, proposedBy, proposedAt } = step
  const { decidedBy, decidedAt, decisionNote, publishedOn } = step
  await writer
    .updateTable('plans.amendment')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(state === undefined ? {} : { state }),
      ...(reasonCode === undefined ? {} : { reason_code: reasonCode }),
      ...(reason === undefined ? {} : { reason: reason.normalize('NFC') }),
      ...(draftedBy === undefined
        ? {}
        : {
            drafter_ids: sql<
              string[]
            >`(select array_agg(distinct id) from unnest(drafter_ids || ${draftedBy}::uuid) as id)`,
          }),
      ...(proposedBy === undefined ? {} : { proposed_by: proposedBy }),
      ...(proposedAt === undefined ? {} : { proposed_at: proposedAt }),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(decidedAt === undefined ? {} : { decided_at: decidedAt }),
      ...(decisionNote === undefined ? {} : { decision_note: decisionNote }),
      ...(publishedOn === undefined ? {} : { published_on: publishedOn }),
    }))
    .where('id', '=', id)
    .execute()
}

/** Writes the next set of the changes of an amendment, in place of the one before. */
export async function insertChanges(
  writer: Writer,
  amendmentId: string,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const { last } = await writer
    .selectFrom('plans.amendment_change')
    .select((eb) => eb.fn.coalesce(eb.fn.max('set_number'), sql<number>`0`).as('last'))
    .where('amendment_id', '=', amendmentId)
    .executeTakeFirstOrThrow()
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await writer
    .insertInto('plans.amendment_change')
    .values(
      changes.map((change, at) => ({
        amendment_id: amendmentId,
        set_number: last + 1,
        ordinal: at + 1,
        op: change.op,
        line_id: change.lineId,
        line_version: change.lineVersion,
        before: json(change.before),
        after: json(change.after),
      })),
    )
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return (
    reader
      .selectFrom('plans.amendment as m')
      .innerJoin('plans.plan as p', 'p.id', 'm.plan_id')
      .leftJoin('agencies.person as w', 'w.id', 'm.made_by')
      .leftJoin('agencies.person as r', 'r.id', 'm.proposed_by')
      .leftJoin('agencies.person as q', 'q.id', 'm.decided_by')
      .select(['m.id', 'm.version', 'm.number', 'm.reason', 'm.state', 'm.plan_id as planId'])
      .select([
        'm.reason_code as reasonCode',
        'm.made_by as madeById',
        'm.drafter_ids as drafterIds',
        'w.name as madeByName',
        'm.proposed_by as proposedById',
        'r.name as proposedByName',
        'm.proposed_at as proposedAt',
        'm.decided_by as decidedById',
        'q.name as decidedByName',
        'm.decided_at as decidedAt',
        'm.decision_note as decisionNote',
        'm.published_on as publishedOn',
        'p.title as planTitle',
        'p.authority_id as authorityId',
      ])
      // What is not published yet is the parties' alone, though the plan itself is open to all.
      .where((eb) =>
        eb.or([
          within(reach, { authorities: PLAN_PLACE.authorities }),
          eb.and([within(reach, PLAN_PLACE), eb('m.state', '=', 'published')]),
        ]),
      )
  )
}

type Raw = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

/** An amendment as it is read. */
export interface AmendmentRow extends Omit<Raw, 'state'> {
  readonly state: AmendmentState
}
