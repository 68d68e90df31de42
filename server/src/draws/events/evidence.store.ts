// Who brought which file: every statement about it.

import type { Reader, Writer } from '../../platform/database/database.ts'

/** Notes that somebody brought a file; a second time changes nothing. */
export async function insertEvidence(
  writer: Writer,
  { hash, by, at }: { readonly hash: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await writer
    .insertInto('draws.evidence')
    .values({ hash, uploaded_by: by, uploaded_at: at })
    .onConflict((conflict) => conflict.columns(['hash', 'uploaded_by']).doNothing())
    .execute()
}

/** Whether somebody brought a file himself. */
export async function hasBrought(reader: Reader, hash: string, by: string): Promise<boolean> {
  const row = await reader
    .selectFrom('draws.evidence')
    .select('hash')
    .where('hash', '=', hash)
    .where('uploaded_by', '=', by)
    .executeTakeFirst()
  return row !== undefined
}
