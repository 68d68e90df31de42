import type { Reader } from '../../platform/database/database.ts'

/** The lists of a draw, by the hash under which each lies among the files. Asks for no reach: of a draw that was found. */
export async function listsOfDraw(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.draw_list')
    .select(['name', 'is_result as isResult', 'file_hash as fileHash', 'bytes', 'rows'])
    .select('index_hash as indexHash')
    .where('draw_id', '=', drawId)
    .orderBy('name')
    .execute()
}
