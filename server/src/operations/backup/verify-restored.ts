// Whether what was restored is what was backed up: the database opens, its log holds, its rows are those of the log.

import { join } from 'node:path'
import {
  latestCheckpoint,
  runnerOf,
  TileFolder,
  verifyLog,
  verifyState,
  type VerifyReport,
} from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings.ts'
import { readBirth } from '../birth.store.ts'
import { openDatabase } from '../engine.ts'
import { LOG_FOLDER, originOf } from '../sequencing.ts'
import { ownPolicy } from '../verify/policy.ts'
import { OperationRefused } from '../words.ts'

/** The number of leaves that the latest checkpoint holds. Throws OperationRefused `restored_unsound`. */
export async function verifyRestored(settings: Settings): Promise<number> {
  const { engine } = await openDatabase(settings, () => undefined)
  try {
    const sql = runnerOf(engine.pool)
    const birth = await readBirth(engine.pool)
    const policy = await ownPolicy(settings, () => Promise.resolve(originOf(birth.id)))
    const folder = new TileFolder(join(settings.folder, LOG_FOLDER))
    for (const report of [await verifyLog({ sql, policy, folder }), await verifyState({ sql })])
      demandSound(report, settings)
    return await sql.transaction('sunlot_sequencer', async (tx) => (await latestCheckpoint(tx))?.size ?? 0)
  } finally {
    await engine.close()
  }
}

function demandSound({ holds, faults }: VerifyReport, { folder }: Settings): void {
  if (!holds) throw new OperationRefused('restored_unsound', { target: folder, code: faults[0]?.code ?? '' })
}
