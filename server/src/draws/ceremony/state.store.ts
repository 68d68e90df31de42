// What the screens of a room show: every statement that reads it. Public figures only, and of a sealed list nothing.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import type { DrawFigures, DrawState } from '../shapes.ts'

/** A draw as its room sees it. */
export type ShownDraw = NonNullable<Awaited<ReturnType<typeof findShownDraw>>>

/** A draw, with the names that go with it. */
export async function findShownDraw(reader: Reader, drawId: string) {
  const row = await reader
    .selectFrom('draws.draw as d')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'd.lead_authority_id')
    .innerJoin('agencies.authority as v', 'v.id', 'd.oversight_authority_id')
    .leftJoin('platform.job as j', 'j.id', 'd.job_id')
    .leftJoin('draws.manifest as m', (join) =>
      join.onRef('m.draw_id', '=', 'd.id').on('m.name', '=', 'commit.json'),
    )
    .leftJoin('draws.manifest as c', (join) =>
      join.onRef('c.draw_id', '=', 'd.id').on('c.name', '=', 'close.json'),
    )
    .select([
      'd.id',
      'd.name',
      't.name as title',
      'a.name as authority',
      'v.name as oversight',
      'd.state',
      'd.mode',
      'd.organiser',
      'd.lead_authority_id as leadAuthorityId',
      'd.is_sealed as isSealed',
      'd.open_at as openAt',
      'd.opened_at as openedAt',
      'd.snapshot_at as snapshotAt',
      'd.figures',
      'd.close_by as closeBy',
      'd.commit_hash as commitHash',
      'd.committed_at as committedAt',
      'd.close_hash as closeHash',
      'd.closed_at as closedAt',
      'd.closing_at as closingAt',
      'd.certificate_hash as certificateHash',
      'd.certified_at as certifiedAt',
      'd.ended_at as endedAt',
      'd.end_reason as endReason',
      'm.leaf_id as commitLeaf',
      'c.leaf_id as closeLeaf',
      'j.state as jobState',
      'j.done as jobDone',
      'j.total as jobTotal',
      'j.step as jobStep',
    ])
    .where('d.id', '=', drawId)
    .executeTakeFirst()
  return (
    row && { ...row, state: row.state as DrawState, figures: row.figures as unknown as DrawFigures | null }
  )
}

/** How many of these witnesses have seen a leaf. */
export async function countWitnesses(
  reader: Reader,
  leafId: number | null,
  witnesses: readonly string[],
): Promise<number> {
  if (leafId === null || witnesses.length === 0) return 0
  // One step in the index for each witness, however long the log is.
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from unnest(${[...witnesses]}::text[]) w (name)
      join log.sequence q on q.leaf_id = ${leafId}
     where exists (select from log.cosignature s where s.size > q.leaf_index and s.witness = w.name)`.execute(
    reader as never,
  )
  return rows[0]?.count ?? 0
}

/** The first who were drawn in each stratum, in the order in which chance gave them. Of a natural person no name. */
export async function firstDrawn(
  reader: Reader,
  drawId: string,
  most: number,
): Promise<readonly { readonly stratum: string; readonly code: string; readonly name: string }[]> {
  const { rows } = await sql<{ stratum: string; code: string; name: string }>`
    select x.stratum, x.code, case when s.kind = 'NATURAL_PERSON' then '' else s.name end as name
      from (select stratum, division_code, code, subject_id,
                   row_number() over (partition by stratum order by batch, ticket, code) as place
              from draws.selected where draw_id = ${drawId} and entered_n = 0) x
      join registers.subject s on s.id = x.subject_id and s.division_code = x.division_code
     where x.place <= ${most}
     order by x.stratum, x.place`.execute(reader as never)
  return rows
}

/** The strata of a certificate. */
export function strataOf(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.stratum_result')
    .select(['stratum', 'rows', 'n'])
    .where('draw_id', '=', drawId)
    .orderBy('stratum')
    .execute()
}

/** Teams by the aliases of their members, and how many subjects each visits. */
export async function teamsOf(
  reader: Reader,
  drawId: string,
  most: number,
): Promise<{ team: string; aliases: string[]; load: number }[]> {
  const { rows } = await sql<{ team: string; aliases: string[]; load: number }>`
    select p.place as team, array_agg(p.alias order by p.alias) as aliases,
           (select count(*)::integer from draws.selected s
             where s.draw_id = ${drawId} and s.place = p.place and s.left_n is null) as load
      from draws.post p
     where p.draw_id = ${drawId} and p.left_n is null
     group by p.place order by p.place limit ${most}`.execute(reader as never)
  return rows
}

/** Of each authority whose people could be drawn: its code in hashed bytes, and how many subjects one of those drawn visits. */
export async function loadsOf(
  reader: Reader,
  drawId: string,
  mode: string,
): Promise<
  readonly { readonly code: string; readonly name: string; readonly least: number; readonly most: number }[]
> {
  const { rows } = await sql<{ code: string; name: string; least: number; most: number }>`
    with team as (
      select place, count(*)::integer as visits from draws.selected
       where ${mode} = 'teams' and draw_id = ${drawId} and place is not null and left_n is null group by place),
    person as (
      select p.alias, sum(case when ${mode} = 'teams' then coalesce(t.visits, 0) else 1 end)::integer as visits
        from draws.post p left join team t on t.place = p.place
       where p.draw_id = ${drawId} and p.left_n is null group by p.alias)
    select c.code, a.name, coalesce(min(v.visits), 0)::integer as least, coalesce(max(v.visits), 0)::integer as most
      from draws.drawn_from f
      join agencies.authority a on a.id = f.authority_id
      join draws.authority_code c on c.authority_id = a.id
      left join person v on v.alias = f.alias
     where f.draw_id = ${drawId} group by c.code, a.name order by c.code`.execute(reader as never)
  return rows
}

/** The certificate's exact text, and how many devices of the room have signed it: the authority's own key is none of them. */
export async function certificateOf(reader: Reader, drawId: string, hash: string) {
  const manifest = await reader
    .selectFrom('draws.manifest')
    .select('body')
    .where('draw_id', '=', drawId)
    .where('name', '=', 'certificate.json')
    .executeTakeFirst()
  const { count } = await reader
    .selectFrom('draws.signature')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('draw_id', '=', drawId)
    .where('tag', '=', 'cert')
    .where('hash', '=', hash)
    .where('by', 'like', 'w%')
    .executeTakeFirstOrThrow()
  return { body: manifest?.body, signedBy: count }
}
