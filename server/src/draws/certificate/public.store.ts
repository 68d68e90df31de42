// What anybody may read of draws. Nothing here names a person, and nothing is read of a list that is sealed.

import type { Signature } from '@sunlot/draw'
import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'

/** The newest first, one more than the limit; `after` is the id of the last of the page before. */
export function listPublicDraws(
  reader: Reader,
  asked: {
    readonly division: string | undefined
    readonly year: number | undefined
    readonly after: string | undefined
    readonly limit: number
  },
) {
  const { division, year, after, limit } = asked
  return reader
    .selectFrom('draws.draw as d')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'd.lead_authority_id')
    .leftJoin('draws.draw as s', 's.id', 'd.supersedes_id')
    .leftJoin('draws.draw as l', (join) =>
      join.onRef('l.supersedes_id', '=', 'd.id').on('l.commit_hash', 'is not', null),
    )
    .select(['d.id', 'd.name', 'd.seq', 'd.state', 'd.figures', 'd.mode', 't.name as taskName'])
    .select(['a.name as leadAuthorityName', 's.name as supersedes', 'l.name as supersededBy'])
    .select([
      'd.task_id as taskId',
      'd.division_code as divisionCode',
      'd.is_sealed as isSealed',
      'd.opened_at as openedAt',
      'd.open_at as openAt',
      'd.certify_by as certifyBy',
      'd.committed_at as committedAt',
      'd.certified_at as certifiedAt',
      'd.ended_at as endedAt',
      'd.end_reason as endReason',
      'd.commit_hash as commitHash',
      'd.certificate_hash as certificateHash',
    ])
    .where('d.open_division_code', 'is not', null)
    .$if(division !== undefined, (query) =>
      query.where('d.open_division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(year !== undefined, (query) => query.where('t.year', '=', year!))
    .$if(after !== undefined, (query) => query.where('d.id', '<', after!))
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type PublicDrawRow = Awaited<ReturnType<typeof listPublicDraws>>[number]

/** The names of authorities by the codes that stand in hashed bytes. */
export async function authorityNamesOf(
  reader: Reader,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await reader
    .selectFrom('draws.authority_code as c')
    .innerJoin('agencies.authority as a', 'a.id', 'c.authority_id')
    .select(['c.code', 'a.name'])
    .where('c.code', 'in', [...codes])
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** The names of divisions by their codes; what is none has none. */
export async function divisionNamesOf(
  reader: Reader,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await reader
    .selectFrom('agencies.division')
    .select(['code', 'name'])
    .where('code', 'in', [...codes])
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** How many observers were in the room, by role, and how many of them added something: never who. */
export async function observersOf(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.observer as o')
    .leftJoin('draws.contribution as c', 'c.observer_id', 'o.id')
    .select(['o.role'])
    .select((eb) => [
      eb.fn.count<string>('o.id').as('count'),
      eb.fn.count<string>('c.observer_id').as('contributed'),
    ])
    .where('o.draw_id', '=', drawId)
    .where('o.left_at', 'is', null)
    .groupBy('o.role')
    .orderBy('o.role')
    .execute()
  return rows.map(({ role, count, contributed }) => ({
    role,
    count: Number(count),
    contributed: Number(contributed),
  }))
}

/** What the outsiders are who stand in the records of values, by their marks: a role, never a name. */
export async function outsidersOf(reader: Reader, drawId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly mark: string; readonly role: string }>`
    select distinct m.mark, o.role
      from draws.source_value v cross join unnest(v.by) m (mark)
      join draws.observer o on o.draw_id = v.draw_id and o.number = substr(m.mark, 2)::integer
     where v.draw_id = ${drawId}`.execute(reader)
  return new Map(rows.map(({ mark, role }) => [mark, role]))
}

/** Which authority started which stage, in the order in which they did. */
export async function pressesOf(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.press as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .select(['p.stage', 'a.name as authority', 'p.instead', 'p.pressed_at as at'])
    .where('p.draw_id', '=', drawId)
    .orderBy('p.pressed_at')
    .orderBy('a.name')
    .execute()
  return rows.map((row) => ({ ...row, stage: row.stage as 'objects' | 'inspectors' }))
}

/** Every signature about a draw, as signatures.json orders them. */
export async function signaturesOf(reader: Reader, drawId: string): Promise<readonly Signature[]> {
  const rows = await reader
    .selectFrom('draws.signature')
    .select(['tag as of', 'hash', 'by', 'alg', 'public_key as key', 'value'])
    .where('draw_id', '=', drawId)
    .orderBy('tag')
    .orderBy('hash')
    .orderBy('by')
    .execute()
  return rows as readonly Signature[]
}

/** Who entered by each event; the manifests say the rest. */
export async function eventsOf(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.event')
    .select(['n', 'type', 'entered', 'settled_at as settledAt'])
    .where('draw_id', '=', drawId)
    .orderBy('n')
    .execute()
  return rows.map((row) => ({
    ...row,
    // What waits for nothing is settled with its own writing.
    isSettled: row.type !== 'substitute' || row.settledAt !== null,
  }))
}

/** The name of the draw that took the place of this one. */
export async function supersedingOf(reader: Reader, drawId: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('draws.draw')
    .select('name')
    .where('supersedes_id', '=', drawId)
    .where('commit_hash', 'is not', null)
    .executeTakeFirst()
  return row?.name
}

/** How many of the subjects on the list have not everybody that visits them. */
export async function unassignedOf(reader: Reader, drawId: string): Promise<number> {
  const row = await reader
    .selectFrom('draws.selected')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('draw_id', '=', drawId)
    .where('left_n', 'is', null)
    .where(sql<boolean>`lacking <> '{}'`)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
