// What the database knows of checkpoints and their cosignatures.

import { type Checkpoint, parseCheckpoint } from '@sunlot/draw'
import type { Row, SqlRunner } from './sql.ts'

/** A stored checkpoint: its note with the witnesses' lines appended. */
export interface StoredCheckpoint {
  readonly size: number
  readonly note: string
  readonly checkpoint: Checkpoint
  readonly at: Date
}

const NOTES = `
  select c.size::text as size, c.at,
         c.note || coalesce((select string_agg(s.line, '' order by s.witness)
                               from log.cosignature s where s.size = c.size), '') as note
    from log.checkpoint c`

/** The latest checkpoint, or nothing in a new log. */
export function latestCheckpoint(sql: SqlRunner): Promise<StoredCheckpoint | undefined> {
  return one(sql, `${NOTES} order by c.size desc limit 1`, [])
}

/** The latest checkpoint that at least `quorum` witnesses cosigned. */
export function latestWitnessed(sql: SqlRunner, quorum: number): Promise<StoredCheckpoint | undefined> {
  // From the cosignatures: where witnesses have been away for long, there are many checkpoints without any.
  const largest = `select size from log.cosignature group by size having count(*) >= $1 order by size desc limit 1`
  return one(sql, `${NOTES} where c.size = (${largest})`, [quorum])
}

/** The smallest checkpoint over at least `size` leaves that `quorum` witnesses cosigned; `by` (unix seconds): by their own clocks. */
export function firstWitnessedFrom(
  sql: SqlRunner,
  size: number,
  quorum: number,
  by = Infinity,
): Promise<StoredCheckpoint | undefined> {
  const smallest = `
    select size from log.cosignature where size >= $1 and at <= to_timestamp($3::float8)
     group by size having count(*) >= $2 order by size limit 1`
  return quorum === 0
    ? one(sql, `${NOTES} where c.size >= $1 order by c.size limit 1`, [size])
    : one(sql, `${NOTES} where c.size = (${smallest})`, [size, quorum, by])
}

async function one(
  sql: SqlRunner,
  query: string,
  params: readonly unknown[],
): Promise<StoredCheckpoint | undefined> {
  const [row] = (await sql.query(query, params)).rows
  return row && stored(row)
}

function stored(row: Row): StoredCheckpoint {
  const note = String(row['note'])
  const checkpoint = parseCheckpoint(note)
  if (!checkpoint) throw new Error(`log.checkpoint ${String(row['size'])} holds no checkpoint`)
  return { size: Number(row['size']), note, checkpoint, at: row['at'] as Date }
}
