// 报送、备案和推进情况总结: every statement about filings.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { grouped } from '../../registers/index.ts'
import type { OwnFiling, OwnPlan } from './due.rules.ts'
import type { FilingKind, FilingState, OpenFiling } from './filings.rules.ts'

/** Which filings are asked for; `after` is the id of the last of the page before. */
export interface FilingFilter {
  readonly direction?: 'in' | 'out' | undefined
  readonly plan?: string | undefined
  readonly state?: string | undefined
  readonly year?: number | undefined
  readonly kind?: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** The latest first, one more than the limit. */
export async function listFilings(
  reader: Reader,
  reach: Reach,
  { direction, plan, state, year, kind, after, limit }: FilingFilter,
): Promise<FilingRow[]> {
  const rows = await shown(reader, reach)
    .$if(direction === 'in', (query) => query.where(within(reach, { authority: 'f.receiver_id' })))
    .$if(direction === 'out', (query) => query.where(within(reach, { authority: 'f.authority_id' })))
    .$if(plan !== undefined, (query) => query.where('f.plan_id', '=', plan!))
    .$if(state !== undefined, (query) => query.where('f.state', '=', state!))
    .$if(year !== undefined, (query) => query.where('f.year', '=', year!))
    .$if(kind !== undefined, (query) => query.where('f.kind', '=', kind!))
    .$if(after !== undefined, (query) => query.where('f.id', '<', after![0]!))
    .orderBy('f.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows as unknown as FilingRow[]
}

/** A filing. */
export async function findFiling(reader: Reader, reach: Reach, id: string): Promise<FilingRow | undefined> {
  const row = await shown(reader, reach).where('f.id', '=', id).executeTakeFirst()
  return row as unknown as FilingRow | undefined
}

/** A filing that nobody else decides on until the transaction ends. */
export async function lockFiling(writer: Writer, reach: Reach, id: string): Promise<FilingRow | undefined> {
  const row = await shown(writer, reach).where('f.id', '=', id).forUpdate('f').executeTakeFirst()
  return row as unknown as FilingRow | undefined
}

/** What is written of a new filing. */
export interface WrittenFiling {
  readonly id: string
  readonly kind: FilingKind
  readonly planId: string | null
  readonly planVersion: number | null
  readonly authorityId: string
  readonly divisionCode: string
  readonly year: number
  readonly receiverId: string
  readonly body: string
  readonly isReviewed: boolean
  readonly summary: string | null
  readonly figures: object | null
  readonly law: string
  readonly dueOn: string | null
  readonly submittedBy: string
  readonly submittedAt: Date
  readonly submittedOn: string
}

export async function insertFiling(writer: Writer, filing: WrittenFiling): Promise<void> {
  await writer
    .insertInto('plans.filing')
    .values({
      id: filing.id,
      kind: filing.kind,
      plan_id: filing.planId,
      plan_version: filing.planVersion,
      authority_id: filing.authorityId,
      division_code: filing.divisionCode,
      year: filing.year,
      receiver_id: filing.receiverId,
      body: filing.body,
      is_reviewed: filing.isReviewed,
      summary: filing.summary?.normalize('NFC') ?? null,
      figures: filing.figures === null ? null : JSON.stringify(filing.figures),
      law_key: filing.law,
      due_on: filing.dueOn,
      submitted_by: filing.submittedBy,
      submitted_at: filing.submittedAt,
      submitted_on: filing.submittedOn,
      state: 'submitted',
    })
    .execute()
}

export async function decideFiling(
  writer: Writer,
  id: string,
  decision: {
    readonly state: FilingState
    readonly receipt?: string
    readonly returnReason?: string
    readonly decidedBy?: string
    readonly decidedAt?: Date
    readonly decidedOn?: string
  },
): Promise<void> {
  const { state, receipt, returnReason, decidedBy, decidedAt, decidedOn } = decision
  await writer
    .updateTable('plans.filing')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state,
      ...(receipt === undefined ? {} : { receipt }),
      ...(returnReason === undefined ? {} : { return_reason: returnReason.normalize('NFC') }),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(decidedAt === undefined ? {} : { decided_at: decidedAt }),
      ...(decidedOn === undefined ? {} : { decided_on: decidedOn }),
    }))
    .where('id', '=', id)
    .execute()
}

/** What was sent of plans and is not decided on, by plan. */
export async function openFilingsOf(
  reader: Reader,
  planIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenFiling[]>> {
  const rows = await reader
    .selectFrom('plans.filing')
    .select(['plan_id as planId', 'kind', 'receiver_id as receiverId'])
    .where(sql<boolean>`plan_id = any(${[...planIds]}::uuid[])`)
    .where('state', '=', 'submitted')
    .execute()
  return grouped(
    rows as unknown as readonly (OpenFiling & { readonly planId: string })[],
    (row) => row.planId,
  )
}

/** The next number of a receiver's receipts of a year. Nobody else takes one until the transaction ends. */
export async function nextReceipt(
  writer: Writer,
  receiverId: string,
  year: string,
): Promise<{ readonly receiver: string; readonly serial: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plans.receipt ${receiverId}`}, 0))`.execute(
    writer,
  )
  const { rows } = await sql<{ receiver: string; serial: number }>`
    select a.short_name as receiver, 1 + (select count(*)::int from plans.filing f
             where f.receiver_id = a.id and f.receipt is not null and f.decided_on between ${`${year}-01-01`} and ${`${year}-12-31`}) as serial
      from agencies.authority a where a.id = ${receiverId}`.execute(writer)
  return rows[0]!
}

/** The plans and filings of an authority and a year, as its duties ask. */
export async function ownOf(
  reader: Reader,
  authorityId: string,
  year: number,
): Promise<{ readonly plans: readonly OwnPlan[]; readonly filings: readonly OwnFiling[] }> {
  const plans = await reader
    .selectFrom('plans.plan')
    .select(['id', 'kind', 'half', 'field', 'state', 'published_on as publishedOn'])
    .where('authority_id', '=', authorityId)
    .where('year', '=', year)
    .orderBy('id')
    .execute()
  const filings = await reader
    .selectFrom('plans.filing')
    .select(['kind', 'plan_id as planId', 'body', 'due_on as dueOn', 'submitted_on as submittedOn'])
    .select(['state', 'receipt'])
    .where('authority_id', '=', authorityId)
    .where('year', '=', year)
    .where('state', '<>', 'withdrawn')
    .orderBy('id')
    .execute()
  return {
    plans: plans as unknown as readonly OwnPlan[],
    filings: filings as unknown as readonly OwnFiling[],
  }
}

/** How many lines the published plans of an authority have in a year that it leads. */
export async function plannedLines(reader: Reader, authorityId: string, year: number): Promise<number> {
  const { lines } = await reader
    .selectFrom('plans.plan_line as l')
    .innerJoin('plans.plan as p', 'p.id', 'l.plan_id')
    .select((eb) => eb.fn.countAll<number>().as('lines'))
    .where('l.lead_authority_id', '=', authorityId)
    .where('l.state', '=', 'planned')
    .where('p.year', '=', year)
    .where('p.kind', '<>', 'consolidated')
    .where('p.state', 'in', ['published', 'closed'])
    .executeTakeFirstOrThrow()
  return lines
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('plans.filing as f')
    .innerJoin('agencies.authority as a', 'a.id', 'f.authority_id')
    .innerJoin('agencies.authority as r', 'r.id', 'f.receiver_id')
    .innerJoin('agencies.person as s', 's.id', 'f.submitted_by')
    .leftJoin('agencies.person as q', 'q.id', 'f.decided_by')
    .leftJoin('plans.plan as p', 'p.id', 'f.plan_id')
    .select([
      'f.id',
      'f.version',
      'f.kind',
      'f.year',
      'f.body',
      'f.summary',
      'f.figures',
      'f.state',
      'f.receipt',
    ])
    .select([
      'f.plan_id as planId',
      'p.title as planTitle',
      'f.plan_version as planVersion',
      'f.authority_id as authorityId',
      'a.name as authorityName',
      'f.division_code as divisionCode',
      'f.receiver_id as receiverId',
      'r.name as receiverName',
      'f.is_reviewed as isReviewed',
      'f.law_key as law',
      'f.due_on as dueOn',
      'f.submitted_by as submittedById',
      's.name as submittedByName',
      'f.submitted_at as submittedAt',
      'f.submitted_on as submittedOn',
      'f.decided_by as decidedById',
      'q.name as decidedByName',
      'f.decided_at as decidedAt',
      'f.decided_on as decidedOn',
      'f.return_reason as returnReason',
    ])
    .where((eb) =>
      eb.or([within(reach, { authority: 'f.authority_id' }), within(reach, { authority: 'f.receiver_id' })]),
    )
}

type Raw = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

/** A filing as it is read. */
export interface FilingRow extends Omit<Raw, 'kind' | 'state'> {
  readonly kind: FilingKind
  readonly state: FilingState
}
