// The register, counted in groups of subjects that are alike: what plans and tasks reckon with instead of single subjects.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import { ofItem } from './search-conditions.store.ts'
import type { Profile, ProfileNeeds, Scope } from './scope.rules.ts'

/** More groups than this are not read: whoever asks is told that his scope is too varied. */
export const MOST_PROFILES = 200_000

/** What profiles are counted of. */
export interface ProfileQuery {
  readonly scope: Scope
  readonly needs: ProfileNeeds
}

/** The subjects of a scope that are in business and within a reach, in groups. One more than MOST_PROFILES where there are more. */
export async function profileGroups(
  reader: Reader,
  reach: Reach,
  { scope, needs }: ProfileQuery,
): Promise<readonly Profile[]> {
  const { rows } = await sql<Profile>`
    select ${profileColumns(needs)}, count(*)::int as subjects
      from registers.subject s
     where ${inScope(scope)} and s.registration_state = 'active'
       and ${within(reach, { division: 's.division_code', authorities: 's.authority_ids' })}
     group by ${profileKeys(needs)} limit ${MOST_PROFILES + 1}`.execute(reader)
  return rows
}

/** What a group shows of its subjects `s`; bare columns, so that groups are made by hashing. */
export function profileColumns(needs: ProfileNeeds): RawBuilder<unknown> {
  return sql`s.division_code as division, coalesce(s.industry_code, '') as industry, s.entity_type as "entityType",
    s.kind, coalesce(s.credit_class, 'N') as class, ${needs.tags ? sql`s.tags` : NONE} as tags,
    ${needs.pools ? sql`s.pools` : NONE} as pools, ${needs.licences ? LICENCES : NONE} as licences`
}

/** By what the subjects `s` are grouped, in the same sense. */
export function profileKeys(needs: ProfileNeeds): RawBuilder<unknown> {
  const keys = [
    sql`s.division_code, s.industry_code, s.entity_type, s.kind, s.credit_class`,
    ...(needs.tags ? [sql`s.tags`] : []),
    ...(needs.pools ? [sql`s.pools`] : []),
    ...(needs.licences ? [LICENCES] : []),
  ]
  return sql.join(keys)
}

/** The subjects `s` of a scope that are in the register. */
export function inScope(scope: Scope): RawBuilder<SqlBool> {
  const prefixes = scope.divisions.map((code) => `${divisionPrefix(code)}%`)
  const classes = scope.classes.map((letter) => (letter === 'N' ? '' : letter))
  const conditions = [
    sql<SqlBool>`s.left_on is null and s.division_code like any (${prefixes}::text[])`,
    ...(scope.register === null ? [] : [sql<SqlBool>`s.authority_ids @> array[${scope.register}::uuid]`]),
    ...(classes.length === 0 ? [] : [sql<SqlBool>`coalesce(s.credit_class, '') = any (${classes}::text[])`]),
    ...ofItem(scope),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

const NONE = sql`'{}'::text[]`
const LICENCES = sql`array(select distinct l.kind from registers.licence l
  where l.subject_id = s.id and l.division_code = s.division_code and l.revoked_on is null order by 1)`
