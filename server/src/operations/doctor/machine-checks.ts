// What can be looked at without the database: space, backup, clock, certificate, keys.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isLow, readFreeSpace } from '../../platform/database/engine.ts'
import type { Settings } from '../../platform/settings.ts'
import { lastBackup } from '../backup/last-backup.ts'
import { certificateDaysLeft } from '../tls/certificates.ts'
import { type Finding, finding } from './finding.ts'

const GIGABYTE = 1e9
const WANTED_BYTES = 2 * GIGABYTE
const HOUR_MS = 3_600_000
const BACKUP_HOURS = 24
const CERTIFICATE_DAYS = 30

/** All of them, in the order of what hurts first. */
export async function checkMachine(settings: Settings, now: Date): Promise<readonly Finding[]> {
  return [
    await checkSpace(settings.folder),
    checkKeys(settings.folder),
    ...checkBackup(settings.folder, now),
    checkTimeService(),
    checkCertificate(settings, now),
  ]
}

async function checkSpace(folder: string): Promise<Finding> {
  const there = nearest(folder)
  const space = await readFreeSpace(there)
  const gigabytes = Math.floor((space.freeBytes / GIGABYTE) * 10) / 10
  if (isLow(space)) return finding('space', 'fault', { gigabytes })
  return finding('space', space.freeBytes < WANTED_BYTES ? 'warning' : 'ok', { gigabytes })
}

/** The folder, or the one above it that exists: before the first start there is none yet. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

function checkKeys(folder: string): Finding {
  const keys = ['keys', 'tls'].flatMap((name) => {
    const path = join(folder, name)
    const files = existsSync(path) ? readdirSync(path) : []
    return files.filter((file) => file.endsWith('.key')).map((file) => join(path, file))
  })
  if (keys.length === 0) return finding('keys', 'skipped')
  // Windows has no such modes.
  const open =
    process.platform === 'win32' ? undefined : keys.find((file) => (statSync(file).mode & 0o077) !== 0)
  return open === undefined ? finding('keys', 'ok') : finding('keys', 'fault', { file: open })
}

function checkBackup(folder: string, now: Date): readonly Finding[] {
  const last = lastBackup(folder)
  if (!last) return [finding('backup', 'fault')]
  const hours = Math.floor((now.getTime() - Date.parse(last.at)) / HOUR_MS)
  return [
    finding('backup', hours > BACKUP_HOURS ? 'warning' : 'ok', { hours }),
    ...(existsSync(last.file) ? [] : [finding('backup_file', 'warning', { file: last.file })]),
  ]
}

/** systemd is what most servers keep their time with; where it is not there, a person has to know. */
function checkTimeService(): Finding {
  const { status, stdout } = spawnSync('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
    encoding: 'utf8',
    timeout: 3_000,
  })
  if (status !== 0) return finding('clock', 'warning')
  return finding('clock', stdout.trim() === 'yes' ? 'ok' : 'fault')
}

function checkCertificate(settings: Settings, now: Date): Finding {
  const days = certificateDaysLeft(settings, now)
  if (days === undefined) return finding('certificate', 'skipped')
  if (days < 0) return finding('certificate', 'fault', { days })
  return finding('certificate', days < CERTIFICATE_DAYS ? 'warning' : 'ok', { days })
}
