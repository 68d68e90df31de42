// One process at a desk, and one at an output: a lock file that names its holder, never taken from a live process.

import { linkSync, readFileSync, rmSync } from 'node:fs'
import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import type { Desk } from './desk.ts'
import { OWNER, writeFlushed } from './files.ts'

/** A lock held by this process until it is released. */
export interface Lock {
  release(): void
}

/** Who holds a lock. `id` is of this one taking of it, by the file's bytes; `started` tells a process from a later one. */
interface Holder {
  readonly id: string
  readonly pid: number
  readonly started: string
  readonly host: string
}

/** Runs `work` while this process alone holds the desk. */
export function withDeskLock<T>(desk: Desk, work: () => T): T {
  const lock = takeLock(join(desk.folder, 'lock'), 'desk_locked')
  try {
    return work()
  } finally {
    lock.release()
  }
}

/** Takes the lock at a path. Throws CommandError `code` where somebody else holds it. */
export function takeLock(path: string, code: string): Lock {
  const text = JSON.stringify({
    chance: randomBytes(8).toString('hex'),
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
  })
  const own = idOf(text)
  const aside = `${path}.${own}`
  writeFlushed(aside, text, OWNER)
  try {
    while (!linked(aside, path)) giveWay(path, code)
  } finally {
    rmSync(aside, { force: true })
  }
  return {
    release: () => {
      if (holderOf(path)?.id === own) rmSync(path, { force: true })
    },
  }
}

/** A hard link is made by one process only, and the file behind it is whole from the start. */
function linked(aside: string, path: string): boolean {
  try {
    linkSync(aside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Removes the lock of a dead process, else throws. A lock is removed only by the holder of a second lock that is named
 * after it, so that no two remove the same one, and none removes a lock that was taken meanwhile.
 */
function giveWay(path: string, code: string): void {
  const holder = holderOf(path)
  if (!holder) return
  if (holder.pid === 0) throw new CommandError('lock_strange', { path })
  if (isAlive(holder)) throw new CommandError(code, { pid: holder.pid, path })
  const breaking = takeLock(`${path}.break-${holder.id}`, code)
  try {
    if (holderOf(path)?.id === holder.id) rmSync(path, { force: true })
  } finally {
    breaking.release()
  }
}

/** What a lock file says; pid 0 where it says nothing that can be read, and nothing where there is none. */
function holderOf(path: string): Holder | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const unknown: Holder = { id: idOf(text), pid: 0, started: '', host: '' }
  try {
    const { pid = 0, started = '', host = '' } = (JSON.parse(text) ?? {}) as Partial<Holder>
    return Number.isSafeInteger(pid) && pid > 0 ? { ...unknown, pid, started, host } : unknown
  } catch {
    return unknown
  }
}

function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** On another machine nobody can tell: such a holder counts as alive. */
function isAlive({ pid, started, host }: Holder): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const now = startOf(pid)
  return started === '' || now === '' || now === started
}

/** When a process began, in the words of the system; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold brackets and spaces; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
