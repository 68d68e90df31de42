// Who brought which file for what: every statement about evidence.

import type { Reader, Writer } from '../../platform/database/database.ts'

/** What a file is brought for. */
export type Purpose = 'outside' | 'visit'

/** Notes that a person brought a file. */
export async function insertEvidence(
  writer: Writer,
  evidence: {
    readonly id: string
    readonly hash: string
    readonly purpose: Purpose
    /** For which he acts. */
    readonly place: { readonly authorityId: string; readonly divisionCode: string }
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const { id, hash, purpose, place, by, at } = evidence
  await writer
    .insertInto('tasks.evidence')
    .values({
      id,
      hash,
      purpose,
      authority_id: place.authorityId,
      division_code: place.divisionCode,
      uploaded_by: by,
      uploaded_at: at,
    })
    .execute()
}

/** Whether a person brought a file as the ground of a task of an authority. */
export async function hasGround(
  reader: Reader,
  { hash, by, authorityId }: { readonly hash: string; readonly by: string; readonly authorityId: string },
): Promise<boolean> {
  const row = await reader
    .selectFrom('tasks.evidence')
    .select('id')
    .where('uploaded_by', '=', by)
    .where('hash', '=', hash)
    .where('purpose', '=', 'outside')
    .where('authority_id', '=', authorityId)
    .executeTakeFirst()
  return row !== undefined
}

/** What a visit is shown by, as its rule asks: who brought it for what, and whether a visit was declared by it already. */
export async function findEvidence(reader: Reader, id: string) {
  const row = await reader
    .selectFrom('tasks.evidence')
    .select(['purpose', 'authority_id as authorityId', 'uploaded_by as uploadedById'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  // Visits are spread by the division of who was visited, which is not that of the file.
  const visit = await reader
    .selectFrom('tasks.visit')
    .select('id')
    .where('evidence_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return { ...row, isUsed: visit !== undefined }
}
