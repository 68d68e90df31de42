// No half-written result: everything is written into a folder aside, brought to the disk, and renamed in one step.

import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CommandError, stopIfAborted } from '../errors.ts'
import { isAlive } from './partial.ts'

/**
 * Runs `work` on an empty folder beside `target`; when it is done, the folder becomes `target`. When it fails, or the
 * signal fires, the folder is removed. Throws CommandError `output_exists` where the target is there already.
 */
export async function writeAside<T>(
  target: string,
  work: (folder: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const path = resolve(target)
  const parent = dirname(path)
  await mkdir(parent, { recursive: true })
  await refuseExisting(path)
  await removeLeftOvers(parent, basename(path))
  const aside = join(parent, `.${basename(path)}.aside-${process.pid}`)
  await mkdir(aside)
  try {
    const result = await work(aside)
    await syncTree(aside)
    stopIfAborted(signal)
    await refuseExisting(path)
    await rename(aside, path)
    await syncOne(parent)
    return result
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
}

async function refuseExisting(path: string): Promise<void> {
  if (await stat(path).then(() => true, () => false)) throw new CommandError('output_exists', { path })
}

// A power cut leaves the folder aside; whose process is gone is of no use to anybody.
async function removeLeftOvers(parent: string, name: string): Promise<void> {
  const prefix = `.${name}.aside-`
  for (const entry of await readdir(parent))
    if (entry.startsWith(prefix) && !isAlive(Number(entry.slice(prefix.length))))
      await rm(join(parent, entry), { recursive: true, force: true })
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await syncTree(path)
    else await syncOne(path)
  }
  await syncOne(folder)
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems refuse to sync a folder; the rename itself is still whole or absent.
    if (!['EINVAL', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}
