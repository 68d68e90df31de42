// 抽查任务: every statement that reads tasks, and those that others of this feature move them by.

import { sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Figures } from '../scope/scope.schema.ts'
import type { TaskFacts } from '../shapes.ts'

/** Which tasks are asked for; `after` is the id of the last of the page before. */
export interface TaskFilter {
  readonly q?: string | undefined
  readonly year?: number | undefined
  readonly state?: string | undefined
  readonly authority?: string | undefined
  readonly line?: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export async function listTasks(
  reader: Reader,
  reach: Reach,
  filter: TaskFilter,
): Promise<readonly TaskRow[]> {
  const { q, year, state, authority, line, after, limit } = filter
  const rows = await shown(reader, reach)
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('t.name', 'like', containing(q!)), eb('t.number', 'like', containing(q!))]),
      ),
    )
    .$if(year !== undefined, (query) => query.where('t.year', '=', year!))
    .$if(state !== undefined, (query) => query.where('t.state', '=', state!))
    .$if(authority !== undefined, (query) =>
      query.where(sql<boolean>`t.party_ids @> array[${authority}::uuid]`),
    )
    .$if(line !== undefined, (query) => query.where('t.plan_line_id', '=', line!))
    .$if(after !== undefined, (query) => query.where('t.id', '<', after!))
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(taskOf)
}

/** A task. */
export async function findTask(reader: Reader, reach: Reach, id: string): Promise<TaskRow | undefined> {
  const row = await shown(reader, reach).where('t.id', '=', id).executeTakeFirst()
  return row && taskOf(row)
}

/** A task that nobody else changes until the transaction ends. */
export async function lockTask(writer: Writer, reach: Reach, id: string): Promise<TaskRow | undefined> {
  const row = await shown(writer, reach).where('t.id', '=', id).forUpdate('t').executeTakeFirst()
  return row && taskOf(row)
}

/** The same, for the system's own steps: asks for no reach. */
export async function lockTaskItself(writer: Writer, id: string): Promise<TaskRow | undefined> {
  const row = await all(writer).where('t.id', '=', id).forUpdate('t').executeTakeFirst()
  return row && taskOf(row)
}

/** A task, for what follows from it: asks for no reach. */
export async function taskItself(reader: Reader, id: string): Promise<TaskRow | undefined> {
  const row = await all(reader).where('t.id', '=', id).executeTakeFirst()
  return row && taskOf(row)
}

/** The tasks that rest on a line of a plan and are being agreed on, or agreed. Asks for no reach: for a rule, not a screen. */
export async function tasksRestingOn(reader: Reader, lineId: string): Promise<readonly TaskRow[]> {
  const rows = await all(reader)
    .where('t.plan_line_id', '=', lineId)
    .where('t.state', 'in', ['consulting', 'agreed'])
    .orderBy('t.id')
    .execute()
  return rows.map(taskOf)
}

/** Who was ever asked to take part in tasks, the lead first. Asks for no reach: of tasks that were found within one. */
export function partsOfTasks(reader: Reader, taskIds: readonly string[]) {
  return reader
    .selectFrom('tasks.participation as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .select(['p.task_id as taskId', 'p.authority_id as authorityId', 'a.name as authorityName'])
    .select(['p.is_lead as isLead', 'p.state', 'p.members'])
    .where(sql<boolean>`p.task_id = any(${[...taskIds]}::uuid[])`)
    .orderBy('p.is_lead', 'desc')
    .orderBy('a.name')
    .execute()
}

export type PartLine = Awaited<ReturnType<typeof partsOfTasks>>[number]

/** What authorities are called. Asks for no reach: whoever may take part is public. */
export function partNames(reader: Reader, ids: readonly string[]) {
  return reader
    .selectFrom('agencies.authority')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** Who is a party of a task: sees it while it is nobody else's business. The lead always is. */
export async function setParties(writer: Writer, id: string, authorityIds: readonly string[]): Promise<void> {
  await writer
    .updateTable('tasks.task')
    .set((eb) => ({
      party_ids: sql<
        string[]
      >`array(select distinct unnest(${[...authorityIds]}::uuid[] || lead_authority_id) order by 1)`,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

type Shown = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]

/** A task with the names that go with it. */
export type TaskRow = Omit<Shown, keyof TaskFacts> & TaskFacts & { readonly figures: Figures | null }

/** As the rules know it: what is kept in columns of text and JSON is what was written there. */
function taskOf(row: Shown): TaskRow {
  return row as unknown as TaskRow
}

function shown(reader: Reader, reach: Reach) {
  return all(reader).where(within(reach, { authorities: 't.party_ids', division: 't.open_division_code' }))
}

function all(reader: Reader) {
  return reader
    .selectFrom('tasks.task as t')
    .innerJoin('agencies.authority as a', 'a.id', 't.lead_authority_id')
    .innerJoin('agencies.division as d', 'd.code', 't.division_code')
    .innerJoin('agencies.person as p', 'p.id', 't.drafted_by')
    .leftJoin('agencies.person as q', 'q.id', 't.dispatched_by')
    .leftJoin('agencies.person as e', 'e.id', 't.ended_by')
    .select(['t.id', 't.version', 't.number', 't.name', 't.year', 't.serial', 't.field', 't.tier', 't.mode'])
    .select(['t.scope', 't.design', 't.methods', 't.matching', 't.round', 't.state', 't.figures'])
    .select(['a.name as leadAuthorityName', 'd.name as divisionName', 'p.name as draftedByName'])
    .select([
      't.division_code as divisionCode',
      't.lead_authority_id as leadAuthorityId',
      't.plan_line_id as planLineId',
      't.plan_line_version as planLineVersion',
      't.draw_no as drawNo',
      't.narrowed_reason as narrowedReason',
      't.replaces_task_id as replacesTaskId',
      't.outside_ground as outsideGround',
      't.outside_note as outsideNote',
      't.outside_evidence as outsideEvidence',
      't.cap_ground as capGround',
      't.cap_note as capNote',
      't.cross_region as crossRegion',
      't.draw_type as drawType',
      't.draw_level as drawLevel',
      't.inspect_level as inspectLevel',
      't.strata_by as strataBy',
      't.waived_exclusions as waived',
      't.starts_on as startsOn',
      't.ends_on as endsOn',
      't.team_count as teamCount',
      't.load_cap as loadCap',
      't.tau_hundredths as tauHundredths',
      't.drawn_list_published as drawnListPublished',
      't.reply_by as replyBy',
      't.party_ids as partyIds',
      't.law_version as lawVersion',
      't.figures_at as figuresAt',
      't.drafted_by as draftedById',
      't.drafter_ids as drafterIds',
      't.dispatched_by as dispatchedById',
      'q.name as dispatchedByName',
      't.dispatched_at as dispatchedAt',
      't.agreed_at as agreedAt',
      't.ended_by as endedById',
      'e.name as endedByName',
      't.end_reason as endReason',
    ])
}
