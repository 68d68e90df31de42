// What stands behind `sunlot verify log|consistency|receipt|state|grants`.

import { compareBytes, consistent, fromHex, parseCheckpoint } from '@sunlot/draw'
import { type LogPolicy, signedByLog } from '../policy.ts'
import { checkReceipt } from '../receipts.ts'
import type { SqlRunner } from '../sql.ts'
import type { TileFolder } from '../tile-folder.ts'
import { checkGrants } from './grants.ts'
import { Findings, type VerifyReport } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { checkState } from './state.ts'
import { checkTrail } from './trail.ts'
import { checkTree } from './tree.ts'

export { committedManifest, grantsManifest } from './grants.ts'
export { exitCodeOf, linesOf, type LogFault, type LogWords, type VerifyReport } from './report.ts'

/** Which database is verified, read under which role, against whose keys, with which tiles. */
export interface VerifyParts {
  readonly sql: SqlRunner
  readonly role?: string
  readonly policy: LogPolicy
  readonly folder?: TileFolder
}

const ROLE = 'sunlot_app'

/** Every leaf, its place, tiles, checkpoints and their signatures; every event and change in its leaf. */
export function verifyLog(parts: VerifyParts): Promise<VerifyReport> {
  const { sql, role = ROLE, policy, folder } = parts
  return inSnapshot(sql, role, async (tx) => {
    const findings = new Findings()
    await checkTree({ tx, policy, ...(folder ? { folder } : {}) }, findings)
    await checkTrail(tx, findings)
    return findings.report('log')
  })
}

/** Every row of every watched table against its newest change, and every change against its leaf. */
export function verifyState({ sql, role = ROLE }: Pick<VerifyParts, 'sql' | 'role'>): Promise<VerifyReport> {
  return inSnapshot(sql, role, async (tx) => {
    const findings = new Findings()
    await checkState(tx, findings)
    await checkTrail(tx, findings)
    return findings.report('state')
  })
}

/** Roles, rights, triggers, functions and constraints against the committed manifest. */
export function verifyGrants(
  { sql, role = ROLE }: Pick<VerifyParts, 'sql' | 'role'>,
  manifest: string,
): Promise<VerifyReport> {
  return inSnapshot(sql, role, async (tx) => {
    const findings = new Findings()
    await checkGrants(tx, manifest, findings)
    return findings.report('grants')
  })
}

/**
 * Whether the larger of two checkpoints continues the smaller one, by the published tiles. One of them may come from a
 * printed notice, a witness, or another mirror: that is what shows a second tree.
 */
export async function verifyConsistency(
  { policy, folder }: { readonly policy: LogPolicy; readonly folder: TileFolder },
  texts: readonly [string, string],
): Promise<VerifyReport> {
  const findings = new Findings()
  const notes = texts.map(parseCheckpoint)
  for (const [i, note] of notes.entries()) {
    if (!note) findings.fault('checkpoint_malformed', String(i + 1))
    else if (!signedByLog(policy, note)) findings.fault('note_not_signed', String(i + 1), { size: note.size })
  }
  const [older, newer] = notes.flatMap((note) => note ?? []).toSorted((a, b) => a.size - b.size)
  if (older && newer) {
    findings.count('checkpoints', 2)
    try {
      const proof = await folder.tree(newer.size).consistency(older.size)
      if (!consistent('sha256', older, newer, proof))
        findings.fault('not_consistent', `${older.size}…${newer.size}`, {
          older: older.size,
          newer: newer.size,
        })
    } catch (error) {
      findings.fault('tile_missing', (error as Error).message)
    }
  }
  return findings.report('consistency')
}

/** Whether a receipt holds, offline. */
export function verifyReceipt(receipt: unknown, policy: LogPolicy): VerifyReport {
  const findings = new Findings()
  const finding = checkReceipt(receipt, policy)
  findings.count('receipts')
  if (finding.holds) findings.count('witnesses', finding.witnesses.length)
  else findings.fault(finding.code, 'receipt', finding.params)
  return findings.report('receipt')
}

/** Whether a checkpoint from outside (paper, witness, mirror) is one that this database signed too. */
export function verifyAgainstDatabase(
  { sql, role = ROLE }: VerifyParts,
  noteText: string,
): Promise<VerifyReport> {
  return inSnapshot(sql, role, async (tx) => {
    const findings = new Findings()
    const note = parseCheckpoint(noteText)
    findings.count('checkpoints')
    if (!note) findings.fault('checkpoint_malformed', 'checkpoint')
    else {
      const { rows } = await tx.query(
        `select encode(root, 'hex') as root from log.checkpoint where size = $1`,
        [note.size],
      )
      const root = rows[0] && fromHex(String(rows[0]['root']))
      if (!root) findings.fault('checkpoint_unknown', String(note.size), { size: note.size })
      else if (compareBytes(root, note.root) !== 0)
        findings.fault('not_consistent', String(note.size), { older: note.size, newer: note.size })
    }
    return findings.report('consistency')
  })
}
