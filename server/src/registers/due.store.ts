// Whether what the law asks for by a day is there. Each question touches few rows, through an index.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import { divisionPrefix } from '../platform/reach.ts'
import type { Duty } from './due.rules.ts'

/** An authority that may inspect. */
export interface Inspecting {
  readonly id: string
  readonly name: string
  readonly divisionCode: string
}

/** Those of some authorities that may inspect and have not been closed. */
export function inspectingAmong(reader: Reader, ids: readonly string[]): Promise<readonly Inspecting[]> {
  return reader
    .selectFrom('agencies.authority')
    .select(['id', 'name', 'division_code as divisionCode'])
    .where('id', 'in', [...ids])
    .where('inspects', '=', true)
    .where('closed_on', 'is', null)
    .orderBy('name')
    .execute()
}

/** The name of a division. */
export async function divisionName(reader: Reader, code: string): Promise<string> {
  const row = await reader
    .selectFrom('agencies.division')
    .select('name')
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.name ?? code
}

/** Whose duty, and since when what is done counts. */
export interface Owed {
  readonly authorityId: string
  readonly divisionCode: string
  readonly today: string
  /** The due day before; undefined: whenever it was done. */
  readonly since: string | undefined
}

/** Whether a duty is met. */
export async function isMet(reader: Reader, what: Duty['what'], owed: Owed): Promise<boolean> {
  const { rows } = await sql<{ met: boolean }>`select (${conditionOf(what, owed)}) as met`.execute(reader)
  return rows[0]?.met === true
}

function conditionOf(what: Duty['what'], owed: Owed): RawBuilder<SqlBool> {
  switch (what) {
    case 'catalogue':
      return sql`exists (${itemsInForce(owed)})`
    case 'subjects':
      return sql`(${hasSubjects(owed)}) and (${subjectsLookedAfter(owed)})`
    case 'inspectors':
      return sql`exists (select from registers.inspector
                          where authority_id = ${owed.authorityId} and state <> 'left')`
    case 'operatingRules':
    case 'workInstruction':
      return sql`exists (select from registers.operating_document
                          where authority_id = ${owed.authorityId} and kind = ${what}
                            and state in ('submitted', 'received') and ${after('submitted_on', owed)})`
    case 'unsuitableStatement':
      // Who has nothing unsuitable has nothing to state.
      return sql`not exists (${itemsInForce(owed)} and not is_random)
                 or exists (select from registers.unsuitable_statement
                             where authority_id = ${owed.authorityId}
                               and state in ('submitted', 'received') and ${after('submitted_on', owed)})`
    case 'jointCatalogue':
      return sql`exists (select from registers.joint_item
                          where division_code = ${owed.divisionCode} and state = 'effective')`
  }
}

function itemsInForce({ authorityId, today }: Owed): RawBuilder<SqlBool> {
  return sql`select from registers.inspection_item
              where authority_id = ${authorityId} and state = 'effective'
                and (effective_until is null or effective_until >= ${today}::date)`
}

/** The first rows of the county mostly have one; only where they have none is the index of whose register asked. */
function hasSubjects({ authorityId, divisionCode }: Owed): RawBuilder<SqlBool> {
  const within = `${divisionPrefix(divisionCode)}%`
  return sql`exists (select from (select authority_ids, left_on from registers.subject
                                   where division_code like ${within}
                                   order by division_code, code limit ${LOOKED_AT}) near
                      where left_on is null and authority_ids @> array[${authorityId}::uuid])
          or exists (select from registers.subject
                      where registers.subject_terms(name, initials, division_code, kind, entity_type, industry_code,
                              credit_class, risk_grade, registration_state, tags, pools, flags, authority_ids, left_on)
                            @> array['a:' || ${authorityId}::text]
                        and left_on is null)`
}

/** Whether the register was filled or brought up to date since the due day before: a file applied, or changes by hand. */
function subjectsLookedAfter({ authorityId, divisionCode, since }: Owed): RawBuilder<SqlBool> {
  if (since === undefined) return sql`true`
  const within = `${divisionPrefix(divisionCode)}%`
  return sql`exists (select from registers.import
                      where authority_id = ${authorityId} and register = 'subject' and state = 'applied'
                        and applied_at >= ${endOf(since)})
          or exists (select from (select subject_id, division_code from registers.subject_change
                                   where division_code like ${within} and state = 'effective'
                                     and proposed_at >= ${endOf(since)}
                                   limit ${LOOKED_AT}) c
                       join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
                      where s.authority_ids @> array[${authorityId}::uuid])`
}

const LOOKED_AT = 1000

function after(column: string, { since }: Owed): RawBuilder<SqlBool> {
  return since === undefined ? sql`true` : sql`${sql.ref(column)} > ${since}::date`
}

/** The first moment after a day, in China. */
function endOf(day: string): RawBuilder<Date> {
  return sql`((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')`
}
