// 实施方案: every statement about schemes. One draft and one published version of a task at a time.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import { joinedBy } from '../drafters.store.ts'
import type { SchemeFacts, SchemeState } from './schemes.rules.ts'
import type { Section } from './sections.rules.ts'
import type { Terms } from './terms.rules.ts'

/** Which published schemes are asked for; `after` is the day of publication and the id of the last of the page before. */
export interface PublicFilter {
  readonly division?: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** The schemes of a task, the newest first. */
export async function schemesOf(reader: Reader, taskId: string): Promise<readonly SchemeRow[]> {
  const rows = await all(reader).where('s.task_id', '=', taskId).orderBy('s.number', 'desc').execute()
  return rows.map(schemeOf)
}

/** A scheme, as far as its task is seen. */
export async function findScheme(reader: Reader, reach: Reach, id: string): Promise<SchemeRow | undefined> {
  const row = await all(reader)
    .where('s.id', '=', id)
    // What is not published is the parties' alone, though the task itself is open to all.
    .where((eb) =>
      eb.or([
        within(reach, { authorities: PLACE.authorities }),
        eb.and([within(reach, PLACE), eb('s.state', '<>', 'draft')]),
      ]),
    )
    .executeTakeFirst()
  return row && schemeOf(row)
}

/** Drafts whose tasks are agreed, the oldest first: they only wait to be published. */
export async function draftsOfAgreed(reader: Reader, reach: Reach): Promise<readonly SchemeRow[]> {
  const rows = await all(reader)
    .where(within(reach, { authority: 't.lead_authority_id' }))
    .where('s.state', '=', 'draft')
    .where('t.state', '=', 'agreed')
    .orderBy('s.written_at')
    .limit(MOST_WAITING)
    .execute()
  return rows.map(schemeOf)
}

/** Published schemes, the latest first, one more than the limit. */
export async function listPublished(reader: Reader, filter: PublicFilter): Promise<readonly SchemeRow[]> {
  const { division, after, limit } = filter
  const rows = await published(reader)
    .$if(division !== undefined, (query) =>
      query.where('s.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(s.published_on::text, s.id) < (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy('s.published_on', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(schemeOf)
}

/** A published scheme, for anybody. */
export async function findPublished(reader: Reader, id: string): Promise<SchemeRow | undefined> {
  const row = await published(reader).where('s.id', '=', id).executeTakeFirst()
  return row && schemeOf(row)
}

/** What is written of a scheme. */
export interface WrittenScheme {
  readonly terms: Terms
  readonly sections: readonly Section[]
  readonly taskVersion: number
  readonly lawVersion: string
  readonly by: string
  readonly at: Date
}

export async function insertScheme(
  writer: Writer,
  scheme: WrittenScheme & {
    readonly id: string
    readonly taskId: string
    readonly divisionCode: string
    readonly number: number
  },
): Promise<void> {
  await writer
    .insertInto('tasks.scheme')
    .values({
      id: scheme.id,
      task_id: scheme.taskId,
      division_code: scheme.divisionCode,
      number: scheme.number,
      state: 'draft',
      drafter_ids: [scheme.by],
      ...columnsOf(scheme),
    })
    .execute()
}

/** Writes a draft anew: generated again, or edited. Whoever did is one of its drafters from now on. */
export async function updateScheme(writer: Writer, id: string, scheme: WrittenScheme): Promise<void> {
  await writer
    .updateTable('tasks.scheme')
    .set((eb) => ({
      version: eb('version', '+', 1),
      drafter_ids: joinedBy(scheme.by),
      ...columnsOf(scheme),
    }))
    .where('id', '=', id)
    .execute()
}

/** A task is agreed: what its draft says now is what all have accepted. Its version stays that which they accepted. */
export async function keepAgreed(writer: Writer, taskId: string): Promise<void> {
  await writer
    .updateTable('tasks.scheme')
    .set({ agreed: sql`jsonb_build_object('terms', terms, 'sections', sections)` })
    .where('task_id', '=', taskId)
    .where('state', '=', 'draft')
    .execute()
}

/** Publishes a draft; the one that was published before gives way to it. */
export async function publishScheme(
  writer: Writer,
  { id, taskId }: { readonly id: string; readonly taskId: string },
  publication: {
    readonly by: string
    readonly at: Date
    readonly on: string
    readonly channel: string
    readonly channelNote: string | undefined
  },
): Promise<void> {
  await writer
    .updateTable('tasks.scheme')
    .set((eb) => ({ version: eb('version', '+', 1), state: 'superseded' }))
    .where('task_id', '=', taskId)
    .where('state', '=', 'published')
    .execute()
  await writer
    .updateTable('tasks.scheme')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: 'published',
      published_by: publication.by,
      published_at: publication.at,
      published_on: publication.on,
      channel: publication.channel,
      channel_note: publication.channelNote?.normalize('NFC') ?? null,
    }))
    .where('id', '=', id)
    .execute()
}

/** Names of authorities by id, for the text of a scheme. */
export async function nameOfAuthority(reader: Reader, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await reader
    .selectFrom('agencies.authority')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.name ?? null
}

const MOST_WAITING = 100
const PLACE = { authorities: 't.party_ids', division: 't.open_division_code' }

type Shown = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]

/** A scheme with the names that go with it. */
export type SchemeRow = Omit<Shown, 'terms' | 'sections' | 'state' | 'agreed'> & {
  readonly agreed: SchemeFacts['agreed']
  readonly terms: Terms
  readonly sections: readonly Section[]
  readonly state: SchemeState
}

/** What is kept as JSON is what was written there. */
function schemeOf(row: Shown): SchemeRow {
  return row as unknown as SchemeRow
}

function columnsOf({ terms, sections, taskVersion, lawVersion, by, at }: WrittenScheme) {
  return {
    terms: JSON.stringify(terms),
    sections: JSON.stringify(sections),
    task_version: taskVersion,
    law_version: lawVersion,
    written_by: by,
    written_at: at,
  }
}

function published(reader: Reader) {
  return all(reader).where('s.state', '=', 'published').where('t.state', '=', 'agreed')
}

function all(reader: Reader) {
  return reader
    .selectFrom('tasks.scheme as s')
    .innerJoin('tasks.task as t', 't.id', 's.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 't.lead_authority_id')
    .innerJoin('agencies.division as d', 'd.code', 's.division_code')
    .innerJoin('agencies.person as w', 'w.id', 's.written_by')
    .leftJoin('agencies.person as p', 'p.id', 's.published_by')
    .select(['s.id', 's.version', 's.number', 's.terms', 's.sections', 's.state', 's.channel'])
    .select('s.agreed')
    .select(['s.task_id as taskId', 's.division_code as divisionCode', 'd.name as divisionName'])
    .select(['t.name as taskName', 't.number as taskNumber', 't.starts_on as startsOn', 't.year as taskYear'])
    .select(['t.lead_authority_id as leadAuthorityId', 'a.name as leadAuthorityName'])
    .select(['s.task_version as taskVersion', 's.law_version as lawVersion'])
    .select(['s.channel_note as channelNote', 's.written_by as writtenById', 'w.name as writtenByName'])
    .select([
      's.drafter_ids as drafterIds',
      's.written_at as writtenAt',
      'p.name as publishedByName',
      's.published_on as publishedOn',
    ])
}
