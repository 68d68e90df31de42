// What a place adds to the files of law/.

import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { YearCalendar } from './calendars.ts'
import type { Kind, LawEntry, Value } from './shapes.ts'

/** Names the contents: which entries are in force, since when each was decided, and every day of every loaded calendar. */
export async function lawStamp(reader: Reader): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select coalesce((select md5(string_agg(id || ' ' || decided_at, ',' order by id)) from law.entry where state = 'effective'), '') || ' ' ||
           coalesce((select md5(string_agg(year || ' ' || days, ',' order by year)) from law.calendar), '') as stamp`.execute(
    reader,
  )
  return rows[0]?.stamp ?? ''
}

/** In order of approval. */
export async function approvedEntries(reader: Reader): Promise<readonly LawEntry[]> {
  const rows = await reader
    .selectFrom('law.entry')
    .selectAll()
    .where('state', '=', 'effective')
    .orderBy('decided_at')
    .orderBy('id')
    .execute()
  return rows.map(entryOf)
}

/** The years that administrators loaded. */
export async function loadedCalendars(reader: Reader): Promise<readonly YearCalendar[]> {
  const rows = await reader.selectFrom('law.calendar').selectAll().orderBy('year').execute()
  return rows.map(({ year, days, source_document }) => {
    const { holidays, workdays } = days as unknown as Pick<YearCalendar, 'holidays' | 'workdays'>
    return { year, holidays, workdays, notices: [source_document] }
  })
}

interface EntryRow {
  readonly division_code: string
  readonly parameter: string
  readonly value: unknown
  readonly kind: string
  readonly valid_from: string
  readonly valid_until: string | null
  readonly starts_at: string | null
  readonly source_document: string
  readonly source_article: string | null
  readonly source_phrase: string
}

/** A row as an entry of the law. */
export function entryOf(row: EntryRow): LawEntry {
  return {
    division: row.division_code,
    key: row.parameter,
    value: row.value as Value,
    kind: row.kind as Kind,
    from: row.valid_from,
    ...(row.valid_until === null ? {} : { until: row.valid_until }),
    ...(row.starts_at === null ? {} : { startsAt: row.starts_at }),
    source: {
      document: row.source_document,
      phrase: row.source_phrase,
      ...(row.source_article === null ? {} : { article: row.source_article }),
      confirmed: true,
    },
  }
}
