// Files that are whole or absent after a power cut: written aside, synced, renamed, and the folder synced.

import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A file to be written below a folder. */
export interface NewFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Writes files so that each is whole or absent at any moment; all are on disk when this returns. */
export async function writeDurably(folder: string, files: readonly NewFile[], mode = 0o644): Promise<void> {
  const folders = new Set<string>()
  for (const { path, bytes } of files) {
    const target = join(folder, path)
    await makeFolder(dirname(target), folders)
    await writeAside(`${target}.tmp`, bytes, mode)
  }
  for (const { path } of files) await rename(join(folder, `${path}.tmp`), join(folder, path))
  for (const each of folders) await syncFolder(each)
}

/** The bytes of a file, or nothing where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function writeAside(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A new folder is on disk only when its parent is synced too. */
async function makeFolder(folder: string, touched: Set<string>): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  touched.add(folder)
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) touched.add(dirname(at))
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
