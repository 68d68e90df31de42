// Files that are whole or not there: written aside, flushed, renamed.

import {
  closeSync,
  existsSync,
  fsyncSync,
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
import { dirname, join, relative, sep } from 'node:path'
import type { BundleFiles } from '@sunlot/draw'

const CHUNK = 1 << 20

/** Writes a file and flushes it to the disk. `mode` is 0600 for what is private. */
export function writeFlushed(path: string, bytes: Uint8Array | string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const fd = openSync(path, 'w', mode)
  try {
    for (let at = 0; at < data.length;) at += writeSync(fd, data, at, data.length - at)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes a file beside its place and renames it there. */
export function replaceFile(path: string, bytes: Uint8Array | string, mode = 0o644): void {
  const aside = `${path}.aside-${process.pid}`
  try {
    writeFlushed(aside, bytes, mode)
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
  flushFolder(dirname(path))
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

/** A copy of a folder at no cost in space: hard links, files that are never written in place. */
export function linkTree(from: string, to: string): void {
  for (const name of listFiles(from)) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    linkSync(join(from, name), join(to, name))
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
