// What goes with the lines of a sealed list, who read it, and which lists are due: every statement.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** The names of subjects by their codes. Asks for no reach: of a list that was found within one. */
export async function namesOfCodes(
  reader: Reader,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await reader
    .selectFrom('registers.subject_identity as i')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'i.subject_id').onRef('s.division_code', '=', 'i.division_code'),
    )
    .select(['i.code', 's.name'])
    .where('i.code', 'in', [...codes])
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** Who stands behind aliases of a draw. Asks for no reach: of a list that was found within one. */
export async function peopleBehind(reader: Reader, drawId: string, aliases: readonly string[]) {
  if (aliases.length === 0) return []
  return reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('agencies.person as n', 'n.id', 'i.person_id')
    .innerJoin('agencies.authority as a', 'a.id', 'f.authority_id')
    .select(['f.alias', 'f.authority_id as authorityId', 'a.name as authorityName', 'n.name as personName'])
    .where('f.draw_id', '=', drawId)
    .where('f.alias', 'in', [...aliases])
    .execute()
}

/** Who read a draw's sealed list, the latest first, one more than the limit. Asks for no reach: of a draw that was found within one. */
export async function readingsOf(
  reader: Reader,
  drawId: string,
  { after, limit }: { readonly after: readonly string[] | undefined; readonly limit: number },
) {
  return reader
    .selectFrom('audit.event as e')
    .leftJoin('agencies.person as n', 'n.id', 'e.actor_id')
    .leftJoin('agencies.authority as a', 'a.id', 'e.authority_id')
    .select(['e.id', 'e.at', 'e.action', 'e.purpose', 'n.name as person', 'a.name as authority'])
    .select(sql<string>`e.at::text`.as('instant'))
    .where('e.outcome', '=', 'read')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('e.object_type', '=', 'sealedList'),
          eb('e.object_id', '=', drawId),
          eb('e.action', 'in', ['sealedList.read', 'sealedList.prove']),
        ]),
        eb.and([eb('e.action', '=', 'sealedList.mine'), ownWhileSealed(drawId)]),
      ]),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(e.at, e.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** Whoever stood in its pools and looked at what he is to visit, while it was sealed, read his part of it. */
function ownWhileSealed(drawId: string) {
  return sql<boolean>`exists (
    select from draws.draw d
      join draws.drawn_from f on f.draw_id = d.id
      join registers.inspector i on i.id = f.inspector_id
     where d.id = ${drawId} and i.person_id = e.actor_id and e.at >= d.certified_at and e.at < coalesce(d.opened_at, 'infinity'))`
}

/** In which certified draws a person could be drawn, the latest first. Asks for no reach: about himself. */
export async function poolsOf(reader: Reader, personId: string) {
  return certifiedPools(reader, personId)
    .innerJoin('agencies.authority as a', 'a.id', 'f.authority_id')
    .select(['f.alias', 'f.inspector_id as inspectorId', 'd.id', 'd.name', 't.name as taskName', 'd.mode'])
    .select(['d.is_sealed as isSealed', 'd.open_at as openAt', 'd.opened_at as openedAt', 'd.figures'])
    .select([
      't.starts_on as startsOn',
      't.ends_on as endsOn',
      'f.authority_id as authorityId',
      'a.name as authorityName',
    ])
    .orderBy('d.certified_at', 'desc')
    .limit(MOST_DRAWS)
    .execute()
}

/** Those of them whose lists are sealed still, the first to open first. Asks for no reach: about himself. */
export async function sealedPoolsOf(reader: Reader, personId: string) {
  return certifiedPools(reader, personId)
    .select(['d.id as drawId', 'd.name as drawName', 't.name as taskName', 'd.open_at as openAt'])
    .where('d.is_sealed', '=', true)
    .where('d.opened_at', 'is', null)
    .orderBy('d.open_at')
    .orderBy('d.id')
    .limit(MOST_SEALED)
    .execute()
}

function certifiedPools(reader: Reader, personId: string) {
  return reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('draws.draw as d', 'd.id', 'f.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .where('i.person_id', '=', personId)
    .where('d.state', '=', 'certified')
}
const MOST_DRAWS = 20
const MOST_SEALED = 500

/** The subjects of a place, the first of them, and how many there are. Asks for no reach: of a place that was found. */
export async function subjectsAt(reader: Reader, drawId: string, place: string, limit: number) {
  return reader
    .selectFrom('draws.selected as c')
    .select('c.code')
    .select(sql<number>`(count(*) over ())::int`.as('all'))
    .where('c.draw_id', '=', drawId)
    .where((eb) => eb.or([eb('c.place', '=', place), eb('c.code', '=', place)]))
    .where('c.left_n', 'is', null)
    .orderBy('c.code')
    .limit(limit)
    .execute()
}

/** Sealed lists whose time has come, and with which nothing went wrong. Asks for no reach: for the system's own step. */
export async function dueOpenings(reader: Reader, now: Date): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('draws.draw')
    .select('id')
    .where('is_sealed', '=', true)
    .where('opened_at', 'is', null)
    .where('state', '=', 'certified')
    .where('open_at', '<=', now)
    // A secret that is gone comes back by no trying; a full disk or a lock does.
    .where(sql<boolean>`failure ->> 'code' is distinct from 'draw.secret_lost'`)
    .execute()
  return rows.map(({ id }) => id)
}

/** How many rows a draw has of who was drawn. Asks for no reach: for the opening. */
export async function countSelected(writer: Writer, drawId: string): Promise<number> {
  const { rows } = await sql<{ readonly rows: number }>`
    select count(*)::int as rows from draws.selected where draw_id = ${drawId} and entered_n = 0`.execute(
    writer,
  )
  return rows[0]?.rows ?? 0
}

/** Who keeps watch over a sealed list that does not open: ids of people. Asks for no reach. */
export async function watchersOf(
  reader: Reader,
  { oversightAuthorityId, day }: { readonly oversightAuthorityId: string; readonly day: string },
): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('agencies.role_grant as g')
    .select('g.person_id as personId')
    .distinct()
    .where('g.state', '=', 'effective')
    .where('g.valid_from', '<=', day)
    .where((eb) => eb.or([eb('g.valid_until', 'is', null), eb('g.valid_until', '>=', day)]))
    .where((eb) =>
      eb.or([
        eb('g.role', '=', 'auditAdministrator'),
        eb.and([
          eb('g.authority_id', '=', oversightAuthorityId),
          eb('g.role', 'in', ['oversight', 'conferenceOffice']),
        ]),
      ]),
    )
    .execute()
  return rows.map(({ personId }) => personId)
}
