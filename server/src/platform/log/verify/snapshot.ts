// One state of the database for a whole verification, read in pieces.

import type { Row, SqlRunner } from '../sql.ts'

const PIECE = 2000

/** Runs work on one unchanging state of the database, in the session settings that the triggers write under. */
export function inSnapshot<T>(sql: SqlRunner, role: string, work: (tx: SqlRunner) => Promise<T>): Promise<T> {
  return sql.transaction(role, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    await tx.query(`set local timezone = 'UTC'`)
    return work(tx)
  })
}

let cursors = 0

/** The rows of a query in pieces, through a cursor: no table is ever in memory whole. */
export async function* piecesOf(
  tx: SqlRunner,
  query: string,
  params: readonly unknown[] = [],
  piece = PIECE,
): AsyncGenerator<readonly Row[]> {
  const name = `piece_${++cursors}`
  await tx.query(`declare ${name} no scroll cursor for ${query}`, params)
  for (;;) {
    const { rows } = await tx.query(`fetch ${piece} from ${name}`)
    if (rows.length > 0) yield rows
    if (rows.length < piece) break
  }
  await tx.query(`close ${name}`)
}
