// Whether the register is being moved right now: what is frozen in between would be neither the old one nor the new.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'

/**
 * The file of an import that is being written into the register of one of these divisions, of one above or below; nothing
 * where there is none. Asks for no reach: for whoever is about to freeze the register, who is told no more than the name.
 */
export async function importsMoving(
  reader: Reader,
  divisions: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ readonly fileName: string }>`
    select i.file_name as "fileName" from registers.import i
     where i.state in ('applying', 'halted', 'undoing') and ${meeting(divisions)}
     order by i.id limit 1`.execute(reader)
  return rows[0]?.fileName
}

/** The last file that was written into the register of these divisions, or taken back out, since an instant. */
export async function importsSince(
  reader: Reader,
  divisions: readonly string[],
  since: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ readonly fileName: string }>`
    select i.file_name as "fileName" from registers.import i
     where greatest(i.applied_at, i.undone_at) > ${since} and i.register = 'subject' and ${meeting(divisions)}
     order by i.id desc limit 1`.execute(reader)
  return rows[0]?.fileName
}

function meeting(divisions: readonly string[]): RawBuilder<SqlBool> {
  const each = divisions.map((code) => {
    const prefix = divisionPrefix(code)
    const above = [0, 2, 4, 6].map((length) => prefix.slice(0, length).padEnd(6, '0'))
    return sql<SqlBool>`i.division_code like ${`${prefix}%`} or i.division_code = any(${above}::text[])`
  })
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}
