// Drafts of items as they were before a file changed them.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'

/** A row of registers.inspection_item, by column. */
export type DraftImage = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number }

/** The drafts of an authority, by id. */
export async function draftImages(
  writer: Writer,
  authorityId: string,
): Promise<ReadonlyMap<string, DraftImage>> {
  const { rows } = await sql<{ readonly image: DraftImage }>`
    select to_jsonb(t) as image from registers.inspection_item t
     where t.authority_id = ${authorityId} and t.state = 'draft' for update`.execute(writer)
  return new Map(rows.map(({ image }) => [image.id, image]))
}

/** Puts a draft back as it was; its version goes on. */
export async function restoreDraft(writer: Writer, image: DraftImage): Promise<void> {
  const columns = Object.keys(image).filter((name) => name !== 'id' && name !== 'version')
  const sets = columns.map((name) => sql`${sql.id(name)} = n.${sql.id(name)}`)
  await sql`
    update registers.inspection_item t set ${sql.join(sets)}, version = t.version + 1
      from jsonb_populate_record(null::registers.inspection_item, ${JSON.stringify(image)}::jsonb) n
     where t.id = n.id`.execute(writer)
}
