// Whom there is to reckon with, and where in the frame those stand to whom they are related. For numbers alone: none of it
// asks for a reach, and no name or code of it leaves the simulation.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import {
  completed,
  grouped,
  inScope,
  type Profile,
  profileColumns,
  type ProfileNeeds,
  type Scope,
} from '../../registers/index.ts'

/** Inspectors with a warrant that is valid on a day (YYYY-MM-DD), by authority. */
export async function inspectorsOf(
  reader: Reader,
  authorityIds: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ readonly id: string; readonly authorityId: string }>`
    select id, authority_id as "authorityId" from registers.inspector
     where authority_id = any(${[...authorityIds]}::uuid[]) and state = 'active' and warrant_from <= ${day}
       and warrant_until >= ${day}
     order by id`.execute(reader)
  const byAuthority = grouped(rows, ({ authorityId }) => authorityId)
  return new Map([...byAuthority].map(([id, those]) => [id, those.map((row) => row.id)]))
}

/** A subject of a scope that somebody has named in a declaration. */
export type NamedSubject = Profile & {
  readonly id: string
  readonly code: string
  readonly active: boolean
}

/** Which of some codes (in upper case) are subjects of a scope, and to which groups they belong. */
export async function subjectsNamed(
  reader: Reader,
  codes: readonly string[],
  { scope, needs }: { readonly scope: Scope; readonly needs: ProfileNeeds },
): Promise<readonly NamedSubject[]> {
  if (codes.length === 0) return []
  // Issued ids may have small letters; a declaration keeps none.
  const written = [...codes, ...codes.map((code) => code.toLowerCase())]
  const { rows } = await sql<Omit<NamedSubject, keyof Profile>>`
    select s.id, upper(i.code) as code, ${profileColumns(needs)}, (s.registration_state = 'active') as active,
           1 as subjects
      from registers.subject_identity i
      join registers.subject s on s.division_code = i.division_code and s.id = i.subject_id
     where i.code = any(${written}::text[]) and ${inScope(scope)}
     order by s.id, i.code`.execute(reader)
  return completed(rows)
}
