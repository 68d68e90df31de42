// A throwaway PostgreSQL for tests and measurements: its own folder and socket, gone when it is stopped.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { accessSync, chownSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A server that answers. */
export interface Postgres {
  readonly url: string
  stop(): void
}

/** A throwaway cluster, which may be treated as no server of anybody's may be. */
export interface OwnPostgres extends Postgres {
  /** Kills every process of it, as a power cut would, but for the disk. */
  crash(): void
  /** Stops it in order. */
  halt(): void
  /** Starts it again; waits until it answers. */
  start(): void
}

/** Why there is none, in a sentence. */
export interface NoPostgres {
  readonly why: string
}

/** What a throwaway server may be given. */
export interface PostgresOptions {
  /** `name=value` of postgresql.conf, over the defaults. */
  readonly settings?: readonly string[]
}

interface Account {
  readonly uid: number
  readonly gid: number
}

// A linguistic order as a Chinese office has it, so that a query that forgets collate "C" is seen to.
const LINGUISTIC = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN']
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'listen_addresses=']

/** The server that DATABASE_URL names, or a new cluster from this machine's binaries, or why there is neither. */
export function startPostgres(options: PostgresOptions = {}): Postgres | NoPostgres {
  const { DATABASE_URL: given } = process.env
  return given ? { url: given, stop: () => undefined } : startOwnPostgres(options)
}

/** A new cluster, whatever DATABASE_URL names. */
export function startOwnPostgres(options: PostgresOptions = {}): OwnPostgres | NoPostgres {
  const means = findMeans()
  return 'why' in means ? means : startCluster(means.bin, means.account, options)
}

/** Why startPostgres would give none, without starting one. */
export function whyNoPostgres(): string | undefined {
  if (process.env.DATABASE_URL) return undefined
  const means = findMeans()
  return 'why' in means ? means.why : undefined
}

function findMeans(): { readonly bin: string; readonly account: Account } | NoPostgres {
  const bin = findBinaries()
  if (!bin) return { why: 'no DATABASE_URL and no PostgreSQL binaries (initdb, pg_ctl) on this machine' }
  const account = accountFor()
  if (!account) return { why: 'PostgreSQL does not run as root, and there is no user postgres' }
  return { bin, account }
}

function startCluster(bin: string, account: Account, options: PostgresOptions): OwnPostgres {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const run = (command: string, ...args: string[]): void => {
    // Not piped: the server would keep the pipe open, and this would wait for it.
    execFileSync(join(bin, command), args, { ...account, cwd: folder, stdio: 'ignore' })
  }
  const stop = (): void => {
    process.off('exit', stop)
    spawnSync(join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], { ...account, cwd: folder })
    rmSync(folder, { recursive: true, force: true })
  }
  const settings = [...FAST, `unix_socket_directories=${folder}`, ...(options.settings ?? [])]
  const flags = settings.map((s) => `-c ${s}`).join(' ')
  const start = (): void =>
    run('pg_ctl', 'start', '-w', '-t', '60', '-D', data, '-l', join(folder, 'log'), '-o', flags)
  process.once('exit', stop)
  stopWithOwner(bin, account, folder)
  try {
    initialise(run, data)
    start()
  } catch (error) {
    stop()
    throw error
  }
  return {
    url: `postgresql://sunlot@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop,
    halt: () => run('pg_ctl', 'stop', '-w', '-D', data, '-m', 'fast'),
    crash: () => crash(data),
    start: () => insist(start),
  }
}

/**
 * A process that is killed, as a test runner does to its workers, runs no exit handler. So a shell waits at a pipe that
 * ends when its owner ends, however it ends, and then clears away.
 */
function stopWithOwner(bin: string, account: Account, folder: string): void {
  const clearAway = 'cat >/dev/null; "$1" stop -D "$2/data" -m immediate; rm -rf "$2"'
  const shell = spawn('sh', ['-c', clearAway, 'sh', join(bin, 'pg_ctl'), folder], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => undefined)
  shell.unref()
  ;(shell.stdin as Socket).unref()
}

function crash(data: string): void {
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  // Stopped first, or it would see its children die and start others.
  process.kill(postmaster, 'SIGSTOP')
  const all = [...childrenOf(postmaster), postmaster]
  for (const pid of all) process.kill(pid, 'SIGKILL')
  // Killed, but not yet reaped by whoever adopted them, they hold their lock file for a second or two more: too long for
  // a test that does this often. After a power cut, too, no such process exists.
  while (!all.every(isGone)) sleep(5)
  rmSync(join(data, 'postmaster.pid'), { force: true })
  for (const name of readdirSync(join(data, '..')))
    if (name.endsWith('.lock')) rmSync(join(data, '..', name), { force: true })
}

/** Whether a process is over, its exit code read or not. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

/** Elsewhere than on Linux they end by themselves, soon after their parent. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`
  return exists(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []
}

/** Just after a crash the dead may not be reaped, nor their memory freed: again, with back-off, for ten seconds. */
function insist(start: () => void): void {
  for (let pause = 50; ; pause *= 2) {
    try {
      start()
      return
    } catch (error) {
      if (pause > 5_000) throw error
    }
    sleep(pause)
  }
}

function initialise(run: (command: string, ...args: string[]) => void, data: string): void {
  const common = ['-D', data, '-U', 'sunlot', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  try {
    run('initdb', ...common, ...LINGUISTIC)
  } catch {
    // Before PostgreSQL 15, or built without ICU.
    rmSync(data, { recursive: true, force: true })
    run('initdb', ...common, '--locale=C.UTF-8')
  }
}

/** The newest folder that holds initdb: Debian's own places, then PATH. */
function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = listOf(debian).toSorted((a, b) => Number(b) - Number(a))
  const folders = [
    ...versions.map((v) => join(debian, v, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => folder !== '' && ['initdb', 'pg_ctl'].every((f) => exists(join(folder, f))))
}

/** PostgreSQL refuses to run as root; then it runs as the user postgres. */
function accountFor(): Account | undefined {
  const uid = process.getuid?.()
  if (uid === undefined) return undefined
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? uid }
  const [own, group] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  if (own?.status !== 0 || group?.status !== 0) return undefined
  return { uid: Number(own.stdout), gid: Number(group.stdout) }
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function exists(file: string): boolean {
  try {
    accessSync(file)
    return true
  } catch {
    return false
  }
}
