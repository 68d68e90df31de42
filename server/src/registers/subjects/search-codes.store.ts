// The statements of a search by code. A code is unique in the country, and its beginning names a county that registers.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { beginning } from '../../platform/database/like.ts'
import { fits, hasCode, inside, type Sought, type Stretch } from './search-conditions.store.ts'
import { type Candidates, candidatesOf, COLUMNS, type SubjectRow } from './search-steps.store.ts'

// One by one through the index of the order: a join would be free to read the table.
const OF_CODE = sql.raw(
  '(select * from registers.subject s where s.division_code = i.division_code and s.code = i.code offset 0)',
)

/** The subjects with a code of such a beginning, where they are at most `cap`. */
export async function byCode(
  reader: Reader,
  sought: Sought,
  stretch: Stretch,
  { cap, limit }: { readonly cap: number; readonly limit: number },
): Promise<Candidates> {
  const { rows } = await sql<SubjectRow & { readonly candidates: number }>`
    with named as materialized (
      select i.code, i.division_code from registers.subject_identity i
       where i.code like ${beginning(sought.meaning.code ?? '')} limit ${cap})
    select c.candidates, found.*
      from (select count(*)::int as candidates from named) c
      left join (select ${COLUMNS} from named i cross join lateral ${OF_CODE} s
                 where ${inside(stretch)} and ${fits(sought)}
                 order by s.division_code, s.code limit ${limit}) found on true
     order by found."divisionCode", found.code`.execute(reader)
  return candidatesOf(rows)
}

/** The first divisions of a stretch that hold a code of such a beginning. */
export async function divisionsWithCode(
  reader: Reader,
  begins: string,
  stretch: Stretch,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    with recursive county (code) as (
      (select s.division_code from registers.subject s where ${inside(stretch)}
        order by s.division_code, s.code limit 1)
      union all
      select (select s.division_code from registers.subject s
               where s.division_code > c.code and s.division_code < ${stretch.below}
               order by s.division_code, s.code limit 1)
        from county c where c.code is not null)
    select c.code from county c
     cross join lateral (select 1 from registers.subject s
                          where s.division_code = c.code and ${hasCode(begins)} limit 1) held
     limit ${limit}`.execute(reader)
  return rows.map(({ code }) => code)
}

/** The ids of those who fit among at most `cap` that have a code of such a beginning, and how many those are. */
export async function idsByCode(
  reader: Reader,
  sought: Sought,
  prefix: string,
  cap: number,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const { rows } = await sql<{ count: number; ids: readonly string[] }>`
    with named as materialized (
      select i.code, i.division_code from registers.subject_identity i
       where i.code like ${beginning(sought.meaning.code ?? '')} limit ${cap})
    select (select count(*)::int from named) as count,
           array(select s.id from named i cross join lateral ${OF_CODE} s
                  where i.division_code like ${beginning(prefix)} and ${fits(sought)}) as ids`.execute(reader)
  return rows[0]!
}

/** How many codes have such a beginning, by the statistics. */
export async function estimateCodes(reader: Reader, begins: string): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': string | Plans }>`
    explain (format json) select from registers.subject_identity i where i.code like ${beginning(begins)}`.execute(
    reader,
  )
  const plans = rows[0]!['QUERY PLAN']
  const [{ Plan: plan }] = typeof plans === 'string' ? (JSON.parse(plans) as Plans) : plans
  return plan['Plan Rows']
}

type Plans = readonly [{ readonly Plan: { readonly 'Plan Rows': number } }]
