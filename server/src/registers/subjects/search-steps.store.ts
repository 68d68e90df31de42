// The statements that a search of the register is made of. Each touches a bounded number of rows, through an index.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import {
  fits,
  holding,
  holdingAll,
  inside,
  on,
  type Sought,
  type Stretch,
} from './search-conditions.store.ts'
import type { Shares, TermPlace } from './expectation.rules.ts'
import type { SubjectKey } from './terms.rules.ts'

/** What a list shows of a subject; no personal numbers. */
export interface SubjectRow {
  readonly id: string
  readonly divisionCode: string
  readonly code: string
  readonly codeKind: string
  readonly name: string
  readonly kind: string
  readonly entityType: string
  readonly registeredType: string | null
  readonly legalRepresentative: string | null
  readonly registeredAddress: string | null
  readonly registrationState: string
  readonly divisionBasis: string
  readonly townshipCode: string | null
  readonly industryCode: string | null
  readonly creditClass: string | null
  readonly riskGrade: string | null
  readonly tags: readonly string[]
  readonly pools: readonly string[]
  readonly flags: readonly string[]
  readonly authorityIds: readonly string[]
  readonly station: string | null
  readonly establishedOn: string | null
  readonly enteredOn: string
  readonly leftOn: string | null
  readonly version: number
}

/** What the index gave: at most `cap` candidates, and the first of those that fit. */
export interface Candidates {
  readonly count: number
  readonly rows: readonly SubjectRow[]
}

/** What a list shows. */
export const COLUMNS = sql.raw(
  [
    's.id, s.division_code as "divisionCode", s.code, s.code_kind as "codeKind", s.name, s.kind, s.entity_type as "entityType"',
    's.registered_type as "registeredType", s.legal_representative as "legalRepresentative"',
    's.registered_address as "registeredAddress", s.registration_state as "registrationState"',
    's.division_basis as "divisionBasis", s.township_code as "townshipCode", s.industry_code as "industryCode"',
    's.credit_class as "creditClass", s.risk_grade as "riskGrade", s.tags, s.pools, s.flags',
    's.authority_ids as "authorityIds", s.station, s.established_on as "establishedOn", s.entered_on as "enteredOn"',
    's.left_on as "leftOn", s.version',
  ].join(', '),
)
// What the list shows and the filter needs: not the business scope, which is long.
const CARRIED = sql.raw(
  `id, division_code, code, code_kind, name, initials, kind, entity_type, registered_type, legal_representative, registered_address,
   registration_state, division_basis, township_code, industry_code, credit_class, risk_grade, tags, pools, flags, authority_ids,
   station, established_on, entered_on, left_on, version`,
)
/** The share of a term where nothing is known of any: few. */
const UNKNOWN = 0.001

/**
 * No parallel workers, which a busy server has not got to spare, and no compiling of statements that run for a
 * millisecond; and room for a bitmap of every page that is asked for.
 */
export async function settle(reader: Reader): Promise<void> {
  await sql`select set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),
                   set_config('work_mem', '32MB', true)`.execute(reader)
}

/** How common terms are, as far as the statistics know. */
export async function sharesOf(reader: Reader, terms: readonly string[]): Promise<Shares> {
  const asked = sql`any(${[...terms]}::text[])`
  const { rows } = await sql<{
    rows: number
    least: number | null
    known: Record<string, number> | null
    places: readonly TermPlace[] | null
  }>`
    select (select greatest(reltuples, 0)::float8 from pg_class where oid = 'registers.subject'::regclass) as rows,
           (select share from registers.term_share order by share limit 1) as least,
           (select json_object_agg(term, share) from registers.term_share where term = ${asked}) as known,
           (select json_agg(json_build_object('term', term, 'county', division_code, 'subjects', subjects))
              from registers.term_place where term = ${asked}) as places`.execute(reader)
  const { rows: total, least, known, places } = rows[0]!
  const of = new Map(Object.entries(known ?? {}))
  return { rows: total, least: least ?? UNKNOWN, of, places: places ?? [] }
}

/** The first rows that fit among the next `size` of a stretch. */
export async function walk(
  reader: Reader,
  sought: Sought,
  stretch: Stretch,
  { size, limit }: { readonly size: number; readonly limit: number },
): Promise<readonly SubjectRow[]> {
  const { rows } = await sql<SubjectRow>`
    select ${COLUMNS}
      from (select * from registers.subject s where ${on(sought, stretch)}
             order by division_code, code limit ${size}) s
     where ${fits(sought)} order by s.division_code, s.code limit ${limit}`.execute(reader)
  return rows
}

/** The key of the `size`th row of a stretch; nothing where it is shorter. */
export async function keyAfter(
  reader: Reader,
  sought: Sought,
  stretch: Stretch,
  size: number,
): Promise<SubjectKey | undefined> {
  const { rows } = await sql<{ division: string; code: string }>`
    select division_code as division, code from registers.subject s where ${on(sought, stretch)}
     order by division_code, code offset ${size - 1} limit 1`.execute(reader)
  return rows[0] && [rows[0].division, rows[0].code]
}

/** The candidates that have all terms, and of those in a stretch the first that fit. */
export async function candidates(
  reader: Reader,
  sought: Sought & { readonly terms: readonly string[] },
  stretch: Stretch,
  { cap, limit }: { readonly cap: number; readonly limit: number },
): Promise<Candidates> {
  const { rows } = await sql<SubjectRow & { readonly candidates: number }>`
    with hits as materialized (
      select ${CARRIED} from registers.subject where ${holdingAll(sought.terms)} limit ${cap})
    select c.candidates, found.*
      from (select count(*)::int as candidates from hits) c
      left join (select ${COLUMNS} from hits s where ${inside(stretch)} and ${fits(sought)}
                  order by s.division_code, s.code limit ${limit}) found on true
     order by found."divisionCode", found.code`.execute(reader)
  return candidatesOf(rows)
}

/** What the index gave of one division. */
export interface DivisionCandidates extends Candidates {
  readonly division: string
}

/**
 * The same for one division after the other, of so many digits, in one statement: as far as their rows are wanted, and not
 * past one that is crowded, which has no count.
 */
export async function candidatesByDivision(
  reader: Reader,
  sought: Sought & { readonly terms: readonly string[] },
  stretch: Stretch,
  bounds: {
    readonly level: number
    readonly crowded: ReadonlySet<string>
    readonly cap: number
    readonly limit: number
    readonly most: number
  },
): Promise<readonly DivisionCandidates[]> {
  const { level, crowded, cap, limit, most } = bounds
  const isCrowded = sql`n.division = any(${[...crowded]}::text[])`
  const { rows } = await sql<SubjectRow & { readonly division: string; readonly candidates: number | null }>`
    with recursive node (division) as (
      (select left(s.division_code, ${level}) from registers.subject s where ${inside(stretch)}
        order by s.division_code, s.code limit 1)
      union all
      select (select left(s.division_code, ${level}) from registers.subject s
               where s.division_code > n.division || ':' and s.division_code < ${stretch.below}
               order by s.division_code, s.code limit 1)
        from node n where n.division is not null and not (${isCrowded}))
    select n.division, found.*
      from (select division from node where division is not null limit ${most}) n
     cross join lateral (
      with hits as materialized (
        select ${CARRIED} from registers.subject
         where ${holdingAll(sought.terms)} and ${holding(sql`case when not (${isCrowded}) then array['d:' || n.division] end`)}
         limit ${cap})
      select case when not (${isCrowded}) then c.candidates end as candidates, f.*
        from (select count(*)::int as candidates from hits) c
        left join (select ${COLUMNS} from hits s where ${inside(stretch)} and ${fits(sought)}
                    order by s.division_code, s.code limit ${limit}) f on true
       order by f."divisionCode", f.code) found
     limit ${limit + most}`.execute(reader)
  const divisions = [...new Set(rows.map(({ division }) => division))]
  return divisions.map((division) => {
    const own = rows.filter((row) => row.division === division)
    return { division, ...candidatesOf(own.map(({ division: _division, ...row }) => row)) }
  })
}

/** How many of at most `cap` candidates fit; with their ids, so that no subject counts twice. */
export async function candidateIds(
  reader: Reader,
  sought: Sought & { readonly terms: readonly string[] },
  cap: number,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const { rows } = await sql<{ count: number; ids: readonly string[] }>`
    with hits as materialized (
      select ${CARRIED} from registers.subject where ${holdingAll(sought.terms)} limit ${cap})
    select (select count(*)::int from hits) as count, array(select s.id from hits s where ${fits(sought)}) as ids`.execute(
    reader,
  )
  return rows[0]!
}

/** The divisions of authorities. */
export async function divisionsOf(
  reader: Reader,
  authorityIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select division_code as code from agencies.authority where id = any(${[...authorityIds]}::uuid[])`.execute(
    reader,
  )
  return rows.map(({ code }) => code)
}

/** One row without a subject says how many candidates there were where none fits. No number: too many. */
export function candidatesOf(
  rows: readonly (SubjectRow & { readonly candidates: number | null })[],
): Candidates {
  const told = rows.map(({ candidates: count, ...row }) => ({ count, row }))
  const found = told.filter(({ row }) => (row.id as string | null) !== null)
  return { count: told[0] ? (told[0].count ?? Infinity) : 0, rows: found.map(({ row }) => row) }
}
