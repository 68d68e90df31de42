// The register, counted in groups of subjects that are alike: what plans and tasks reckon with instead of single subjects.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import { holdingAll, ofItem } from './search-conditions.store.ts'
import type { Profile, ProfileNeeds, Scope } from './scope.rules.ts'

/** More groups than this are not read: whoever asks is told that his scope is too varied. */
export const MOST_PROFILES = 200_000

/** What a group shows of its subjects `s`. What is not asked for is left out: `completed` puts it in. */
export function profileColumns(needs: ProfileNeeds): RawBuilder<unknown> {
  const columns = [
    sql`s.division_code as division, coalesce(${industryOf(needs)}, '') as industry`,
    sql`coalesce(s.credit_class, 'N') as class`,
    ...(needs.withoutTypes ? [] : [sql`s.entity_type as "entityType"`]),
    ...(needs.withoutKinds ? [] : [sql`s.kind`]),
    ...(needs.tags ? [sql`s.tags`] : []),
    ...(needs.pools ? [sql`s.pools`] : []),
    ...(needs.licences ? [sql`${LICENCES} as licences`] : []),
  ]
  return sql.join(columns)
}

/** By what the subjects `s` are grouped, in the same sense; bare columns, so that groups are made by hashing. */
export function profileKeys(needs: ProfileNeeds): RawBuilder<unknown> {
  const keys = [
    sql`s.division_code, ${industryOf(needs)}, s.credit_class`,
    ...(needs.withoutTypes ? [] : [sql`s.entity_type`]),
    ...(needs.withoutKinds ? [] : [sql`s.kind`]),
    ...(needs.tags ? [sql`s.tags`] : []),
    ...(needs.pools ? [sql`s.pools`] : []),
    ...(needs.licences ? [LICENCES] : []),
  ]
  return sql.join(keys)
}

/** Profiles as they were read, whole: reading empty lists for every group would cost more than counting. */
export function completed<T extends object>(rows: readonly T[]): readonly (T & Profile)[] {
  return rows.map((row) => ({ ...NOT_ASKED, ...row }) as unknown as T & Profile)
}

/** Under one of some divisions. Each apart: an index serves a beginning, and none of a list of them. */
export function underAny(column: string, divisions: readonly string[]): RawBuilder<SqlBool> {
  const each = divisions.map((code) => sql<SqlBool>`${sql.ref(column)} like ${`${divisionPrefix(code)}%`}`)
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}

/** How many subjects an authority supervises. A number alone: it asks for no reach. */
export async function countSupervised(reader: Reader, authorityId: string): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::int as count from registers.subject
     where ${holdingAll([`a:${authorityId}`])} and left_on is null`.execute(reader)
  return rows[0]?.count ?? 0
}

const NOT_ASKED = { entityType: '', kind: '', tags: [], pools: [], licences: [] } as const

/** A number in the text, not a parameter: the same expression stands in the columns and in the keys. */
function industryOf({ industryLetters }: ProfileNeeds): RawBuilder<unknown> {
  if (industryLetters === undefined) return sql`s.industry_code`
  return sql`left(s.industry_code, ${sql.raw(String(Math.trunc(industryLetters)))})`
}

/** The subjects `s` of a scope that are in the register. */
export function inScope(scope: Scope): RawBuilder<SqlBool> {
  const classes = scope.classes.map((letter) => (letter === 'N' ? '' : letter))
  const conditions = [
    sql<SqlBool>`s.left_on is null and ${underAny('s.division_code', scope.divisions)}`,
    ...(scope.register === null ? [] : [sql<SqlBool>`s.authority_ids @> array[${scope.register}::uuid]`]),
    ...(classes.length === 0 ? [] : [sql<SqlBool>`coalesce(s.credit_class, '') = any (${classes}::text[])`]),
    ...ofItem(scope),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

const LICENCES = sql`array(select distinct l.kind from registers.licence l
  where l.subject_id = s.id and l.division_code = s.division_code and l.revoked_on is null order by 1)`
