// Which files there are, and who brought them: every statement about them.

import type { Reader, Writer } from '../database/database.ts'
import type { StoredFile } from './files.ts'

/** Notes a stored file; the same bytes a second time change nothing. */
export async function insertFile(
  writer: Writer,
  { hash, bytes, mediaType, by, at }: StoredFile & { mediaType: string; by: string; at: Date },
): Promise<void> {
  await writer
    .insertInto('platform.file')
    .values({ hash, bytes, media_type: mediaType, stored_by: by, stored_at: at })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** A file that was brought. */
export function findFile(reader: Reader, hash: string) {
  return reader
    .selectFrom('platform.file')
    .select(['hash', 'bytes', 'media_type as mediaType', 'stored_by as storedBy'])
    .where('hash', '=', hash)
    .executeTakeFirst()
}
