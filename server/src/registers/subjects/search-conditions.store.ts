// What a search of the register asks of a row: by the index of terms, by the order, and by what decides.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { beginning, containing } from '../../platform/database/like.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { AppliesTo, Meaning, SubjectFilter, SubjectKey } from './terms.rules.ts'

/** What a search is for, once its text has one meaning. */
export interface Sought {
  readonly reach: Reach
  readonly filter: SubjectFilter
  readonly meaning: Meaning
}

/** A part of the order: after one key, and before every division that sorts at or after `below`. */
export interface Stretch {
  readonly after: SubjectKey
  readonly below: string
}

const TERMS = sql.raw(
  `registers.subject_terms(name, initials, division_code, kind, entity_type, industry_code, credit_class, risk_grade,
   registration_state, tags, pools, flags, authority_ids, left_on)`,
)

/**
 * The rows that have all terms, by their index. One condition for each: of several conditions the index skips to where the
 * next row can be that has all, while of several terms in one it reads the rarest to its end.
 */
export function holdingAll(terms: readonly string[]): RawBuilder<SqlBool> {
  if (terms.length === 0) return holding(sql`'{}'::text[]`)
  return sql<SqlBool>`${sql.join(
    terms.map((term) => holding(sql`array[${term}]`)),
    sql` and `,
  )}`
}

/** The rows that have all terms of an array in SQL; none where it is null. */
export function holding(terms: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`${TERMS} @> ${terms}`
}

/** The rows of a stretch, by the index of the order. */
export function inside({ after: [division, code], below }: Stretch): RawBuilder<SqlBool> {
  return sql<SqlBool>`(s.division_code, s.code) > (${division}, ${code}) and s.division_code < ${below}`
}

/** A stretch as an index condition. Codes by their beginning are together within one county alone. */
export function on({ meaning: { code: beginningOfCode } }: Sought, stretch: Stretch): RawBuilder<SqlBool> {
  if (beginningOfCode === undefined) return inside(stretch)
  const [division, code] = stretch.after
  return sql<SqlBool>`s.division_code = ${division} and s.code > ${code} and ${hasCode(beginningOfCode)}`
}

/** What decides. It is asked of few rows, and needs no index. */
export function fits({ reach, filter, meaning }: Sought): RawBuilder<SqlBool> {
  const conditions = [
    within(reach, { division: 's.division_code', authorities: 's.authority_ids' }),
    hereOrLeft(filter.left === true),
    ...ofFilter(filter),
    ...meaning.names.map(
      (name) =>
        sql<SqlBool>`registers.folded(s.name) like ${meaning.begins ? beginning(name) : containing(name)}`,
    ),
    ...meaning.initials.map((letters) => sql<SqlBool>`s.initials like ${containing(letters)}`),
    ...meaning.addresses.map(
      (piece) => sql<SqlBool>`registers.folded(s.registered_address) like ${containing(piece)}`,
    ),
    ...(meaning.code === undefined ? [] : [hasCode(meaning.code)]),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

/** The codes of such a beginning. */
export function hasCode(begins: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`s.code like ${beginning(begins)}`
}

function hereOrLeft(left: boolean): RawBuilder<SqlBool> {
  return left ? sql<SqlBool>`s.left_on is not null` : sql<SqlBool>`s.left_on is null`
}

function ofFilter(filter: SubjectFilter): readonly RawBuilder<SqlBool>[] {
  const { industry } = filter
  const columns = [
    ['s.kind', filter.kind],
    ['s.entity_type', filter.entityType],
    ['s.credit_class', filter.class],
    ['s.risk_grade', filter.grade],
    ['s.registration_state', filter.state],
    ['s.station', filter.station],
  ] as const
  const lists = [
    ['s.tags', filter.tag],
    ['s.pools', filter.pool],
    ['s.flags', filter.flag],
  ] as const
  return [
    ...columns.flatMap(([column, value]) => (value === undefined ? [] : [isOrNone(column, value)])),
    ...lists.flatMap(([column, value]) =>
      value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} @> array[${value}::text]`],
    ),
    ...(filter.authority === undefined
      ? []
      : [sql<SqlBool>`s.authority_ids @> array[${filter.authority}::uuid]`]),
    ...(industry === undefined
      ? []
      : [
          industry === '-'
            ? sql<SqlBool>`s.industry_code is null`
            : sql<SqlBool>`s.industry_code like ${beginning(industry)}`,
        ]),
    ...(filter.applies === undefined ? [] : ofItem(filter.applies)),
  ]
}

/** Of each list of an inspection item one must fit. */
export function ofItem({
  industries,
  entityTypes,
  kinds,
  licenceKinds,
  pools,
  tags,
}: AppliesTo): readonly RawBuilder<SqlBool>[] {
  const beginnings = industries.map(beginning)
  const lists = [
    [industries, sql<SqlBool>`s.industry_code like any (${beginnings}::text[])`],
    [entityTypes, sql<SqlBool>`s.entity_type = any (${[...entityTypes]}::text[])`],
    [kinds, sql<SqlBool>`s.kind = any (${[...kinds]}::text[])`],
    [pools, sql<SqlBool>`s.pools && ${[...pools]}::text[]`],
    [tags, sql<SqlBool>`s.tags && ${[...tags]}::text[]`],
    [
      licenceKinds,
      sql<SqlBool>`exists (select from registers.licence l
        where l.subject_id = s.id and l.division_code = s.division_code and l.revoked_on is null
          and l.kind = any (${[...licenceKinds]}::text[]))`,
    ],
  ] as const
  return lists.flatMap(([values, condition]) => (values.length === 0 ? [] : [condition]))
}

function isOrNone(column: string, value: string): RawBuilder<SqlBool> {
  return value === '-'
    ? sql<SqlBool>`${sql.ref(column)} is null`
    : sql<SqlBool>`${sql.ref(column)} = ${value}`
}
