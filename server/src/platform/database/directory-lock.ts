// One process at a time in a folder: two PGlites in one folder both answer, and each loses what the other wrote.
//
// The lock is the file `lock.<n>` with the highest n. Whoever wants it reads that file, and only where its process is gone
// makes `lock.<n+1>`; making a file that exists fails, so of two that see the same dead process one wins. The highest file
// is never removed, not even on release, so nobody can come back with a number that was used: that is the hole in the
// usual "unlink the stale file, then create it".

import { randomUUID } from 'node:crypto'
import {
  linkSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another live process has the folder. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse'
  readonly pid: number
  readonly directory: string

  constructor(pid: number, directory: string, where: string) {
    super(
      `${directory} is in use by process ${pid}${where}. The embedded database serves one process: ` +
        'stop that one, or do the work through it.',
    )
    this.pid = pid
    this.directory = directory
  }
}

/** A lock that is held. */
export interface DirectoryLock {
  /** Gives the folder free. Does nothing the second time. */
  readonly release: () => void
}

/** Who holds a lock. What a system cannot tell is empty. */
interface Holder {
  readonly pid: number
  /** When the process began, in the system's own count since its boot: a pid is used again, the pair is not. */
  readonly started: string
  readonly boot: string
  /** Machine and process namespace, within which a pid means something. */
  readonly where: string
}

const DRAFT = '.lock-'
const BEAT_MILLISECONDS = 5_000
const SILENCE_MILLISECONDS = 60_000

/**
 * Takes the folder for this process. Throws DirectoryInUse where another live process has it, or this one already does.
 * A dead process's lock is taken over. A process of another container or machine cannot be asked whether it lives: it
 * counts as dead when its file was not touched for 60 seconds.
 */
export function lockDirectory(directory: string): DirectoryLock {
  for (;;) {
    const last = highestLock(directory)
    if (last > 0) refuseIfHeld(directory, last)
    const mine = last + 1
    if (createLock(directory, mine) && highestLock(directory) === mine) {
      sweep(directory, mine)
      return hold(directory, mine)
    }
    // Another was faster: its file is read in the next turn. One of ours below it is swept by whoever holds it.
  }
}

function hold(directory: string, number: number): DirectoryLock {
  const path = lockPath(directory, number)
  const beat = setInterval(() => touch(path), BEAT_MILLISECONDS)
  beat.unref()
  let held = true
  return {
    release: () => {
      if (!held) return
      held = false
      clearInterval(beat)
      const draft = `${path}.released`
      writeFileSync(draft, '')
      renameSync(draft, path)
    },
  }
}

/** The name appears with its content, or not at all: nobody reads half of it, and no crash leaves an empty one. */
function createLock(directory: string, number: number): boolean {
  const draft = join(directory, `${DRAFT}${randomUUID()}`)
  writeFileSync(draft, JSON.stringify(thisProcess()))
  try {
    linkSync(draft, lockPath(directory, number))
    return true
  } catch (error) {
    // ENOENT: the winner has already swept the drafts.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function refuseIfHeld(directory: string, number: number): void {
  const path = lockPath(directory, number)
  const holder = readHolder(path)
  if (!holder) return
  const here = thisProcess()
  if (holder.where !== here.where) {
    if (Date.now() - touchedAt(path) > SILENCE_MILLISECONDS) return
    throw new DirectoryInUse(
      holder.pid,
      directory,
      ` on ${holder.where} (or it ended less than a minute ago)`,
    )
  }
  if (holder.boot === here.boot && isAlive(holder)) throw new DirectoryInUse(holder.pid, directory, '')
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, under another account.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = startOf(pid)
  // A system that does not tell gets the benefit of the doubt.
  return now === '' || now === started
}

/** Nothing where the holder released it, and where a power cut left no content. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readText(path)) as Holder
  } catch {
    return undefined
  }
}

function thisProcess(): Holder {
  return {
    pid: process.pid,
    started: startOf(process.pid),
    boot: readText('/proc/sys/kernel/random/boot_id').trim(),
    where: `${hostname()} ${namespaceOfPids()}`.trim(),
  }
}

/** Field 22 of /proc/<pid>/stat; the second, the command's name, may hold spaces and brackets. A zombie has ended. */
function startOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`)
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' ? 'ended' : (fields[18] ?? '')
}

function namespaceOfPids(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

function highestLock(directory: string): number {
  return Math.max(0, ...lockNumbers(directory))
}

function lockNumbers(directory: string): readonly number[] {
  return readdirSync(directory)
    .map((name) => /^lock\.([1-9]\d*)$/.exec(name)?.[1])
    .filter((number) => number !== undefined)
    .map(Number)
}

/** What others left: lower numbers, and drafts of those that lost or were killed. */
function sweep(directory: string, number: number): void {
  for (const name of readdirSync(directory))
    if (name.startsWith(DRAFT)) rmSync(join(directory, name), { force: true })
  for (const other of lockNumbers(directory))
    if (other < number) rmSync(lockPath(directory, other), { force: true })
}

function lockPath(directory: string, number: number): string {
  return join(directory, `lock.${number}`)
}

/** A folder that is gone, or a disk that is full, is met by the next statement; a timer has nobody to tell. */
function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // See above.
  }
}

function touchedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
