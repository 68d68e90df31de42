// Opens PGlite: in a folder, durable and locked; or in memory, for tests and rehearsals.

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { amcheck } from '@electric-sql/pglite/contrib/amcheck'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type pg from 'pg'
import { DirectoryInUse, lockDirectory, type DirectoryLock } from './directory-lock.ts'
import { readFreeSpace } from './disk-space.ts'
import { DURABLE_START, DurableFiles, syncPath, syncTree, type Sync } from './durable-files.ts'
import { proveDurable } from './durable-proof.ts'
import { FirstFailure } from './embedded-failure.ts'
import { embeddedPool } from './embedded-pool.ts'
import { DatabaseRefused, type DurabilityLevel, type Engine } from './engine-contract.ts'

/** Where an embedded database lives. */
export type EmbeddedOptions = (InDirectory | InMemory) & Waiting

/** How long a statement waits for the one connection before it is refused. */
interface Waiting {
  readonly waitMilliseconds?: number | undefined
}

/** A folder of its own, made where it is missing; a lock lies in it beside the database. */
export interface InDirectory {
  readonly directory: string
  /** Told the first failure after which nothing can be believed. It must stop the process. */
  readonly onFailure?: (failure: Error) => void
  /** For tests: what puts a file on disk. */
  readonly sync?: Sync
}

/** Nothing is kept. */
export interface InMemory {
  readonly memory: true
  /** What `dump` gave. */
  readonly template?: Uint8Array
}

// Search by parts of a name; and a check of indexes, for whoever doubts a database after a crash.
const EXTENSIONS = { pg_trgm, amcheck }

/**
 * Opens the embedded database. Throws DirectoryInUse where another process has the folder, DatabaseRefused `disk_full`,
 * `cannot_open` or `not_durable`.
 */
export function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  return 'directory' in options ? openInDirectory(options) : openInMemory(options)
}

async function openInMemory({ template, waitMilliseconds }: InMemory & Waiting): Promise<Engine> {
  const first = new FirstFailure()
  const db = await PGlite.create({
    extensions: EXTENSIONS,
    ...(template && { loadDataDir: new Blob([template as Uint8Array<ArrayBuffer>]) }),
  })
  return engineOf({ db, first, level: 'none', fsyncs: () => 0, waitMilliseconds })
}

async function openInDirectory(options: InDirectory & Waiting): Promise<Engine> {
  const directory = resolve(options.directory)
  const first = new FirstFailure(options.onFailure)
  let lock: DirectoryLock | undefined
  try {
    mkdirSync(directory, { recursive: true })
    lock = lockDirectory(directory)
    await initialiseOnce(directory)
    const files = new DurableFiles(dataFolder(directory), first, options.sync)
    const { waitMilliseconds } = options
    const opened = { db: await openFiles(files), first, directory, waitMilliseconds }
    const engine = engineOf({
      ...opened,
      level: 'local-fsync',
      fsyncs: () => files.synced.all,
      release: lock.release,
    })
    await proveDurable(engine.pool, () => files.synced.log)
    return engine
  } catch (error) {
    lock?.release()
    throw await whyNotOpened(error, directory)
  }
}

interface Opened extends Waiting {
  readonly db: PGlite
  readonly first: FirstFailure
  readonly level: DurabilityLevel
  readonly fsyncs: () => number
  readonly directory?: string
  readonly release?: () => void
}

function engineOf({ db, first, level, fsyncs, directory, release, waitMilliseconds }: Opened): Engine {
  const pool = embeddedPool(db, first, waitMilliseconds)
  return {
    kind: 'pglite',
    pool,
    durability: { level, fsyncs, failure: () => first.failure },
    embedded: { dump: () => dump(db, pool), directory },
    close: async () => {
      await pool.end()
      // The last checkpoint of an engine that failed would write what nobody vouches for; the log recovers at opening.
      if (!first.failure) await db.close()
      release?.()
    },
  }
}

const dataFolder = (directory: string): string => join(directory, 'data')

/** A database that was half made when the power went does not open: it is made aside, put on disk, then named. */
async function initialiseOnce(directory: string): Promise<void> {
  if (existsSync(dataFolder(directory))) return
  const draft = join(directory, 'data.new')
  rmSync(draft, { recursive: true, force: true })
  const db = await openFiles(new DurableFiles(draft, new FirstFailure()))
  await db.close()
  syncTree(draft)
  renameSync(draft, dataFolder(directory))
  syncPath(directory)
}

/** What the engine says before it gives up stands on its standard error alone: it is the cause of the error. */
async function openFiles(files: DurableFiles): Promise<PGlite> {
  const said: string[] = []
  const onStderr = (text: string): boolean => said.push(text) > 0
  try {
    return await PGlite.create({
      fs: files,
      startParams: [...DURABLE_START],
      extensions: EXTENSIONS,
      onStderr,
    })
  } catch (error) {
    throw new Error(said.slice(-3).join('; ') || (error as Error).message, { cause: error })
  }
}

async function whyNotOpened(error: unknown, directory: string): Promise<unknown> {
  if (error instanceof DatabaseRefused || error instanceof DirectoryInUse) return error
  const reason = (error as Error).message
  if (!/ENOSPC|no space left/i.test(reason))
    return new DatabaseRefused(
      'cannot_open',
      { directory, reason },
      `the embedded database in ${directory} does not open: ${reason}`,
      { cause: error },
    )
  const { freeBytes } = await readFreeSpace(directory)
  return new DatabaseRefused(
    'disk_full',
    { directory, freeBytes },
    `the disk of ${directory} is full: ${freeBytes} bytes are free, too few to open the database. It opens when there is space again`,
    { cause: error },
  )
}

async function dump(db: PGlite, pool: pg.Pool): Promise<Uint8Array> {
  // The one connection, so that no transaction is open.
  const client = await pool.connect()
  try {
    await client.query('checkpoint')
    const tar = await db.dumpDataDir('none')
    return new Uint8Array(await tar.arrayBuffer())
  } finally {
    client.release()
  }
}
