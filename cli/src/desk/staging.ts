// The two parts of a draw's folder change together: both built aside, marked with the act, and swapped once it has happened.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isL2, isSealedUntilOpen, loadManifests } from '@sunlot/draw'
import { EVERYBODY, flushFolder, flushTree, folderFiles, listFiles, OWNER } from './files.ts'
import { makeFolder, placeAt, writeFlushed } from './files.ts'

/** The whole bundle (L2), and what everybody may see (L1). */
const WHOLE = 'oversight'
const OPEN = 'public'
const PARTS = [WHOLE, OPEN] as const

/** Builds both parts as they will be with the files added, and marks them with the act. Nothing has happened yet. */
export function stage(folder: string, added: ReadonlyMap<string, Uint8Array>, act: string): void {
  dropStaged(folder)
  const whole = join(folder, WHOLE)
  const next = `${whole}.next`
  makeFolder(next, 0o700)
  for (const [name, bytes] of added) writeFlushed(join(next, name), bytes, OWNER)
  const hidden = hiddenWith(whole, added)
  for (const name of added.keys()) if (modeOf(name, hidden) !== OWNER) openUp(join(next, name))
  for (const name of listFiles(whole))
    if (!added.has(name)) placeAt(join(whole, name), join(next, name), modeOf(name, hidden))
  // The public part is cut from the whole one, so that an opened list appears in it by itself.
  const open = `${join(folder, OPEN)}.next`
  makeFolder(open)
  for (const name of listFiles(next))
    if (isPublic(name, hidden)) placeAt(join(next, name), join(open, name), EVERYBODY)
  flushTree(next)
  flushTree(open)
  for (const part of PARTS) writeFlushed(readyPath(folder, part), `${act}\n`)
  flushFolder(folder)
}
