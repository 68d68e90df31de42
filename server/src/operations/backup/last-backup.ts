// When the last backup was made, for `sunlot doctor`.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A backup that was made of this folder. `at`: ISO. */
export interface LastBackup {
  readonly at: string
  readonly file: string
  readonly hash: string
}

const NAME = 'last-backup.json'

/** Writes down that a backup was made. */
export function noteBackup(folder: string, backup: LastBackup): void {
  const { at, file, hash } = backup
  writeFileSync(join(folder, NAME), `${JSON.stringify({ at, file, hash })}\n`)
}

/** The last backup, or nothing. */
export function lastBackup(folder: string): LastBackup | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as LastBackup
  } catch {
    return undefined
  }
}
