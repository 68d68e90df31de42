// 年度抽查工作计划: every statement about plans.

import { type RawBuilder, sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import type { PlanField, PlanKind, PlanState } from '../shapes.ts'
import type { Acknowledged } from './plans.rules.ts'

/** A plan is its parties' while it is drafted, and its division's once it is published. */
export const PLAN_PLACE = { authorities: 'p.party_ids', division: 'p.open_division_code' } as const

/** Which plans are asked for; `after` is the year and id of the last of the page before. */
export interface PlanFilter {
  readonly year?: number | undefined
  readonly kind?: string | undefined
  readonly authority?: string | undefined
  readonly state?: string | undefined
  readonly q?: string | undefined
  readonly division?: string | undefined
  /** Only what is published. */
  readonly open?: true
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** The latest year first, one more than the limit. */
export async function listPlans(reader: Reader, reach: Reach, filter: PlanFilter): Promise<PlanRow[]> {
  const { year, kind, authority, state, q, division, open, after, limit } = filter
  const rows = await shown(reader, reach)
    .$if(year !== undefined, (query) => query.where('p.year', '=', year!))
    .$if(kind !== undefined, (query) => query.where('p.kind', '=', kind!))
    .$if(authority !== undefined, (query) => query.where('p.authority_id', '=', authority!))
    .$if(state !== undefined, (query) => query.where('p.state', '=', state!))
    .$if(state === undefined, (query) => query.where('p.state', '<>', 'discarded'))
    .$if(open === true, (query) => query.where('p.open_division_code', 'is not', null))
    .$if(division !== undefined, (query) =>
      query.where('p.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(q !== undefined, (query) => query.where('p.title', 'like', containing(q!)))
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('p.year', 'p.id'), '<', eb.tuple(Number(after![0]), after![1]!))),
    )
    .orderBy('p.year', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(rowOf)
}

/** A plan. */
export async function findPlan(reader: Reader, reach: Reach, id: string): Promise<PlanRow | undefined> {
  const row = await shown(reader, reach).where('p.id', '=', id).executeTakeFirst()
  return row && rowOf(row)
}

/** A plan that nobody else changes, nor any of its lines, until the transaction ends. */
export async function lockPlan(writer: Writer, reach: Reach, id: string): Promise<PlanRow | undefined> {
  const row = await shown(writer, reach).where('p.id', '=', id).forUpdate('p').executeTakeFirst()
  return row && rowOf(row)
}

/** The names of authorities, in the order of the names. */
export function namesOf(reader: Reader, ids: readonly string[]) {
  return reader
    .selectFrom('agencies.authority')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy('name')
    .execute()
}

/** Whether a plan was ever submitted or filed. */
export async function isFiled(reader: Reader, planId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('plans.filing')
    .select('id')
    .where('plan_id', '=', planId)
    .where('state', '<>', 'withdrawn')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Which of some plans have an amendment that is not decided on. */
export async function openlyAmended(
  reader: Reader,
  planIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('plans.amendment')
    .select('plan_id')
    .where(sql<boolean>`plan_id = any(${[...planIds]}::uuid[])`)
    .where('state', 'in', ['draft', 'proposed'])
    .execute()
  return new Set(rows.map((row) => row.plan_id))
}

/** What is written of a new plan. */
export interface WrittenPlan {
  readonly id: string
  readonly divisionCode: string
  readonly authorityId: string
  readonly kind: PlanKind
  readonly year: number
  readonly half: number | null
  readonly title: string
  readonly field: PlanField
  readonly lawVersion: string
  readonly madeBy: string
}

export async function insertPlan(writer: Writer, plan: WrittenPlan): Promise<void> {
  await writer
    .insertInto('plans.plan')
    .values({
      id: plan.id,
      division_code: plan.divisionCode,
      authority_id: plan.authorityId,
      kind: plan.kind,
      year: plan.year,
      half: plan.half,
      title: plan.title.normalize('NFC'),
      field: plan.field,
      party_ids: [plan.authorityId],
      drafter_ids: [plan.madeBy],
      state: 'draft',
      law_version: plan.lawVersion,
      made_by: plan.madeBy,
    })
    .execute()
}

/** What a step writes beside the state; what is left out stays as it is. */
export interface PlanStep {
  readonly state?: PlanState
  readonly title?: string
  readonly lawVersion?: string
  readonly proposedBy?: string | null
  readonly proposedAt?: Date | null
  readonly decidedBy?: string | null
  readonly decidedAt?: Date | null
  readonly decisionNote?: string | null
  readonly acknowledged?: readonly Acknowledged[]
  readonly publishedBy?: string
  readonly publishedAt?: Date
  readonly publishedOn?: string
  readonly publishedIn?: string | null
  readonly libraryDueOn?: string | null
  readonly endedBy?: string
  readonly endReason?: string
}

/** Changes a plan. Its version counts the changes of its lines too. */
export async function stepPlan(writer: Writer, id: string, step: PlanStep = {}): Promise<void> {
  const written = Object.entries(step).flatMap(([name, value]) =>
    value === undefined ? [] : [[COLUMNS[name as keyof PlanStep], columnValue(name, value)] as const],
  )
  await writer
    .updateTable('plans.plan')
    .set((eb) => ({ version: eb('version', '+', 1), ...Object.fromEntries(written) }))
    .where('id', '=', id)
    .execute()
}

/** Changes what a draft says, or counts that a line of it changed; whoever did is one of its drafters from now on. */
export async function draftPlan(
  writer: Writer,
  id: string,
  drafterId: string,
  { title }: Pick<PlanStep, 'title'> = {},
): Promise<void> {
  await writer
    .updateTable('plans.plan')
    .set((eb) => ({
      version: eb('version', '+', 1),
      drafter_ids: united('drafter_ids', [drafterId]),
      ...(title === undefined ? {} : { title: title.normalize('NFC') }),
    }))
    .where('id', '=', id)
    .execute()
}

/** Others may see the draft from now on. */
export async function inviteTo(writer: Writer, id: string, authorityIds: readonly string[]): Promise<void> {
  await writer
    .updateTable('plans.plan')
    .set((eb) => ({
      version: eb('version', '+', 1),
      invited_ids: united('invited_ids', authorityIds),
      party_ids: united('party_ids', authorityIds),
    }))
    .where('id', '=', id)
    .execute()
}

/** Nothing is sent of a plan, taken back or decided on until the transaction ends. Asks for no reach: of a filing that was found. */
export async function lockParties(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('plans.plan').select('id').where('id', '=', id).forUpdate().execute()
}

/** After something was sent or taken back: its authority, whom it invited, and who has received it and keeps it. */
export async function settleParties(writer: Writer, id: string): Promise<void> {
  await sql`
    update plans.plan p set version = version + 1, party_ids = array(
             select distinct one from unnest(array[p.authority_id] || p.invited_ids || array(
               select f.receiver_id from plans.filing f where f.plan_id = p.id and f.state <> 'withdrawn')) one order by one)
     where p.id = ${id}`.execute(writer)
}

const COLUMNS = {
  state: 'state',
  title: 'title',
  lawVersion: 'law_version',
  proposedBy: 'proposed_by',
  proposedAt: 'proposed_at',
  decidedBy: 'decided_by',
  decidedAt: 'decided_at',
  decisionNote: 'decision_note',
  acknowledged: 'acknowledged',
  publishedBy: 'published_by',
  publishedAt: 'published_at',
  publishedOn: 'published_on',
  publishedIn: 'published_in',
  libraryDueOn: 'library_due_on',
  endedBy: 'ended_by',
  endReason: 'end_reason',
} as const satisfies Record<keyof PlanStep, string>

function columnValue(name: string, value: unknown): unknown {
  if (name === 'acknowledged') return JSON.stringify(value)
  return name === 'title' ? String(value).normalize('NFC') : value
}

function united(
  column: 'party_ids' | 'invited_ids' | 'drafter_ids',
  ids: readonly string[],
): RawBuilder<string[]> {
  return sql`(select array_agg(distinct id) from unnest(${sql.ref(column)} || ${[...ids]}::uuid[]) as id)`
}

/** Of the lines that stand, how many, and how many of them jointly. */
const LINES = sql<number>`(select count(*)::int from plans.plan_line l where l.plan_id = p.id and l.state = 'planned')`
const JOINT = sql<number>`(select count(*)::int from plans.plan_line l
  where l.plan_id = p.id and l.state = 'planned' and l.mode is not null)`

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('plans.plan as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .innerJoin('agencies.division as d', 'd.code', 'p.division_code')
    .leftJoin('agencies.person as r', 'r.id', 'p.proposed_by')
    .leftJoin('agencies.person as q', 'q.id', 'p.decided_by')
    .leftJoin('agencies.person as u', 'u.id', 'p.published_by')
    .select(['p.id', 'p.version', 'p.kind', 'p.year', 'p.half', 'p.title', 'p.field', 'p.state'])
    .select([
      'p.division_code as divisionCode',
      'd.name as divisionName',
      'p.open_division_code as openDivisionCode',
      'p.authority_id as authorityId',
      'a.name as authorityName',
      'p.party_ids as partyIds',
      'p.drafter_ids as drafterIds',
      'p.law_version as lawVersion',
      'p.proposed_by as proposedById',
      'r.name as proposedByName',
      'p.proposed_at as proposedAt',
      'p.decided_by as decidedById',
      'q.name as decidedByName',
      'p.decided_at as decidedAt',
      'p.decision_note as decisionNote',
      'p.acknowledged',
      'p.published_by as publishedById',
      'u.name as publishedByName',
      'p.published_on as publishedOn',
      'p.published_in as publishedIn',
      'p.library_due_on as libraryDueOn',
      'p.end_reason as endReason',
    ])
    .select([LINES.as('lines'), JOINT.as('jointLines')])
    .where(within(reach, PLAN_PLACE))
}

type Raw = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

/** A plan as it is read. */
export interface PlanRow extends Omit<Raw, 'kind' | 'field' | 'state' | 'acknowledged'> {
  readonly kind: PlanKind
  readonly field: PlanField
  readonly state: PlanState
  readonly acknowledged: readonly Acknowledged[]
}

// The database holds each to its list.
function rowOf(raw: Raw): PlanRow {
  return raw as unknown as PlanRow
}
