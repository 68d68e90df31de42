// PGlite writes to ordinary files, but as published it never asks for them to be on disk: it runs with fsync off, its file
// layer has no fsync, and fdatasync does nothing. After a power cut acknowledged work is gone, in one of four cases the
// whole database. This file gives it a real fsync and leaves the order of syncs to PostgreSQL's own code. It reaches into
// the insides of one version, hence the exact version in package.json, and the self-test at every opening.

import { closeSync, fsyncSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { FirstFailure } from './embedded-failure.ts'

/** Without `-F` (fsync off). Of the methods for the log, fsync alone reaches the file layer. */
export const DURABLE_START = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

/** Puts a file or a folder on disk; throws as the system does. An argument, so that a test can fail it. */
export type Sync = (descriptor: number) => void

/** How often the file layer has put something on disk. */
export interface SyncCount {
  readonly all: number
  /** Of these, files of the write-ahead log: what a commit waits for. */
  readonly log: number
}

/** The part of Emscripten's NODEFS that is patched. */
interface HostFiles {
  readonly realPath: (node: unknown) => string
  readonly tryFSOperation: <T>(work: () => T) => T
  readonly stream_ops: { fsync?: (stream: HostStream) => number }
}

interface HostStream {
  readonly node: unknown
  readonly nfd?: number
}

/** PGlite's folder of files, with a real fsync from the first byte: what recovery does at opening is in it. */
export class DurableFiles extends NodeFS {
  readonly #first: FirstFailure
  readonly #sync: Sync
  #count: SyncCount = { all: 0, log: 0 }

  constructor(folder: string, first: FirstFailure, sync: Sync = fsyncSync) {
    super(folder)
    this.#first = first
    this.#sync = sync
  }

  get synced(): SyncCount {
    return this.#count
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args)
    const patch = (module: unknown): void => this.#patch((module as { NODEFS?: HostFiles }).NODEFS)
    const preRun = [emscriptenOpts.preRun ?? []].flat()
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [patch, ...preRun] } }
  }

  #patch(files: HostFiles | undefined): void {
    if (typeof files?.stream_ops !== 'object' || typeof files.realPath !== 'function')
      throw new Error('the durability patch does not fit this version of PGlite')
    files.stream_ops.fsync = (stream) => {
      files.tryFSOperation(() => this.#put(files.realPath(stream.node), stream.nfd))
      return 0
    }
  }

  #put(path: string, descriptor: number | undefined): void {
    // After a failed fsync the kernel may drop the pages and call the next one a success: never ask again.
    if (this.#first.failure) throw this.#first.failure
    try {
      // Emscripten opens no descriptor for a folder.
      if (descriptor === undefined) syncPath(path, this.#sync)
      else this.#sync(descriptor)
    } catch (error) {
      this.#first.note(error as Error)
      throw error
    }
    const { all, log } = this.#count
    this.#count = { all: all + 1, log: log + (path.includes('pg_wal') ? 1 : 0) }
  }
}

/** Puts every file and folder below a folder on disk, and the folder itself. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncPath(path)
  }
  syncPath(folder)
}

/** Puts one file or folder on disk. */
export function syncPath(path: string, sync: Sync = fsyncSync): void {
  const descriptor = openToSync(path)
  if (descriptor === undefined) return
  try {
    sync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Windows opens no folder (and keeps the names in it by itself), and a file only for writing. */
function openToSync(path: string): number | undefined {
  if (process.platform !== 'win32') return openSync(path, 'r')
  return statSync(path).isDirectory() ? undefined : openSync(path, 'r+')
}
