// 不适宜双随机事项的书面说明: every statement about such statements.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { UnsuitableItem } from './statements.rules.ts'

/** Which statements are asked for; `after` is the id of the last of the page before. */
export interface StatementFilter {
  readonly authority?: string | undefined
  readonly state?: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export function listStatements(reader: Reader, reach: Reach, filter: StatementFilter) {
  const { authority, state, after, limit } = filter
  return shown(reader, reach)
    .$if(authority !== undefined, (query) => query.where('s.authority_id', '=', authority!))
    .$if(state !== undefined, (query) => query.where('s.state', '=', state!))
    .$if(after !== undefined, (query) => query.where('s.id', '<', after!))
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type StatementRow = Awaited<ReturnType<typeof listStatements>>[number]

/** A statement. */
export function findStatement(reader: Reader, reach: Reach, id: string): Promise<StatementRow | undefined> {
  return shown(reader, reach).where('s.id', '=', id).executeTakeFirst()
}

/** A statement that nobody else decides on until the transaction ends. */
export function lockStatement(writer: Writer, reach: Reach, id: string): Promise<StatementRow | undefined> {
  return shown(writer, reach).where('s.id', '=', id).forUpdate('s').executeTakeFirst()
}

/** What an authority has submitted in the year of a day: whether one is on its way, whether one is done. */
export async function submittedInYear(
  reader: Reader,
  authorityId: string,
  on: string,
): Promise<{ readonly hasOpen: boolean; readonly isDone: boolean }> {
  const rows = await reader
    .selectFrom('registers.unsuitable_statement as s')
    .select([
      's.state',
      sql<boolean>`extract(year from s.submitted_on) = extract(year from ${on}::date)`.as('isThisYear'),
    ])
    .where('s.authority_id', '=', authorityId)
    .where('s.state', 'in', ['submitted', 'received'])
    .execute()
  return {
    hasOpen: rows.some(({ state }) => state === 'submitted'),
    isDone: rows.some(({ isThisYear }) => isThisYear),
  }
}

/** The conference of a division: its office, and the authority that oversees. */
export async function conferenceOf(reader: Reader, divisionCode: string) {
  return reader
    .selectFrom('agencies.conference as c')
    .innerJoin('agencies.authority as o', 'o.id', 'c.office_authority_id')
    .leftJoin('agencies.authority as v', 'v.id', 'c.oversight_authority_id')
    .select(['c.office_authority_id as officeId', 'o.name as officeName'])
    .select(['c.oversight_authority_id as oversightId', 'v.name as oversightName'])
    .where('c.division_code', '=', divisionCode)
    .executeTakeFirst()
}

export async function insertStatement(
  writer: Writer,
  statement: {
    readonly id: string
    readonly authorityId: string
    readonly divisionCode: string
    readonly reportedTo: string | null
    readonly receiverId: string | null
    readonly explanation: string
    readonly items: readonly UnsuitableItem[]
    readonly by: string
    readonly on: string
    readonly at: Date
    readonly dueOn: string | null
  },
): Promise<void> {
  await writer
    .insertInto('registers.unsuitable_statement')
    .values({
      id: statement.id,
      authority_id: statement.authorityId,
      division_code: statement.divisionCode,
      reported_to: statement.reportedTo,
      receiver_id: statement.receiverId,
      explanation: statement.explanation.normalize('NFC'),
      items: JSON.stringify(statement.items),
      submitted_by: statement.by,
      submitted_on: statement.on,
      submitted_at: statement.at,
      due_on: statement.dueOn,
      state: 'submitted',
    })
    .execute()
}

/** Receives or returns a statement. */
export async function decideStatement(
  writer: Writer,
  id: string,
  decision: {
    readonly state: 'received' | 'returned'
    readonly by: string
    readonly at: Date
    readonly reason: string | null
  },
): Promise<void> {
  const { state, by, at, reason } = decision
  await writer
    .updateTable('registers.unsuitable_statement')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state,
      decided_by: by,
      decided_at: at,
      return_reason: reason,
    }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.unsuitable_statement as s')
    .innerJoin('agencies.authority as a', 'a.id', 's.authority_id')
    .innerJoin('agencies.person as p', 'p.id', 's.submitted_by')
    .leftJoin('agencies.authority as r', 'r.id', 's.receiver_id')
    .leftJoin('agencies.person as q', 'q.id', 's.decided_by')
    .select(['s.id', 's.version', 's.explanation', 's.state', 'a.name as authorityName'])
    .select([
      's.authority_id as authorityId',
      's.division_code as divisionCode',
      's.reported_to as reportedTo',
      's.receiver_id as receiverId',
      'r.name as receiverName',
      's.submitted_by as submittedById',
      'p.name as submittedByName',
      's.submitted_on as submittedOn',
      's.submitted_at as submittedAt',
      's.due_on as dueOn',
      's.decided_by as decidedById',
      'q.name as decidedByName',
      's.decided_at as decidedAt',
      's.return_reason as returnReason',
    ])
    .select(sql<UnsuitableItem[]>`s.items`.as('items'))
    .where(within(reach, { authority: 's.authority_id', division: 's.division_code' }))
}
