// Takes back a whole import of subjects: what it entered leaves, what it changed is as it was.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { changeableFrom, patched } from './patch.store.ts'

/** An import that is undone. */
export interface Undoing {
  readonly id: string
  readonly today: string
  readonly now: Date
  readonly by: string
  readonly reason: string
}

/** Nobody changes its subjects from here until the transaction ends. */
export async function holdTouched(writer: Writer, id: string): Promise<void> {
  await sql`
    with held as materialized (select s.id from registers.subject s where s.import_id = ${id} order by s.id for update)
    select count(*) from held`.execute(writer)
  await sql`
    with held as materialized (
      select s.id from registers.subject_change c
        join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
       where c.import_id = ${id} and c.source = 'import' order by s.id for update of s)
    select count(*) from held`.execute(writer)
}

/** How many of its subjects somebody has changed since, and the code of one: then it cannot be undone whole. */
export async function changedSince(
  writer: Writer,
  id: string,
): Promise<{ readonly count: number; readonly code: string }> {
  const { rows } = await sql<{ readonly count: number; readonly code: string | null }>`
    with touched as (
      select s.code from registers.subject s where s.import_id = ${id} and s.left_on is null and s.version > 1
         and not exists (select from registers.subject_change c where c.subject_id = s.id and c.division_code = s.division_code
                            and c.import_id = ${id} and c.kind = 'entered')
      union all
      select s.code from registers.subject_change c
        join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
       where c.import_id = ${id} and c.source = 'import' and s.version <> c.subject_version)
    select count(*)::int as count, min(code) as code from touched`.execute(writer)
  return { count: rows[0]?.count ?? 0, code: rows[0]?.code ?? '' }
}

/** Undoes; gives how many subjects left again and how many are as they were. */
export async function undoSubjects(
  writer: Writer,
  { id, today, now, by, reason }: Undoing,
): Promise<{ readonly left: number; readonly restored: number }> {
  const restored = await sql`
    update registers.subject s
       set ${changeableFrom('n')},
           left_on = n.left_on, version = s.version + 1
      from registers.subject_change c
     ${patched({ id: 'c.subject_id', division: 'c.division_code', changes: 'c.fields' }, 'before')}
     where c.import_id = ${id} and c.source = 'import' and c.kind in ('changed', 'left')
       and s.id = c.subject_id and s.division_code = c.division_code`.execute(writer)
  await sql`
    insert into registers.subject_change
      (id, division_code, subject_id, kind, state, fields, reason, source, import_id, proposed_by, proposed_at, decided_by, decided_at)
    select registers.new_id(), c.division_code, c.subject_id, case c.kind when 'left' then 'returned' else 'changed' end, 'effective',
           coalesce((select jsonb_object_agg(key, jsonb_build_array(value -> 1, value -> 0)) from jsonb_each(c.fields)), '{}'),
           ${reason}, 'undo', ${id}, ${by}, ${now}, ${by}, ${now}
      from registers.subject_change c
     where c.import_id = ${id} and c.source = 'import' and c.kind in ('changed', 'left')`.execute(writer)
  await sql`update registers.premises set closed_on = ${today}, version = version + 1 where import_id = ${id} and closed_on is null`.execute(
    writer,
  )
  await sql`update registers.licence set revoked_on = ${today}, version = version + 1 where import_id = ${id} and revoked_on is null`.execute(
    writer,
  )
  // Whoever leaves again is told of as whoever else leaves: in its history, and in what is published.
  await sql`
    insert into registers.subject_change
      (id, division_code, subject_id, kind, state, reason, source, import_id, proposed_by, proposed_at, decided_by, decided_at)
    select registers.new_id(), s.division_code, s.id, 'left', 'effective', ${reason}, 'undo', ${id}, ${by}, ${now}, ${by}, ${now}
      from registers.subject s where s.import_id = ${id} and s.left_on is null`.execute(writer)
  const left = await sql`
    update registers.subject set left_on = ${today}, version = version + 1
     where import_id = ${id} and left_on is null`.execute(writer)
  return { left: Number(left.numAffectedRows ?? 0n), restored: Number(restored.numAffectedRows ?? 0n) }
}
