// Which leaves are ready to get their places: committed, and no longer to be overtaken by one that commits late.

import { compareBytes, fromHex, logLeafHash } from '@sunlot/draw'
import { LogHalted } from './faults.ts'
import type { Row, SqlRunner } from './sql.ts'

/** How many leaves without a place one pass looks at. */
const WINDOW = 65_536
// From the number of a leaf to the number of its transaction, and from there to the disk, a statement takes no longer.
const STATEMENT_MS = 1000

// A leaf is ready when no transaction that could still commit is older than its own. A visible leaf from the future is
// one that was restored from another cluster's dump: long committed.
const UNSEQUENCED = `
  with fresh as materialized (
    select l.id, l.xid,
           l.xid < pg_snapshot_xmin(pg_current_snapshot()) or l.xid >= pg_snapshot_xmax(pg_current_snapshot()) as ready
      from log.leaf l
     where l.id > $1 and not exists (select from log.sequence s where s.leaf_id = l.id)
     order by l.id limit $2),
  chosen as (
    select id, xid, ready, count(*) over () as waiting, min(id) over () as lowest
      from fresh order by ready desc, xid, id limit $3)
  select c.id::text as id, l.body, encode(l.hash, 'hex') as hash, c.ready, c.waiting::int as waiting,
         c.lowest::text as lowest
    from chosen c join log.leaf l on l.id = c.id order by c.ready desc, c.xid, c.id`

const HORIZON = `
  select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
         (select coalesce(max(id), 0) from log.leaf)::text as top`

/** A leaf that waits, with what the database says is its hash. */
export interface ReadyLeaf {
  readonly id: string
  readonly body: string
}

/** `top`: the highest number at that moment. `xmax`: read later; by then each lower number had its transaction. */
interface Mark {
  readonly top: bigint
  readonly at: number
  readonly xmax: bigint | undefined
}

/**
 * Finds leaves without a place. Keeps a floor below which every leaf has one, so that a pass does not read the whole log:
 * once all transactions have ended that were open when `xmax` was read, no number up to `top` can appear any more.
 */
export class ReadyLeaves {
  readonly #statementMs: number
  #floor = 0n
  #mark: Mark | undefined

  constructor(statementMs = STATEMENT_MS) {
    this.#statementMs = statementMs
  }

  /** Up to `limit` ready leaves in the order (transaction, id), and how many wait in all. Throws `LogHalted`. */
  async take(
    sql: SqlRunner,
    limit: number,
  ): Promise<{ readonly leaves: readonly ReadyLeaf[]; readonly waiting: number }> {
    const horizon = (await sql.query(HORIZON)).rows[0] ?? {}
    const { rows } = await sql.query(UNSEQUENCED, [this.#floor.toString(), WINDOW, limit])
    this.#raiseFloor(horizon, rows[0] && BigInt(String(rows[0]['lowest'])))
    const leaves = rows.filter((row) => row['ready'] === true)
    return { leaves: leaves.map(checked), waiting: Number(rows[0]?.['waiting'] ?? 0) }
  }

  /** `horizon` was read before the leaves were. */
  #raiseFloor(horizon: Row, lowest: bigint | undefined): void {
    const [xmin, xmax, top] = ['xmin', 'xmax', 'top'].map((name) => BigInt(String(horizon[name]))) as [
      bigint,
      bigint,
      bigint,
    ]
    const mark = this.#mark
    const now = performance.now()
    if (!mark) this.#mark = top > this.#floor ? { top, at: now, xmax: undefined } : undefined
    else if (mark.xmax === undefined) {
      if (now - mark.at > this.#statementMs) this.#mark = { ...mark, xmax }
    } else if (xmin >= mark.xmax && (lowest === undefined || lowest > mark.top)) {
      this.#floor = mark.top
      this.#mark = undefined
    }
  }
}

function checked(row: Row): ReadyLeaf {
  const [id, body, hash] = ['id', 'body', 'hash'].map((name) => String(row[name])) as [string, string, string]
  if (compareBytes(logLeafHash(body), fromHex(hash)) !== 0) throw new LogHalted('leaf_altered', { leaf: id })
  return { id, body }
}
