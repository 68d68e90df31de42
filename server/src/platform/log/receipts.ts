// A receipt proves offline that one leaf stands in the log: leaf, place, path, checkpoint, cosignatures.

import { fromHex, includes, logLeafHash, parseCheckpoint, toHex } from '@sunlot/draw'
import { firstWitnessedFrom, latestCheckpoint, type StoredCheckpoint } from './checkpoints.ts'
import { type LogPolicy, signedByLog, witnessesOf } from './policy.ts'
import type { SqlRunner } from './sql.ts'
import type { TileFolder } from './tile-folder.ts'

const POLL_MS = 50

/** A receipt as it is handed out. `path`: hashes in hex, from the leaf up. */
export interface Receipt {
  readonly v: 'sunlot-receipt-1'
  /** The exact text of the leaf; the hash is over these characters in UTF-8. */
  readonly leaf: string
  readonly index: number
  readonly path: readonly string[]
  readonly checkpoint: string
}

/** Why a receipt does not hold, or that it does, and since when it was witnessed (unix seconds). */
export type ReceiptFinding =
  | {
      readonly holds: true
      readonly size: number
      readonly witnesses: readonly { readonly name: string; readonly at: number }[]
    }
  | {
      readonly holds: false
      readonly code:
        | 'receipt_malformed'
        | 'checkpoint_malformed'
        | 'not_signed_by_log'
        | 'not_included'
        | 'not_witnessed'
      readonly params: Readonly<Record<string, string | number>>
    }

/**
 * The receipt of a leaf (its id in log.leaf), under the first checkpoint that `quorum` witnesses cosigned, or else under the
 * latest. Nothing while the leaf has no place below a checkpoint.
 */
export async function receiptOf(
  sql: SqlRunner,
  folder: TileFolder,
  leafId: string,
  quorum: number,
): Promise<Receipt | undefined> {
  const { rows } = await sql.query(
    `select s.leaf_index::text as place, l.body from log.leaf l join log.sequence s on s.leaf_id = l.id where l.id = $1`,
    [leafId],
  )
  if (!rows[0]) return undefined
  const index = Number(rows[0]['place'])
  const under = (await firstWitnessedFrom(sql, index + 1, quorum)) ?? (await covering(sql, index))
  if (!under) return undefined
  const path = await folder.tree(under.size).inclusion(index)
  return {
    v: 'sunlot-receipt-1',
    leaf: String(rows[0]['body']),
    index,
    path: path.map(toHex),
    checkpoint: under.note,
  }
}

/** Which leaf an event has; nothing where there is no such event. */
export async function leafIdOfEvent(sql: SqlRunner, eventId: string): Promise<string | undefined> {
  // By the transaction, which has an index; a leaf's text has none.
  const { rows } = await sql.query(
    `select l.id::text as id from audit.event e join log.leaf l on l.xid = e.xid
      where e.id = $1 and l.body like '{"action":%' and strpos(l.body, '"id":"' || e.id || '"') > 0
      order by l.id limit 1`,
    [eventId],
  )
  return rows[0] && String(rows[0]['id'])
}

/** How long a receipt is waited for, and who is told that somebody waits. */
export interface Waiting {
  readonly quorum: number
  readonly patienceMs: number
  /** Begins the next pass of the sequencer and the next turn of the witnesses. */
  readonly hurry?: () => void
}

/**
 * Waits for the receipt of a leaf under the quorum: what publication and a draw's commitment answer with. When the patience
 * is over it gives what there is: a receipt that its witnesses have not cosigned (待见证), or nothing.
 */
export async function receiptInTime(
  sql: SqlRunner,
  folder: TileFolder,
  leafId: string,
  { quorum, patienceMs, hurry }: Waiting,
): Promise<{ readonly receipt: Receipt | undefined; readonly witnessed: boolean }> {
  const end = performance.now() + patienceMs
  for (;;) {
    hurry?.()
    const receipt = await receiptOf(sql, folder, leafId, quorum)
    const names = new Set(parseCheckpoint(receipt?.checkpoint ?? '')?.signatures.map(({ name }) => name))
    // The log's own signature is one of them.
    const witnessed = receipt !== undefined && names.size > quorum
    if (witnessed || performance.now() >= end) return { receipt, witnessed }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Checks a receipt against a policy that was fixed outside of it. Never throws on what a receipt may hold. */
export function checkReceipt(receipt: unknown, policy: LogPolicy): ReceiptFinding {
  if (!isReceipt(receipt)) return fault('receipt_malformed')
  const note = parseCheckpoint(receipt.checkpoint)
  if (!note) return fault('checkpoint_malformed')
  if (!signedByLog(policy, note)) return fault('not_signed_by_log', { size: note.size })
  const place = { index: receipt.index, size: note.size, path: receipt.path.map(fromHex) }
  if (!includes('sha256', logLeafHash(receipt.leaf), place, note.root))
    return fault('not_included', { index: receipt.index, size: note.size })
  const witnesses = witnessesOf(policy, note)
  if (witnesses.length < policy.quorum)
    return fault('not_witnessed', { witnesses: witnesses.length, quorum: policy.quorum })
  return { holds: true, size: note.size, witnesses }
}

async function covering(sql: SqlRunner, index: number): Promise<StoredCheckpoint | undefined> {
  const latest = await latestCheckpoint(sql)
  return latest && latest.size > index ? latest : undefined
}

function fault(
  code: (ReceiptFinding & { holds: false })['code'],
  params: Readonly<Record<string, string | number>> = {},
): ReceiptFinding {
  return { holds: false, code, params }
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false
  const { v, leaf, index, path, checkpoint } = value as Partial<Record<keyof Receipt, unknown>>
  return (
    v === 'sunlot-receipt-1' &&
    typeof leaf === 'string' &&
    leaf.isWellFormed() &&
    Number.isSafeInteger(index) &&
    (index as number) >= 0 &&
    typeof checkpoint === 'string' &&
    Array.isArray(path) &&
    path.every((hash) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash))
  )
}
