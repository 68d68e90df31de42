// Which leaves are ready to get their places: committed, and no longer to be overtaken by one that commits late.

import { compareBytes, fromHex, logLeafHash } from '@sunlot/draw'
import { LogHalted } from './faults.ts'
import type { SqlRunner } from './sql.ts'

/** How many ids beyond the floor one pass looks at. */
const WINDOW = 65_536

// A leaf is ready when no transaction that could still commit is older than its own. A visible leaf from the future is
// one that was restored from another cluster's dump: long committed.
const UNSEQUENCED = `
  with fresh as materialized (
    select l.id, l.xid, l.body, l.hash,
           l.xid < pg_snapshot_xmin(pg_current_snapshot()) or l.xid >= pg_snapshot_xmax(pg_current_snapshot()) as ready
      from log.leaf l
     where l.id > $1 and l.id <= $1::bigint + $2
       and not exists (select from log.sequence s where s.leaf_id = l.id))
  select id::text, body, encode(hash, 'hex') as hash, ready, count(*) over ()::int as waiting,
         min(id) over ()::text as lowest
    from fresh order by ready desc, fresh.xid, fresh.id limit $3`

const HORIZON = `
  select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
         least((select coalesce(max(id), 0) from log.leaf), $1::bigint + $2)::text as top`

/** A leaf that waits, with what the database says is its hash. */
export interface ReadyLeaf {
  readonly id: string
  readonly body: string
}

/**
 * Finds leaves without a place. Keeps a floor below which every leaf has one, so that a pass does not read the whole log:
 * an id is assigned after its transaction's, so once all transactions that were open when `top` was read have ended, no
 * lower id can appear any more.
 */
export class ReadyLeaves {
  #floor = 0n
  #mark: { readonly top: bigint; readonly xmax: bigint } | undefined

  /** Up to `limit` ready leaves in the order (transaction, id), and how many wait in all. Throws `LogHalted`. */
  async take(
    sql: SqlRunner,
    limit: number,
  ): Promise<{ readonly leaves: readonly ReadyLeaf[]; readonly waiting: number }> {
    for (;;) {
      const horizon = (await sql.query(HORIZON, [this.#floor.toString(), WINDOW])).rows[0] ?? {}
      const { rows } = await sql.query(UNSEQUENCED, [this.#floor.toString(), WINDOW, limit])
      const lowest = rows[0] && BigInt(String(rows[0]['lowest']))
      if (this.#raiseFloor(horizon, lowest) && rows.length === 0) continue
      const leaves = rows.filter((row) => row['ready'] === true)
      return { leaves: leaves.map(checked), waiting: Number(rows[0]?.['waiting'] ?? 0) }
    }
  }

  /** True where the floor rose. `horizon` was read before the leaves were. */
  #raiseFloor(horizon: Readonly<Record<string, unknown>>, lowest: bigint | undefined): boolean {
    const [xmin, xmax, top] = ['xmin', 'xmax', 'top'].map((name) => BigInt(String(horizon[name])))
    const mark = this.#mark
    const passed = mark !== undefined && xmin! >= mark.xmax && (lowest === undefined || lowest > mark.top)
    if (passed) this.#floor = mark.top
    if (passed || !mark) this.#mark = top! > this.#floor ? { top: top!, xmax: xmax! } : undefined
    return passed
  }
}

function checked(row: Readonly<Record<string, unknown>>): ReadyLeaf {
  const [id, body, hash] = ['id', 'body', 'hash'].map((name) => String(row[name])) as [string, string, string]
  if (compareBytes(logLeafHash(body), fromHex(hash)) !== 0) throw new LogHalted('leaf_altered', { leaf: id })
  return { id, body }
}
