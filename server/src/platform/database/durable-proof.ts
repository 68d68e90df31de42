// The self-test of the durability patch, at every opening.

import type pg from 'pg'
import { DatabaseRefused } from './engine-contract.ts'

/**
 * Commits one write and counts: throws DatabaseRefused `not_durable` unless the log was put on disk for it.
 * The write is a message in the write-ahead log, which leaves no row behind.
 */
export async function proveDurable(pool: pg.Pool, logSyncs: () => number): Promise<void> {
  const before = logSyncs()
  await pool.query(`select pg_logical_emit_message(true, 'self-test', 'is a commit put on disk?')`)
  const counted = logSyncs() - before
  if (counted > 0) return
  throw new DatabaseRefused(
    'not_durable',
    { counted },
    'a commit was answered without being put on disk: the embedded database would lose it in a power cut',
  )
}
