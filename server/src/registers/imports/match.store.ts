// What would become of each row: compared with the register in whole sets, never row by row.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import { explainNames } from './names.store.ts'
import { entityTypesOf, type Source } from './sources.rules.ts'

/** The import that is compared. */
export interface Matching {
  readonly id: string
  readonly mode: 'merge' | 'full' | 'reconcile'
  readonly authorityId: string
  readonly divisionCode: string
  /** Whether it may change subjects that other authorities keep, as the office of the joint register may. */
  readonly isJoint: boolean
  /** Whose list it is: of those whom it does not register nobody is missing from it. */
  readonly source?: Source | undefined
}

/** The steps of comparing, in their order; each is a statement or two. */
export const MATCHING: readonly {
  readonly step: string
  readonly run: (writer: Writer, matching: Matching) => Promise<void>
}[] = [
  { step: 'duplicates', run: findDuplicates },
  { step: 'known', run: findKnown },
  { step: 'compare', run: compare },
  { step: 'compare', run: findBrought },
  { step: 'gone', run: findGone },
  { step: 'names', run: explainNames },
]

// The same number is encrypted differently each time; its print is the same.
const CIPHERS = ['telephone_cipher', 'id_card_cipher']

/** The first row of a code stands; a further one may bring a further licence of the same entity, and nothing else. */
async function findDuplicates(writer: Writer, { id }: Matching): Promise<void> {
  // Only codes that were issued just now are looked behind: opening a million rows costs time.
  const key = sql`case when r.code like 'SL%' and r.fields ->> 'code_kind' = 'issued'
    then coalesce(r.fields ->> 'id_card_print', concat_ws(chr(31), '', r.name, r.division_code, r.fields ->> 'registered_address'))
    else r.code end`
  await sql`
    with keyed as (
      select r.row_number, ${key} as key, min(r.row_number) over (partition by ${key}) as first
        from registers.import_row r where r.import_id = ${id} and r.result = 'new')
    update registers.import_row r
       set result = 'duplicate', subject_id = f.subject_id, subject_division = f.subject_division,
           reasons = r.reasons || jsonb_build_array(jsonb_build_object('value', f.row_number::text, 'code',
             case when r.fields - ${CIPHERS}::text[] = f.fields - ${CIPHERS}::text[] then 'same_as_row'
                  when r.fields - 'licence' - ${CIPHERS}::text[] = f.fields - 'licence' - ${CIPHERS}::text[] then 'further_licence_of_row'
                  else 'differs_from_row' end))
      from keyed
      join registers.import_row f on f.import_id = ${id} and f.row_number = keyed.first
     where r.import_id = ${id} and r.row_number = keyed.row_number and keyed.row_number > keyed.first`.execute(
    writer,
  )
}

/** Who is in the register already: by code; a natural person by the print of his number; whoever has neither by name and place. */
async function findKnown(writer: Writer, { id }: Matching): Promise<void> {
  await sql`
    update registers.import_row r set subject_id = i.subject_id, subject_division = i.division_code, subject_version = 0
      from registers.subject_identity i
     where r.import_id = ${id} and r.result in ('new', 'duplicate') and i.code = r.code`.execute(writer)
  for (const same of [BY_PRINT, BY_PLACE])
    await sql`
      update registers.import_row r set subject_id = s.id, subject_division = s.division_code, code = s.code, subject_version = 0
        from registers.subject s
       where r.import_id = ${id} and r.result in ('new', 'duplicate') and r.code like 'SL%'
         and r.fields ->> 'code_kind' = 'issued' and s.division_code = r.division_code and ${same}`.execute(
      writer,
    )
}

/** A subject `s` is the person of a row `r`: by his number's print. Each alone, so that an index or a hash finds him. */
export const BY_PRINT = sql`r.fields ? 'id_card_print' and s.id_card_print = (r.fields ->> 'id_card_print')::bytea`
/** A subject `s` is whom a row `r` names that has no number: of that name in that place. */
export const BY_PLACE = sql`not r.fields ? 'id_card_print' and s.name = r.name and s.code like 'SL%' and s.registered_address is not distinct from r.fields ->> 'registered_address'`

// What a row says of itself that is not a column of the subject, or that an import never changes in one that is known.
const NOT_COMPARED = [
  'premises',
  'licence',
  'code_kind',
  'guess',
  'division_basis',
  'flags',
  'telephone_cipher',
  'id_card_cipher',
  'id_card_print',
]
// An import adds to these and takes nothing away.
const ADDED_TO = ['authority_ids', 'pools', 'tags']

/** Same, changed, renamed or in conflict: field by field, against what stands in the register now. */
async function compare(
  writer: Writer,
  { id, mode, divisionCode, authorityId, isJoint }: Matching,
): Promise<void> {
  // Where nothing is written, everything is compared, whoever keeps it; whose it is, is said beside.
  const isWritten = mode !== 'reconcile'
  const notCompared = isWritten ? NOT_COMPARED : [...NOT_COMPARED, 'authority_ids']
  const prefix = `${divisionPrefix(divisionCode)}%`
  await sql`
    with known as (
      select r.row_number, r.fields, to_jsonb(s) as was, s.version, s.left_on, s.division_code, u.undone_at,
             ${isJoint}::boolean or ${!isWritten}::boolean and s.division_code like ${prefix} or s.left_on is not null or s.authority_ids @> array[${authorityId}::uuid] as is_kept,
             ${!isJoint && !isWritten}::boolean and s.left_on is null and not s.authority_ids @> array[${authorityId}::uuid] as is_unlisted
        from registers.import_row r
        join registers.subject s on s.id = r.subject_id and s.division_code = r.subject_division
        left join registers.import u on u.id = s.import_id
       where r.import_id = ${id} and r.result = 'new' and r.subject_version = 0),
    differing as (
      select k.row_number, k.is_kept, k.is_unlisted, k.version, k.left_on, k.division_code, k.undone_at,
             (select jsonb_object_agg(f.key, jsonb_build_array(k.was -> f.key, f.value))
                from (
                  select key, case when key = any (${ADDED_TO}::text[])
                                   then (k.was -> key) || coalesce((select jsonb_agg(e) from jsonb_array_elements(value) e where not (k.was -> key) @> jsonb_build_array(e)), '[]')
                                   else value end as value
                    from jsonb_each(k.fields) where not key = any (${notCompared}::text[])) f
               where k.was -> f.key is distinct from f.value) as changes,
             k.fields -> 'telephone_cipher' as telephone, k.was -> 'telephone_cipher' as telephone_was
        from known k),
    -- Somebody else's subject is joined, and as it is: what differs is his to change.
    compared as (
      select d.row_number, d.is_unlisted, d.version, d.left_on, d.division_code, d.undone_at, d.telephone, d.telephone_was,
             case when d.is_kept then d.changes else jsonb_build_object('authority_ids', d.changes -> 'authority_ids') end as changes,
             not d.is_kept and d.changes - 'authority_ids' <> '{}' as is_other
        from differing d)
    update registers.import_row r
       set subject_version = c.version,
           changes = case when c.changes ? 'telephone_print'
                          then c.changes || jsonb_build_object('telephone_cipher', jsonb_build_array(c.telephone_was, c.telephone))
                          else c.changes end,
           result = case
             when c.division_code not like ${prefix} or c.left_on is not null and c.undone_at is null then 'conflict'
             when c.left_on is not null then 'new'
             when c.changes is null and not c.is_unlisted then 'same'
             when c.changes ? 'name' then 'renamed'
             else 'changed' end,
           reasons = r.reasons || case
             when c.division_code not like ${prefix} then jsonb_build_array(jsonb_build_object('code', 'stands_elsewhere', 'value', c.division_code))
             when c.left_on is not null and c.undone_at is null then jsonb_build_array(jsonb_build_object('code', 'left_the_register', 'value', c.left_on))
             when c.is_unlisted then jsonb_build_array(jsonb_build_object('code', 'not_of_this_authority'))
             when c.is_other then jsonb_build_array(jsonb_build_object('code', 'kept_by_another_authority'))
             else '[]' end
      from compared c
     where r.import_id = ${id} and r.row_number = c.row_number`.execute(writer)
}

/** A licence or a place of business that somebody who is known does not have yet is a change of him. */
async function findBrought(writer: Writer, { id, authorityId }: Matching): Promise<void> {
  await sql`
    update registers.import_row r
       set result = case r.result when 'same' then 'changed' else r.result end,
           changes = coalesce(r.changes, '{}') || b.brought
      from (
        select r.row_number, jsonb_strip_nulls(jsonb_build_object(
                 'licence', case when r.fields ? 'licence' and not exists (
                   select from registers.licence l
                    where l.subject_id = r.subject_id and l.division_code = r.subject_division and l.authority_id = ${authorityId}
                      and l.kind = r.fields #>> '{licence,kind}' and l.number = r.fields #>> '{licence,number}' and l.revoked_on is null)
                   then jsonb_build_array(null, concat_ws(' ', r.fields #>> '{licence,kind}', r.fields #>> '{licence,number}')) end,
                 'premises', case when r.fields ? 'premises' and not exists (
                   select from registers.premises p
                    where p.subject_id = r.subject_id and p.division_code = r.subject_division
                      and p.address = r.fields ->> 'premises' and p.closed_on is null)
                   then jsonb_build_array(null, r.fields ->> 'premises') end)) as brought
          from registers.import_row r
         where r.import_id = ${id} and r.result in ('same', 'changed', 'renamed')
           and r.fields ?| array['licence', 'premises']) b
     where r.import_id = ${id} and r.row_number = b.row_number and b.brought <> '{}'`.execute(writer)
}

// A list that is only compared may be of some: then whoever is not on it is counted, and not named one by one.
const MOST_NAMED = 50_000

/** Who stands in this authority's register and not in its full list. */
async function findGone(writer: Writer, matching: Matching): Promise<void> {
  const { id, mode } = matching
  if (mode === 'merge') return
  if (mode === 'reconcile' && (await countMissing(writer, matching)) > MOST_NAMED) return
  await sql`
    insert into registers.import_row
      (import_id, row_number, division_code, code, name, result, subject_id, subject_division, subject_version)
    select ${id}, -row_number() over (order by s.code), s.division_code, s.code, s.name, 'gone', s.id, s.division_code, s.version
    ${missingFrom(matching)}`.execute(writer)
}

/** How many stand in the register and not in the file. */
export async function countMissing(writer: Writer, matching: Matching): Promise<number> {
  const { rows } = await sql<{
    readonly n: number
  }>`select count(*)::int as n ${missingFrom(matching)}`.execute(writer)
  return rows[0]?.n ?? 0
}

function missingFrom({ id, mode, authorityId, divisionCode, isJoint, source }: Matching) {
  // The joint register holds the subjects of every authority.
  const isOfAll = isJoint && mode === 'reconcile'
  const types = mode === 'reconcile' ? entityTypesOf(source) : undefined
  return sql`
      from registers.subject s
     where s.left_on is null and s.division_code like ${`${divisionPrefix(divisionCode)}%`}
       ${isOfAll ? sql`` : sql`and s.authority_ids @> array[${authorityId}::uuid]`}
       ${types ? sql`and s.entity_type = any (${[...types]}::text[])` : sql``}
       and not exists (select from registers.import_row r
                        where r.import_id = ${id} and r.subject_id = s.id and r.result <> 'rejected')`
}

/** How many rows became what, and how many of the changes decide whether somebody can be drawn, and how likely. */
export async function countRows(writer: Writer, id: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ readonly result: string; readonly n: number; readonly weighty: number }>`
    select result, count(*)::int as n,
           count(*) filter (where changes ?| array['kind', 'entity_type', 'credit_class', 'risk_grade', 'registration_state', 'tags', 'pools']
                               or changes -> 'industry_code' -> 0 <> 'null')::int as weighty
      from registers.import_row where import_id = ${id} group by result`.execute(writer)
  const counts = Object.fromEntries(rows.map(({ result, n }) => [result, n]))
  const weighty = rows.filter(({ result }) => result === 'changed' || result === 'renamed')
  return { ...counts, reclassified: weighty.reduce((sum, row) => sum + row.weighty, 0) }
}
