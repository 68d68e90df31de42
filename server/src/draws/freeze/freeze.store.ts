// What the freeze writes: which lists there are, who stands behind an alias, how many of each kind there were.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** A list as it lies among the files. */
export interface StoredList {
  readonly name: string
  readonly fileHash: string
  readonly bytes: number
  readonly rows: number
  readonly indexHash: string | null
}

/** Names the frozen lists of a draw; written once. */
export async function insertLists(
  writer: Writer,
  drawId: string,
  lists: readonly StoredList[],
): Promise<void> {
  await writer
    .insertInto('draws.draw_list')
    .values(
      lists.map((list) => ({
        draw_id: drawId,
        name: list.name,
        is_result: false,
        file_hash: list.fileHash,
        bytes: list.bytes,
        rows: list.rows,
        index_hash: list.indexHash,
      })),
    )
    .execute()
}

/** Keeps who stands behind each alias. */
export async function insertPooled(
  writer: Writer,
  drawId: string,
  people: readonly {
    readonly alias: string
    readonly inspectorId: string
    readonly authorityId: string
    readonly saltCipher: string
  }[],
): Promise<void> {
  if (people.length === 0) return
  await writer
    .insertInto('draws.drawn_from')
    .values(
      people.map((each) => ({
        draw_id: drawId,
        alias: each.alias,
        inspector_id: each.inspectorId,
        authority_id: each.authorityId,
        salt_cipher: each.saltCipher,
      })),
    )
    .execute()
}

/** Keeps how many of each kind each stratum had. Keys: `stratum TAB facet TAB value`. */
export async function insertGroups(
  writer: Writer,
  drawId: string,
  groups: ReadonlyMap<string, number>,
  atOnce: number,
): Promise<void> {
  const rows = [...groups].map(([key, count]) => [...key.split('\t'), count] as const)
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce)
    await sql`
      insert into draws.group_count (draw_id, stratum, facet, value, rows)
      select ${drawId}::uuid, g.stratum, g.facet, g.value, g.rows
        from unnest(${some.map(([stratum]) => stratum)}::text[], ${some.map((row) => row[1])}::text[],
                    ${some.map((row) => row[2])}::text[], ${some.map((row) => row.at(-1))}::int[])
             as g (stratum, facet, value, rows)`.execute(writer)
  }
}

/**
 * Of somebody met by a draw that came to nothing: whether he is free for any other. He is not while his draw can be done once more
 * in its own place, as that one keeps its lists, and he would come twice with certainty.
 */
const IS_GIVEN_BACK = sql<boolean>`exists (
  select from draws.draw m join tasks.task t on t.id = m.task_id
   where m.id = c.met_draw_id
     and (m.state = 'discarded' and (m.supersedes_id is null or t.state <> 'agreed') or m.state = 'void' and t.state <> 'agreed'))`

/**
 * Who was skipped in earlier draws of a plan entry, and has not come yet: codes. Whoever was to come with a draw that came to
 * nothing, and has none in its place, comes with the next one. Asks for no reach: for the freeze.
 */
export async function carriedOf(reader: Reader, planRef: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('draws.carried as c')
    .select('c.code')
    .where('c.plan_ref', '=', planRef)
    .where((eb) => eb.or([eb('c.met_draw_id', 'is', null), IS_GIVEN_BACK]))
    .execute()
  return new Set(rows.map(({ code }) => code))
}

/** Says of the codes in the stratum `carried` of a frozen draw that they come with it; whoever stands not there waits on. */
export async function meetCarried(
  writer: Writer,
  draw: { readonly id: string; readonly planRef: string; readonly taskId: string },
  codes: readonly string[],
): Promise<void> {
  if (codes.length === 0) return
  await sql`
    update draws.carried c set met_draw_id = ${draw.id}::uuid, version = c.version + 1
     where c.plan_ref = ${draw.planRef} and c.draw_id <> ${draw.id}::uuid and c.code = any(${[...codes]}::text[])
       and (c.met_draw_id is null or ${IS_GIVEN_BACK} or exists (
         select from draws.draw m
          where m.id = c.met_draw_id and m.state in ('void', 'discarded') and m.task_id = ${draw.taskId}::uuid))`.execute(
    writer,
  )
}

/** Holds a plan entry: nobody freezes for it, or is carried within it, until the transaction ends. */
export async function lockPlanEntry(writer: Writer, planRef: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`draws.plan ${planRef}`}, 0))`.execute(writer)
}

/**
 * Whether a plan entry has a draw whose lists nobody has begun to freeze: whoever is skipped comes with it. A draw that is void
 * leaves none, as the one in its place keeps its lists. Asks for no reach: for a rule.
 */
export async function hasDrawToCome(reader: Reader, planRef: string): Promise<boolean> {
  const { rows } = await sql<{ readonly draws: number; readonly begun: number }>`
    select l.draws, (select count(distinct d.draw_no)::int from draws.draw d
                      where d.plan_ref = ${planRef} and d.state <> 'discarded') as begun
      from plans.plan_line l
     where l.id = substring(${planRef} from '^line-(.*)$')::uuid and l.state = 'planned'`.execute(reader)
  return rows.some(({ draws, begun }) => begun < draws)
}

/** How many of each kind each stratum of a draw had: what `insertGroups` takes. Asks for no reach: for the freeze. */
export async function groupsOf(reader: Reader, drawId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('draws.group_count')
    .select(['stratum', 'facet', 'value', 'rows'])
    .where('draw_id', '=', drawId)
    .execute()
  return new Map(rows.map((row) => [[row.stratum, row.facet, row.value].join('\t'), row.rows]))
}

/** How many draws a line of the plan allows. Asks for no reach: the plan is public. */
export async function drawsOfLine(reader: Reader, lineId: string): Promise<number> {
  const row = await reader
    .selectFrom('plans.plan_line')
    .select('draws')
    .where('id', '=', lineId)
    .executeTakeFirst()
  return row?.draws ?? 1
}

/** The authority above another; nothing at the top. Asks for no reach: whom an authority answers to is public. */
export async function superiorOf(reader: Reader, authorityId: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('agencies.authority')
    .select('superior_id as id')
    .where('id', '=', authorityId)
    .executeTakeFirst()
  return row?.id ?? undefined
}

/** The last place in the chain of an authority's commitments; nobody else takes the next one until the transaction ends. */
export async function lockChain(
  writer: Writer,
  authorityId: string,
): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`draws.chain ${authorityId}`}, 0))`.execute(
    writer,
  )
  const row = await writer
    .selectFrom('draws.draw')
    .select(['seq', 'commit_hash as hash'])
    .where('lead_authority_id', '=', authorityId)
    .where('seq', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq && row.hash ? { seq: row.seq, hash: row.hash } : undefined
}

/** The names of those in the pools of a draw who are one of some persons: nobody runs a draw that he stands in. */
export function pooledPersons(reader: Reader, drawId: string, personIds: readonly string[]) {
  return reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('agencies.person as p', 'p.id', 'i.person_id')
    .select(['p.id', 'p.name'])
    .where('f.draw_id', '=', drawId)
    .where(sql<boolean>`p.id = any(${[...personIds]}::uuid[])`)
    .execute()
}

/** Whether this database is one for training and scenarios. */
export async function isSimulated(reader: Reader): Promise<boolean> {
  const row = await reader.selectFrom('platform.birth').select('kind').executeTakeFirst()
  return row?.kind === 'simulated'
}
