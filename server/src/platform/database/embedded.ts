// Opens PGlite: in a folder, durable and locked; or in memory, for tests and rehearsals.

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type pg from 'pg'
import { lockDirectory } from './directory-lock.ts'
import { DURABLE_START, DurableFiles, syncPath, syncTree, type Sync } from './durable-files.ts'
import { proveDurable } from './durable-proof.ts'
import { embeddedPool } from './embedded-pool.ts'
import type { Engine } from './engine-contract.ts'

/** Where an embedded database lives. */
export type EmbeddedOptions = InDirectory | InMemory

/** A folder of its own, made where it is missing; a lock lies in it beside the database. */
export interface InDirectory {
  readonly directory: string
  readonly sync?: Sync
}

/** Nothing is kept. */
export interface InMemory {
  readonly memory: true
  /** What `dump` gave. */
  readonly template?: Uint8Array
}

const EXTENSIONS = { pg_trgm }

/**
 * Opens the embedded database. Throws DirectoryInUse where another process has the folder, DatabaseRefused `disk_full`,
 * `cannot_open` or `not_durable`.
 */
export function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  return 'directory' in options ? openInDirectory(options) : openInMemory(options)
}

async function openInMemory({ template }: InMemory): Promise<Engine> {
  const db = await PGlite.create({
    extensions: EXTENSIONS,
    ...(template && { loadDataDir: new Blob([template as Uint8Array<ArrayBuffer>]) }),
  })
  const pool = embeddedPool(db, { failure: () => undefined })
  return {
    kind: 'pglite',
    pool,
    durability: { level: 'none', fsyncs: () => 0, failure: () => undefined },
    embedded: { dump: () => dump(db, pool), directory: undefined },
    close: async () => {
      await pool.end()
      await db.close()
    },
  }
}

async function openInDirectory({ directory, sync }: InDirectory): Promise<Engine> {
  const folder = resolve(directory)
  mkdirSync(folder, { recursive: true })
  const lock = lockDirectory(folder)
  try {
    await initialiseOnce(folder)
    const files = new DurableFiles(dataFolder(folder), sync)
    const db = await openFiles(files)
    const pool = embeddedPool(db, { failure: () => files.synced.failure })
    await proveDurable(pool, () => files.synced.log)
    return {
      kind: 'pglite',
      pool,
      durability: {
        level: 'local-fsync',
        fsyncs: () => files.synced.all,
        failure: () => files.synced.failure,
      },
      embedded: { dump: () => dump(db, pool), directory: folder },
      close: async () => {
        await pool.end()
        await db.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

const dataFolder = (folder: string): string => join(folder, 'data')

/** A database that was half made when the power went does not open: it is made aside, put on disk, then named. */
async function initialiseOnce(folder: string): Promise<void> {
  if (existsSync(dataFolder(folder))) return
  const draft = join(folder, 'data.new')
  rmSync(draft, { recursive: true, force: true })
  const db = await openFiles(new DurableFiles(draft))
  await db.close()
  syncTree(draft)
  renameSync(draft, dataFolder(folder))
  syncPath(folder)
}

async function openFiles(files: DurableFiles): Promise<PGlite> {
  return await PGlite.create({ fs: files, startParams: [...DURABLE_START], extensions: EXTENSIONS })
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
