// One process at a desk: a lock file with the pid, never taken from a live process.

import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import type { Desk } from './desk.ts'

/** Runs `work` while this process alone holds the desk. */
export function withDeskLock<T>(desk: Desk, work: () => T): T {
  const path = join(desk.folder, 'lock')
  take(path)
  try {
    return work()
  } finally {
    rmSync(path, { force: true })
  }
}

function take(path: string): void {
  try {
    const fd = openSync(path, 'wx')
    writeSync(fd, String(process.pid))
    closeSync(fd)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
    if (pid > 0 && isAlive(pid)) throw new CommandError('desk_locked', { pid, path })
    rmSync(path, { force: true })
    take(path)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
