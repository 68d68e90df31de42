// 任务安排: every statement about the lines of plans.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { containing } from '../../platform/database/like.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { grouped } from '../../registers/index.ts'
import { PLAN_PLACE } from '../plans/plans.store.ts'
import type { LineFacts, PlanField, PlanKind, PlanState } from '../shapes.ts'
import type { LineEdit } from './lines.schema.ts'
import { insertParts, ordered, partsIn, partsOf, type WrittenPart } from './parts.store.ts'
import { columnsOf, type LineColumns } from './columns.store.ts'

/** Which lines of a plan are asked for; `after` is the number of the last of the page before. */
export interface LineFilter {
  readonly planId: string
  readonly lead?: string | undefined
  readonly joint?: boolean | undefined
  readonly ended?: boolean | undefined
  /** Letters of the name, or the number. */
  readonly q?: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** By number, one more than the limit. */
export async function listLines(reader: Reader, reach: Reach, filter: LineFilter): Promise<PlanLine[]> {
  const { planId, lead, joint, ended, q, after, limit } = filter
  const rows = await shown(reader)
    .where(within(reach, PLAN_PLACE))
    .where('l.plan_id', '=', planId)
    .$if(lead !== undefined, (query) => query.where('l.lead_authority_id', '=', lead!))
    .$if(joint === true, (query) => query.where('l.mode', 'is not', null))
    .$if(ended !== true, (query) => query.where('l.state', '=', 'planned'))
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('l.task_name', 'like', containing(q!)),
          ...(/^\d{1,6}$/.test(q!) ? [eb('l.number', '=', Number(q))] : []),
        ]),
      ),
    )
    .$if(after !== undefined, (query) => query.where('l.number', '>', Number(after![0])))
    .orderBy('l.number')
    .limit(limit + 1)
    .execute()
  return withParts(reader, rows)
}

/** A line with its plan. */
export async function findLine(reader: Reader, reach: Reach, id: string): Promise<PlanLine | undefined> {
  const rows = await shown(reader).where(within(reach, PLAN_PLACE)).where('l.id', '=', id).execute()
  return (await withParts(reader, rows))[0]
}

/** The same, for what rests on a line already: asks for no reach. */
export async function lineItself(reader: Reader, id: string): Promise<PlanLine | undefined> {
  const rows = await shown(reader).where('l.id', '=', id).execute()
  return (await withParts(reader, rows))[0]
}

/** A line that nobody else changes until the transaction ends. */
export async function lockLine(writer: Writer, reach: Reach, id: string): Promise<PlanLine | undefined> {
  const rows = await shown(writer)
    .where(within(reach, PLAN_PLACE))
    .where('l.id', '=', id)
    .forUpdate(['p', 'l'])
    .execute()
  return (await withParts(writer, rows))[0]
}

/** Nobody changes a line or its plan until the transaction ends; others may rest on it too. Asks for no reach: as `lineItself`. */
export async function holdLine(writer: Writer, id: string): Promise<void> {
  await writer
    .selectFrom('plans.plan as p')
    .innerJoin('plans.plan_line as l', 'l.plan_id', 'p.id')
    .select('p.id')
    .where('l.id', '=', id)
    .forShare('p')
    .execute()
}

/** The lines of plans that stand, by number. Asks for no reach: of plans that were found within one. */
export async function linesOf(reader: Reader, planIds: readonly string[]): Promise<PlanLine[]> {
  const rows = await shown(reader)
    .where(sql<boolean>`l.plan_id = any(${[...planIds]}::uuid[])`)
    .where('l.state', '=', 'planned')
    .orderBy('l.plan_id')
    .orderBy('l.number')
    .execute()
  return withParts(reader, rows)
}

/** Lines of any plans within a reach. */
export async function linesSeen(reader: Reader, reach: Reach, ids: readonly string[]): Promise<PlanLine[]> {
  const rows = await shown(reader)
    .where(within(reach, PLAN_PLACE))
    .where(sql<boolean>`l.id = any(${[...ids]}::uuid[])`)
    .execute()
  return withParts(reader, rows)
}

/** The lines of a plan by their ids, ended ones too; fewer where one is none of it. */
export async function linesAmong(
  reader: Reader,
  planId: string,
  ids: readonly string[],
): Promise<PlanLine[]> {
  const rows = await shown(reader)
    .where('l.plan_id', '=', planId)
    .where(sql<boolean>`l.id = any(${[...ids]}::uuid[])`)
    .execute()
  return withParts(reader, rows)
}

/** A new line: what is said of it, and where it was taken from. */
export interface WrittenLine extends LineColumns {
  readonly id: string
  readonly sourceLineIds?: readonly string[] | undefined
  readonly parts: readonly WrittenPart[]
}

/** Adds lines to a plan that is locked, in order, after those that it has. One statement for the lines, one for their parts. */
export async function insertLines(
  writer: Writer,
  plan: { readonly id: string; readonly divisionCode: string },
  lines: readonly WrittenLine[],
): Promise<void> {
  if (lines.length === 0) return
  const { last } = await writer
    .selectFrom('plans.plan_line')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'))
    .where('plan_id', '=', plan.id)
    .executeTakeFirstOrThrow()
  const rows = lines.map((line, at) => ({
    ...columnsOf(line),
    id: line.id,
    plan_id: plan.id,
    division_code: plan.divisionCode,
    number: last + at + 1,
    source_line_ids: [...(line.sourceLineIds ?? [])],
  }))
  await writer
    .insertInto('plans.plan_line')
    .values(rows as never)
    .execute()
  await insertParts(
    writer,
    lines.map(({ id, parts, leadAuthorityId }) => ({
      lineId: id,
      set: 1,
      parts: ordered(parts, leadAuthorityId ?? ''),
    })),
  )
}

/** Changes a line; `parts`, where given, take the place of those before. */
export async function updateLine(
  writer: Writer,
  id: string,
  edit: LineEdit & { readonly sourceLineIds?: readonly string[] },
): Promise<void> {
  const { parts, sourceLineIds } = edit
  const { part_set: set, lead_authority_id: lead } = await writer
    .updateTable('plans.plan_line')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...columnsOf(edit),
      ...(sourceLineIds === undefined ? {} : { source_line_ids: [...sourceLineIds] }),
      ...(parts === undefined ? {} : { part_set: eb('part_set', '+', 1) }),
    }))
    .where('id', '=', id)
    .returning(['part_set', 'lead_authority_id'])
    .executeTakeFirstOrThrow()
  if (parts !== undefined) await insertParts(writer, [{ lineId: id, set, parts: ordered(parts, lead) }])
}

/** A line is no longer in its plan. */
export async function endLine(writer: Writer, id: string): Promise<void> {
  await writer
    .updateTable('plans.plan_line')
    .set((eb) => ({ version: eb('version', '+', 1), state: 'ended' }))
    .where('id', '=', id)
    .execute()
}

/** A line as it is read: with what decides, what is shown, and the plan that it stands in. */
export interface PlanLine extends LineFacts {
  readonly leadAuthorityName: string
  readonly guidedBy: string | null
  readonly unit: string | null
  readonly content: string | null
  readonly requirement: string | null
  readonly remark: string | null
  readonly jointItemId: string | null
  readonly sourceLineIds: readonly string[]
  readonly divisionCode: string
  readonly planState: PlanState
  readonly planKind: PlanKind
  readonly planField: PlanField
  readonly planYear: number
  readonly planPublishedOn: string | null
  readonly planAuthorityId: string
  readonly partyIds: readonly string[]
  readonly openDivisionCode: string | null
  /** The items of its parts, by id. */
  readonly items: ReadonlyMap<string, ItemOfLine>
}

export interface ItemOfLine {
  readonly id: string
  readonly code: string
  readonly name: string
}

async function withParts(reader: Reader, rows: readonly LineRow[]): Promise<PlanLine[]> {
  const parts = grouped(
    await partsOf(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ lineId }) => lineId,
  )
  return rows.map((row) => {
    const own = parts.get(row.id) ?? []
    const named = own.flatMap(({ itemId, itemCode, itemName }) =>
      itemId === null ? [] : [{ id: itemId, code: itemCode ?? '', name: itemName ?? '' }],
    )
    // The database holds each of its codes to its list.
    return {
      ...row,
      parts: partsIn(own),
      items: new Map(named.map((item) => [item.id, item])),
    } as unknown as PlanLine
  })
}

function shown(reader: Reader) {
  return reader
    .selectFrom('plans.plan_line as l')
    .innerJoin('plans.plan as p', 'p.id', 'l.plan_id')
    .innerJoin('agencies.authority as a', 'a.id', 'l.lead_authority_id')
    .select(['l.id', 'l.version', 'l.number', 'l.code', 'l.tier', 'l.field', 'l.mode', 'l.unit', 'l.object'])
    .select([
      'l.scope',
      'l.content',
      'l.ratio',
      'l.quantity',
      'l.batches',
      'l.draws',
      'l.methods',
      'l.requirement',
    ])
    .select(['l.remark', 'l.unmatched', 'l.state'])
    .select([
      'l.plan_id as planId',
      'l.task_name as taskName',
      'l.draw_type as drawType',
      'l.cross_region as crossRegion',
      'l.lead_authority_id as leadAuthorityId',
      'a.name as leadAuthorityName',
      'l.guided_by as guidedBy',
      'l.full_coverage as fullCoverage',
      'l.class_ratios as classRatios',
      'l.frequency_least as frequencyLeast',
      'l.frequency_most as frequencyMost',
      'l.starts_on as startsOn',
      'l.ends_on as endsOn',
      'l.draw_level as drawLevel',
      'l.inspect_level as inspectLevel',
      'l.joint_item_id as jointItemId',
      'l.source_line_ids as sourceLineIds',
      'p.division_code as divisionCode',
      'p.state as planState',
      'p.kind as planKind',
      'p.field as planField',
      'p.year as planYear',
      'p.published_on as planPublishedOn',
      'p.authority_id as planAuthorityId',
      'p.party_ids as partyIds',
      'p.open_division_code as openDivisionCode',
    ])
}
type LineRow = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>
