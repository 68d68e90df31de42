// Whether a backup is worth keeping: its archive is whole; and, where its keys are at hand, it comes back and verifies.

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VerifyReport } from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings.ts'
import { checkArchive, demandKeys, restore, type RestoreSource } from '../backup/restore.ts'
import { OperationRefused } from '../words.ts'

/** What is wrong with the backup, and not with how we were asked. */
const FAULTS: ReadonlySet<string> = new Set(['backup_damaged', 'backup_unknown', 'restored_unsound'])

/** Reads the whole archive; one of an embedded database is restored aside and verified too, any other says that it was not. */
export async function verifyBackup(settings: Settings, source: RestoreSource): Promise<VerifyReport> {
  const checked: Record<string, number> = {}
  try {
    const manifest = await checkArchive(source.from)
    checked['files'] = manifest.files.length
    const keys = join(settings.folder, 'keys')
    if (source.keys !== undefined) demandKeys(settings.folder, manifest, source)
    if (manifest.engine === 'postgres') checked['untried_postgres'] = 0
    else if (source.keys === undefined && !existsSync(keys)) checked['untried_keyless'] = 0
    else checked['restored'] = await restoreAside(settings, source, keys)
    return { kind: 'backup', holds: true, checked, faults: [], left_out: 0 }
  } catch (error) {
    if (!(error instanceof OperationRefused) || !FAULTS.has(error.code)) throw error
    const { entry, code } = error.params
    const fault = { code: error.code, where: String(entry ?? code ?? source.from), params: {} }
    return { kind: 'backup', holds: false, checked, faults: [fault], left_out: 0 }
  }
}

/** How many leaves of the log came back and verified. The folder is readable by us alone, and gone afterwards. */
async function restoreAside(settings: Settings, source: RestoreSource, keys: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-verify-'))
  try {
    if (source.keys === undefined) cpSync(keys, join(folder, 'keys'), { recursive: true })
    const aside = { ...settings, folder, databaseUrl: undefined, databaseAdminUrl: undefined }
    return (await restore(aside, source)).size
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
