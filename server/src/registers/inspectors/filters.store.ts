// Which inspectors a list holds, as conditions on `registers.inspector i`; and the words that are in use.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { containing } from '../../platform/database/like.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Days } from './inspectors.rules.ts'
import type { InspectorQuery } from './inspectors.schema.ts'

const WORD_COLUMNS = {
  enforcementCategory: 'enforcement_categories',
  qualification: 'qualifications',
  specialism: 'specialisms',
} as const

/** Words that are in use within reach, the most frequent first. */
export async function listTags(
  reader: Reader,
  reach: Reach,
  { kind, q, limit }: { kind: keyof typeof WORD_COLUMNS; q: string | undefined; limit: number },
): Promise<readonly { readonly word: string; readonly inspectors: number }[]> {
  const { rows } = await sql<{ word: string; inspectors: number }>`
    select word, count(*) as inspectors
      from registers.inspector i, unnest(${sql.ref(`i.${WORD_COLUMNS[kind]}`)}) word
     where i.state <> 'left' and ${within(reach, { authority: 'i.authority_id', division: 'i.division_code' })}
       and word like ${q === undefined ? '%' : containing(q)}
     group by word order by inspectors desc, word limit ${limit}`.execute(reader)
  return rows
}

/** In a state today; without one, everybody who has not left. */
export function inState(state: InspectorQuery['state'], { today }: Days) {
  const onLeave = sql`exists (select from registers.inspector_leave l where l.inspector_id = i.id
    and l.withdrawn_at is null and ${today}::date between l.from_on and l.until_on)`
  switch (state) {
    case undefined:
      return sql<boolean>`i.state <> 'left'`
    case 'onLeave':
      return sql<boolean>`(i.state = 'active' and ${onLeave})`
    case 'active':
      return sql<boolean>`(i.state = 'active' and not ${onLeave})`
    case 'suspended':
    case 'left':
      return sql<boolean>`i.state = ${state}`
  }
}

/** With a warrant that stands so today. */
export function withWarrant(warrant: InspectorQuery['warrant'], { today, soon }: Days) {
  switch (warrant) {
    case undefined:
      return sql<boolean>`true`
    case 'none':
      return sql<boolean>`(i.warrant_number is null or i.warrant_until is null)`
    case 'expired':
      return sql<boolean>`i.warrant_until < ${today}`
    case 'expiring':
      return sql<boolean>`i.warrant_until between ${today} and ${soon}`
  }
}

/** With each of the words that are asked for. */
export function withWords(filter: InspectorQuery) {
  const conditions = (['enforcementCategory', 'qualification', 'specialism'] as const).flatMap((kind) => {
    const word = filter[kind]?.normalize('NFC')
    return word === undefined
      ? []
      : [sql`${sql.ref(`i.${WORD_COLUMNS[kind]}`)} @> ${sql`array[${word}]::text[]`}`]
  })
  return sql<boolean>`${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}`
}
