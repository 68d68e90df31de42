// Files that are whole or not there: written aside, flushed, renamed.

import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join, relative, sep } from 'node:path'
import type { BundleFiles } from '@sunlot/draw'

const CHUNK = 1 << 20

/** The mode of what only this user may read, and of what everybody may. */
export const OWNER = 0o600
export const EVERYBODY = 0o644

/** Writes a file and flushes it to the disk. */
export function writeFlushed(path: string, bytes: Uint8Array | string, mode = EVERYBODY): void {
  mkdirSync(dirname(path), { recursive: true })
  const fd = openSync(path, 'w', mode)
  try {
    // Whatever the umask, and whatever stood there before.
    fchmodSync(fd, mode)
    writeAll(fd, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, 0)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes a file beside its place and renames it there. */
export function replaceFile(path: string, bytes: Uint8Array | string, mode = EVERYBODY): void {
  aside(path, bytes, mode, (from) => renameSync(from, path))
}

/** Writes a file beside its place and puts it there; throws EEXIST where something stands there already. */
export function createFile(path: string, bytes: Uint8Array | string, mode = EVERYBODY): void {
  aside(path, bytes, mode, (from) => {
    linkSync(from, path)
    rmSync(from)
  })
}

function aside(path: string, bytes: Uint8Array | string, mode: number, settle: (from: string) => void): void {
  const from = `${path}.aside-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    writeFlushed(from, bytes, mode)
    settle(from)
  } catch (error) {
    rmSync(from, { force: true })
    throw error
  }
  flushFolder(dirname(path))
}

/** The whole lines of a file: a last one without its LF was never acknowledged. `bytes` is where they end. */
export function readLines(path: string): { readonly lines: readonly string[]; readonly bytes: number } {
  if (!existsSync(path)) return { lines: [], bytes: 0 }
  const all = readFileSync(path)
  const bytes = all.lastIndexOf(0x0a) + 1
  return { lines: all.subarray(0, bytes).toString('utf8').split('\n').slice(0, -1), bytes }
}

/** Appends lines after the first `kept` bytes, cutting off what is torn, and flushes file and folder. */
export function appendLines(path: string, kept: number, lines: readonly string[], mode: number): void {
  const made = !existsSync(path)
  const fd = openSync(path, made ? 'w+' : 'r+', mode)
  try {
    ftruncateSync(fd, kept)
    writeAll(fd, new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')), kept)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  if (made) flushFolder(dirname(path))
}

function writeAll(fd: number, data: Uint8Array, from: number): void {
  for (let at = 0; at < data.length;) at += writeSync(fd, data, at, data.length - at, from + at)
}

/** Flushes a folder's entries. */
export function flushFolder(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Flushes the entries of a folder and of every folder below it. */
export function flushTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) flushTree(join(path, entry.name))
  flushFolder(path)
}

/** Makes a folder; its own entry is flushed too. */
export function makeFolder(path: string, mode?: number): void {
  mkdirSync(path, { recursive: true })
  if (mode !== undefined) chmodSync(path, mode)
  flushFolder(dirname(path))
}

/** Puts a file also there: as a hard link, or as a copy where it must have another mode. Such files are never written in place. */
export function placeAt(from: string, to: string, mode: number): void {
  mkdirSync(dirname(to), { recursive: true })
  if ((statSync(from).mode & 0o777) === mode) return linkSync(from, to)
  copyFileSync(from, to)
  const fd = openSync(to, 'r+')
  try {
    fchmodSync(fd, mode)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Every file below a folder, as names with "/". */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
}

/** A folder as a bundle; large lists are read in pieces. */
export function folderFiles(folder: string): BundleFiles {
  const path = (name: string): string => join(folder, ...name.split('/'))
  return {
    names: listFiles(folder),
    read: (name) => new Uint8Array(readFileSync(path(name))),
    chunks: (name) => fileChunks(path(name)),
  }
}

/** A file in pieces of 1 MiB. */
export function* fileChunks(path: string): Generator<Uint8Array> {
  if (statSync(path).size === 0) return
  const fd = openSync(path, 'r')
  try {
    for (;;) {
      const buffer = new Uint8Array(CHUNK)
      const read = readSync(fd, buffer, 0, CHUNK, null)
      if (read === 0) return
      yield buffer.subarray(0, read)
    }
  } finally {
    closeSync(fd)
  }
}
