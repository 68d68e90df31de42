// What the monitor reads: draws whose lists are public, in a division and those below it, by the day of their certificate. It asks
// for no reach: all of it is published, and no name of anybody is read.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'

/** Which draws: of a division and below (everywhere where none is named), `from` and `to` as days, both included. */
export interface Window {
  readonly division: string | undefined
  readonly from: string
  readonly to: string
}

/** A day as it begins and ends in the one time zone of the law. */
const within = (column: string, { division, from, to }: Window) => sql<boolean>`
  d.open_division_code like ${`${divisionPrefix(division ?? '000000')}%`}
  and ${sql.ref(column)} >= ${from}::date::timestamp at time zone 'Asia/Shanghai'
  and ${sql.ref(column)} < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'`

/** The certified draws whose lists are public, the oldest first; what their manifests say of time and chance. */
export async function drawsIn(reader: Reader, window: Window) {
  const { rows } = await sql<DrawnDraw>`
    select d.id, d.committed_at as "committedAt", d.certified_at as "certifiedAt", d.figures,
           c.body::jsonb ->> 'seed' as seed, c.body::jsonb #>> '{log,checkpoint}' as checkpoint,
           k.body::jsonb -> 'sources' as sources, extract(epoch from d.close_by)::bigint::text as "closeBy"
      from draws.draw d
      join draws.manifest c on c.draw_id = d.id and c.name = 'certificate.json'
      join draws.manifest k on k.draw_id = d.id and k.name = 'commit.json'
     where d.state = 'certified' and (not d.is_sealed or d.opened_at is not null) and ${within('d.certified_at', window)}
     order by d.certified_at, d.id`.execute(reader)
  return rows
}

export interface DrawnDraw {
  readonly id: string
  readonly committedAt: Date
  readonly certifiedAt: Date
  readonly figures: unknown
  readonly seed: string | null
  readonly checkpoint: string
  readonly sources: unknown
  readonly closeBy: string
}

/** How many of each kind were in each stratum, and how many of them were drawn. */
export async function groupsOf(reader: Reader, drawIds: readonly string[]) {
  const { rows } = await sql<GroupRow>`
    select g.draw_id as "drawId", g.stratum, g.facet, g.rows, g.drawn, s.rows as all, s.n
      from draws.group_count g
      join draws.stratum_result s on s.draw_id = g.draw_id and s.stratum = g.stratum
     where g.draw_id = any(${[...drawIds]}::uuid[]) and g.drawn is not null
     order by g.draw_id, g.stratum, g.facet, g.value`.execute(reader)
  return rows
}

export interface GroupRow {
  readonly drawId: string
  readonly stratum: string
  readonly facet: 'division' | 'industry' | 'entityType'
  readonly rows: number
  readonly drawn: number
  readonly all: number
  readonly n: number
}

/** Subjects that were drawn so many times or more, the most often first. */
export async function oftenDrawn(
  reader: Reader,
  drawIds: readonly string[],
  { times, limit }: { readonly times: number; readonly limit: number },
) {
  const { rows } = await sql<{ division: string; code: string; times: number }>`
    select division_code as division, code, count(*)::integer as times from draws.selected
     where draw_id = any(${[...drawIds]}::uuid[]) and entered_n = 0 and batch is null
     group by 1, 2 having count(*) >= ${times} order by 3 desc, 2 limit ${limit}`.execute(reader)
  return rows
}

/** Which of the draws had subjects of a division in their population. */
export async function drawsWithDivision(reader: Reader, drawIds: readonly string[]) {
  const { rows } = await sql<{ drawId: string; division: string }>`
    select distinct draw_id as "drawId", value as division from draws.group_count
     where draw_id = any(${[...drawIds]}::uuid[]) and facet = 'division'`.execute(reader)
  return rows
}

/** The strata of draws: N, n. */
export async function strataOf(reader: Reader, drawIds: readonly string[]) {
  const { rows } = await sql<{ drawId: string; stratum: string; rows: number; n: number }>`
    select draw_id as "drawId", stratum, rows, n from draws.stratum_result
     where draw_id = any(${[...drawIds]}::uuid[])`.execute(reader)
  return rows
}

/** How many different pairs of people of two authorities were put together in a draw. */
export async function pairsFormed(reader: Reader, drawIds: readonly string[]) {
  const { rows } = await sql<{ drawId: string; a: string; b: string; pairs: number }>`
    select "drawId", a, b, count(*)::integer as pairs from (${pairs(drawIds)}) p group by 1, 2, 3`.execute(
    reader,
  )
  return rows
}

/** How many people of an authority were in the pool of a draw. */
export async function poolsOf(reader: Reader, drawIds: readonly string[]) {
  const { rows } = await sql<{ drawId: string; authority: string; people: number }>`
    select draw_id as "drawId", authority_id as authority, count(*)::integer as people from draws.drawn_from
     where draw_id = any(${[...drawIds]}::uuid[]) group by 1, 2`.execute(reader)
  return rows
}

/** Pairs of inspectors that were together more than once, and the draws in whose pools both of them were. */
export async function oftenTogether(reader: Reader, drawIds: readonly string[], limit: number) {
  const { rows } = await sql<{ a: string; b: string; times: number; shared: readonly string[] }>`
    with pair as (${pairs(drawIds)}),
         often as (select i, j, a, b, count(distinct "drawId")::integer as times from pair
                    group by i, j, a, b having count(distinct "drawId") > 1 order by 5 desc, i, j limit ${limit})
    select o.a, o.b, o.times, array(
             select x.draw_id::text from draws.drawn_from x
               join draws.drawn_from y on y.draw_id = x.draw_id and y.inspector_id = o.j
              where x.inspector_id = o.i and x.draw_id = any(${[...drawIds]}::uuid[])) as shared
      from often o`.execute(reader)
  return rows
}

/** Everybody who was drawn into one place with somebody, each pair once for each draw; the lower authority first. */
function pairs(drawIds: readonly string[]) {
  return sql`
    select distinct p.draw_id as "drawId", least(f.inspector_id, g.inspector_id) as i, greatest(f.inspector_id, g.inspector_id) as j,
           least(f.authority_id, g.authority_id) as a, greatest(f.authority_id, g.authority_id) as b
      from draws.post p
      join draws.post q on q.draw_id = p.draw_id and q.place = p.place and q.alias > p.alias and q.entered_n = 0
      join draws.drawn_from f on f.draw_id = p.draw_id and f.alias = p.alias
      join draws.drawn_from g on g.draw_id = q.draw_id and g.alias = q.alias
     where p.draw_id = any(${[...drawIds]}::uuid[]) and p.entered_n = 0`
}

/** Of each authority and person: how often drawn, how often he applied to be replaced, and was. Persons are numbers here. */
export async function replacementsIn(reader: Reader, { division, from, to }: Window) {
  const place = `${divisionPrefix(division ?? '000000')}%`
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  const { rows } = await sql<ReplacementRow>`
    select coalesce(t.authority_id, r.authority_id) as authority, coalesce(t.person_id, r.person_id) as person,
           sum(coalesce(t.draws, 0))::integer as drawn, sum(coalesce(r.applied, 0))::integer as applied,
           sum(coalesce(r.substituted, 0))::integer as substituted
      from (select * from draws.times_drawn where division_code like ${place} and year between ${first} and ${last}) t
      full join (select * from draws.replacement_rate where division_code like ${place} and year between ${first} and ${last}) r
        on r.authority_id = t.authority_id and r.person_id = t.person_id and r.year = t.year and r.division_code = t.division_code
     group by 1, 2`.execute(reader)
  return rows
}

export interface ReplacementRow {
  readonly authority: string
  readonly person: string
  readonly drawn: number
  readonly applied: number
  readonly substituted: number
}

/** Of each lead: commitments, those that became void, those that are withheld. */
export async function endsIn(reader: Reader, window: Window, now: Date) {
  const { rows } = await sql<EndsRow>`
    select d.lead_authority_id as authority, count(*)::integer as commitments,
           count(*) filter (where d.state = 'void')::integer as void,
           count(*) filter (where d.state not in ('void', 'certified') and d.certify_by < ${now})::integer as withheld
      from draws.draw d
     where d.commit_hash is not null and ${within('d.committed_at', window)}
     group by 1`.execute(reader)
  return rows
}

export interface EndsRow {
  readonly authority: string
  readonly commitments: number
  readonly void: number
  readonly withheld: number
}

/** Agreed tasks that ended before a day and were never drawn here, by lead (REQ-DRAW-7). */
export async function undrawnTasks(reader: Reader, { division, from, to }: Window, today: string) {
  const { rows } = await sql<{ authority: string; tasks: number }>`
    select t.lead_authority_id as authority, count(*)::integer as tasks from tasks.task t
     where t.state = 'agreed' and t.open_division_code like ${`${divisionPrefix(division ?? '000000')}%`}
       and t.ends_on between ${from}::date and ${to}::date and t.ends_on < ${today}::date
       and not exists (select from draws.draw d where d.task_id = t.id and d.state = 'certified')
     group by 1 order by 2 desc, 1`.execute(reader)
  return rows
}

/** The names of authorities. */
export async function authorityNames(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from agencies.authority where id = any(${[...ids]}::uuid[])`.execute(reader)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
