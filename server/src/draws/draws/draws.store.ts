// 抽取: every statement that reads draws, and those by which they are made and moved.

import { sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import type { Params } from '../../platform/refusal.ts'
import type { DrawFacts, DrawFigures, DrawState, FreezeFinding, Infeasible } from '../shapes.ts'

/** Which draws are asked for; `after` is the id of the last of the page before. */
export interface DrawFilter {
  readonly q?: string | undefined
  readonly year?: number | undefined
  readonly state?: string | undefined
  readonly division?: string | undefined
  readonly task?: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export async function listDraws(
  reader: Reader,
  reach: Reach,
  filter: DrawFilter,
): Promise<readonly DrawRow[]> {
  const { q, year, state, division, task, after, limit } = filter
  const rows = await shown(reader, reach)
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('d.name', 'like', containing(q!)), eb('t.name', 'like', containing(q!))]),
      ),
    )
    .$if(year !== undefined, (query) => query.where('t.year', '=', year!))
    .$if(state !== undefined, (query) => query.where('d.state', '=', state!))
    .$if(division !== undefined, (query) =>
      query.where('d.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(task !== undefined, (query) => query.where('d.task_id', '=', task!))
    .$if(after !== undefined, (query) => query.where('d.id', '<', after!))
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(drawOf)
}

/** A draw. */
export async function findDraw(reader: Reader, reach: Reach, id: string): Promise<DrawRow | undefined> {
  const row = await shown(reader, reach).where('d.id', '=', id).executeTakeFirst()
  return row && drawOf(row)
}

/** A committed draw by the name that stands in its manifests: what is committed is public. */
export async function findDrawByName(reader: Reader, name: string): Promise<DrawRow | undefined> {
  const row = await all(reader)
    .where('d.name', '=', name)
    .where('d.commit_hash', 'is not', null)
    .executeTakeFirst()
  return row && drawOf(row)
}

/** A draw, for the system's own steps: asks for no reach. */
export async function drawItself(reader: Reader, id: string): Promise<DrawRow | undefined> {
  const row = await all(reader).where('d.id', '=', id).executeTakeFirst()
  return row && drawOf(row)
}

/** A draw that nobody else moves until the transaction ends. */
export async function lockDraw(writer: Writer, reach: Reach, id: string): Promise<DrawRow | undefined> {
  const row = await shown(writer, reach).where('d.id', '=', id).forUpdate('d').executeTakeFirst()
  return row && drawOf(row)
}

/** The same, for the system's own steps: asks for no reach. */
export async function lockDrawItself(writer: Writer, id: string): Promise<DrawRow | undefined> {
  const row = await all(writer).where('d.id', '=', id).forUpdate('d').executeTakeFirst()
  return row && drawOf(row)
}

/** The draws of a task, the first one first. Asks for no reach: of a task that was found within one, or for a rule. */
export async function drawsOfTask(reader: Reader, taskId: string): Promise<readonly DrawRow[]> {
  const rows = await all(reader).where('d.task_id', '=', taskId).orderBy('d.serial').execute()
  return rows.map(drawOf)
}

/** The draws whose time to close is over. Asks for no reach: for the system's own step. */
export async function notClosedBy(reader: Reader, now: Date): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('draws.draw')
    .select('id')
    .where('state', 'in', ['committed', 'closing'])
    .where('close_by', '<', now)
    .orderBy('close_by')
    .execute()
  return rows.map(({ id }) => id)
}

/** What a draw is before anything was frozen for it. */
export interface NewDraw {
  readonly id: string
  readonly name: string
  readonly taskId: string
  readonly divisionCode: string
  readonly leadAuthorityId: string
  readonly oversightAuthorityId: string
  readonly partyIds: readonly string[]
  readonly serial: number
  readonly planRef: string
  readonly drawNo: number
  readonly supersedesId: string | null
  readonly isSealed: boolean
  readonly organiser: string | null
  readonly mode: 'teams' | 'subjects'
  readonly lawVersion: string
  readonly jobId: string
  readonly frozenById: string
  readonly now: Date
}

/** Begins a draw: its lists are being frozen. */
export async function insertDraw(writer: Writer, draw: NewDraw): Promise<void> {
  await writer
    .insertInto('draws.draw')
    .values({
      id: draw.id,
      name: draw.name,
      task_id: draw.taskId,
      division_code: draw.divisionCode,
      lead_authority_id: draw.leadAuthorityId,
      oversight_authority_id: draw.oversightAuthorityId,
      party_ids: sql`array(select distinct unnest(${[...draw.partyIds]}::uuid[]) order by 1)`,
      serial: draw.serial,
      plan_ref: draw.planRef,
      draw_no: draw.drawNo,
      supersedes_id: draw.supersedesId,
      state: 'freezing',
      is_sealed: draw.isSealed,
      organiser: draw.organiser,
      mode: draw.mode,
      law_version: draw.lawVersion,
      job_id: draw.jobId,
      frozen_by: draw.frozenById,
      frozen_at: draw.now,
    })
    .execute()
}

/** What an act changes of a draw; what is left out stays. JSON as values, not as text. */
export interface DrawPatch {
  readonly state: DrawState
  readonly jobId: string | null
  readonly failure: { readonly code: string; readonly params?: Params } | null
  readonly infeasible: readonly Infeasible[] | null
  readonly snapshotAt: Date
  readonly figures: DrawFigures
  readonly findings: readonly FreezeFinding[]
  /** The commitment as the frozen lists give it. */
  readonly prepared: unknown
  readonly secretsCipher: string
  readonly seq: number
  readonly closeBy: Date
  readonly certifyBy: Date
  readonly openAt: Date | null
  readonly openedAt: Date
  readonly commitHash: string
  readonly closeHash: string | null
  readonly certificateHash: string
  readonly committedById: string
  readonly committedAt: Date
  readonly closingById: string | null
  readonly closingAt: Date | null
  readonly preflightAt: Date | null
  readonly closedById: string
  readonly closedAt: Date
  readonly certifiedAt: Date
  readonly endedAt: Date
  readonly endReason: NonNullable<DrawFacts['endReason']>
}

const COLUMNS: Readonly<Record<keyof DrawPatch, string>> = {
  state: 'state',
  jobId: 'job_id',
  failure: 'failure',
  infeasible: 'infeasible',
  snapshotAt: 'snapshot_at',
  figures: 'figures',
  findings: 'findings',
  prepared: 'prepared',
  secretsCipher: 'secrets_cipher',
  seq: 'seq',
  closeBy: 'close_by',
  certifyBy: 'certify_by',
  openAt: 'open_at',
  openedAt: 'opened_at',
  commitHash: 'commit_hash',
  closeHash: 'close_hash',
  certificateHash: 'certificate_hash',
  committedById: 'committed_by',
  committedAt: 'committed_at',
  closingById: 'closing_by',
  closingAt: 'closing_at',
  preflightAt: 'preflight_at',
  closedById: 'closed_by',
  closedAt: 'closed_at',
  certifiedAt: 'certified_at',
  endedAt: 'ended_at',
  endReason: 'end_reason',
}
const JSON_COLUMNS: readonly string[] = ['failure', 'infeasible', 'figures', 'findings', 'prepared']

/** Moves or completes a draw that was locked before. */
export async function stepDraw(writer: Writer, id: string, patch: Partial<DrawPatch>): Promise<void> {
  const set = Object.entries(patch).flatMap(([key, value]) => {
    const column = COLUMNS[key as keyof DrawPatch]
    if (value === undefined) return []
    return [[column, JSON_COLUMNS.includes(column) && value !== null ? JSON.stringify(value) : value]]
  })
  await writer
    .updateTable('draws.draw')
    .set({ ...Object.fromEntries(set), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** What the freeze kept for the commitment, and the secrets in their cipher. Asks for no reach: for the acts themselves. */
export async function preparedOf(reader: Reader, id: string) {
  const row = await reader
    .selectFrom('draws.draw')
    .select(['prepared', 'secrets_cipher as secretsCipher', 'law_version as lawVersion'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row
}

type Shown = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]

/** A draw with the names that go with it. */
export type DrawRow = Omit<Shown, keyof DrawFacts> & DrawFacts

/** As the rules know it: what is kept in columns of text and JSON is what was written there. */
function drawOf(row: Shown): DrawRow {
  return row as unknown as DrawRow
}

function shown(reader: Reader, reach: Reach) {
  return all(reader).where(within(reach, { authorities: 'd.party_ids', division: 'd.open_division_code' }))
}

function all(reader: Reader) {
  return reader
    .selectFrom('draws.draw as d')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'd.lead_authority_id')
    .innerJoin('agencies.authority as o', 'o.id', 'd.oversight_authority_id')
    .innerJoin('agencies.division as v', 'v.code', 'd.division_code')
    .innerJoin('agencies.person as fp', 'fp.id', 'd.frozen_by')
    .leftJoin('agencies.person as cp', 'cp.id', 'd.committed_by')
    .leftJoin('agencies.person as gp', 'gp.id', 'd.closing_by')
    .leftJoin('agencies.person as lp', 'lp.id', 'd.closed_by')
    .leftJoin('draws.draw as s', 's.id', 'd.supersedes_id')
    .select(['d.id', 'd.version', 'd.name', 'd.serial', 'd.state', 'd.organiser', 'd.mode', 'd.failure'])
    .select(['d.infeasible', 'd.figures', 'd.findings', 'd.seq'])
    .select(['t.name as taskName', 't.number as taskNumber', 't.year', 'v.name as divisionName'])
    .select(['a.name as leadAuthorityName', 'o.name as oversightAuthorityName', 's.name as supersedesName'])
    .select(['fp.name as frozenByName', 'cp.name as committedByName'])
    .select(['gp.name as closingByName', 'lp.name as closedByName'])
    .select([
      'd.task_id as taskId',
      'd.division_code as divisionCode',
      'd.lead_authority_id as leadAuthorityId',
      'd.oversight_authority_id as oversightAuthorityId',
      'd.party_ids as partyIds',
      'd.plan_ref as planRef',
      'd.draw_no as drawNo',
      'd.supersedes_id as supersedesId',
      'd.is_sealed as isSealed',
      'd.job_id as jobId',
      'd.snapshot_at as snapshotAt',
      'd.close_by as closeBy',
      'd.certify_by as certifyBy',
      'd.open_at as openAt',
      'd.opened_at as openedAt',
      'd.commit_hash as commitHash',
      'd.close_hash as closeHash',
      'd.certificate_hash as certificateHash',
      'd.frozen_by as frozenById',
      'd.frozen_at as frozenAt',
      'd.committed_by as committedById',
      'd.committed_at as committedAt',
      'd.closing_by as closingById',
      'd.closing_at as closingAt',
      'd.preflight_at as preflightAt',
      'd.closed_by as closedById',
      'd.closed_at as closedAt',
      'd.certified_at as certifiedAt',
      'd.ended_at as endedAt',
      'd.end_reason as endReason',
    ])
}
