// What a server must know of its database before anything else.

import type { Pool } from 'pg'

/** Born real or simulated; how far the clock of a simulated one is ahead of the machine, in milliseconds. */
export interface Birth {
  readonly id: string
  readonly kind: 'real' | 'simulated'
  readonly aheadMs: number
  /** Nobody has an account: the first administrators are still to be appointed. */
  readonly empty: boolean
}

/** The birth of a migrated database. */
export async function readBirth(pool: Pool): Promise<Birth> {
  const client = await pool.connect()
  try {
    await client.query('begin read only; set local role sunlot_app')
    const { rows } = await client.query<Birth>(
      `select id, kind, coalesce((select extract(epoch from ahead)::float8 * 1000 from platform.simulated_clock), 0)
              as "aheadMs", not exists (select from accounts.account) as empty from platform.birth`,
    )
    if (!rows[0]) throw new Error('the database was migrated but not born')
    return rows[0]
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}
