// The two parts of a draw's folder change together: both built aside, marked with the act, and swapped once it has happened.

import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BundleFiles, isL2, isSealedUntilOpen, loadManifests } from '@sunlot/draw'
import {
  EVERYBODY,
  flushFolder,
  flushTree,
  folderFiles,
  listFiles,
  makeFolder,
  OWNER,
  placeAt,
  writeFlushed,
} from './files.ts'

/** The whole bundle (L2), and what everybody may see (L1). */
const WHOLE = 'oversight'
const OPEN = 'public'
const PARTS = [WHOLE, OPEN] as const

/** Builds both parts as they will be with the files added, and marks them with the act. Nothing has happened yet. */
export function stage(folder: string, added: ReadonlyMap<string, Uint8Array>, act: string): void {
  dropStaged(folder)
  const now = folderFiles(join(folder, WHOLE))
  const hidden = isSealedUntilOpen(loadManifests(withAdded(now, added)))
  const [whole, open] = [nextOf(folder, WHOLE), nextOf(folder, OPEN)]
  makeFolder(whole, 0o700)
  makeFolder(open)
  for (const [name, bytes] of added) writeFlushed(join(whole, name), bytes, modeOf(name, hidden))
  for (const name of now.names)
    if (!added.has(name)) placeAt(join(folder, WHOLE, name), join(whole, name), modeOf(name, hidden))
  // The public part is cut from the whole one, so that an opened list appears in it by itself.
  for (const name of listFiles(whole))
    if (modeOf(name, hidden) === EVERYBODY) placeAt(join(whole, name), join(open, name), EVERYBODY)
  flushTree(whole)
  flushTree(open)
  for (const part of PARTS) writeFlushed(readyOf(folder, part), `${act}\n`)
  flushFolder(folder)
}

/** Ends what an act, or a crash in one, left: swaps both parts where their act has happened, else drops what was built. */
export function settleStaged(folder: string, happened: (act: string) => boolean): void {
  const marked = PARTS.filter((part) => {
    const ready = readyOf(folder, part)
    return existsSync(ready) && happened(readFileSync(ready, 'utf8').trim())
  })
  for (const part of marked) if (existsSync(nextOf(folder, part))) swap(folder, part)
  if (marked.length > 0) flushFolder(folder)
  if (PARTS.some((part) => leftOf(folder, part).some((path) => existsSync(path)))) dropStaged(folder)
}

/** The mark goes first, and lastingly: what is half built or half removed must never stand beside one. */
function dropStaged(folder: string): void {
  for (const part of PARTS) rmSync(readyOf(folder, part), { force: true })
  flushFolder(folder)
  for (const path of PARTS.flatMap((part) => leftOf(folder, part)))
    rmSync(path, { recursive: true, force: true })
}

function swap(folder: string, part: string): void {
  const place = join(folder, part)
  rmSync(oldOf(folder, part), { recursive: true, force: true })
  if (existsSync(place)) renameSync(place, oldOf(folder, part))
  renameSync(nextOf(folder, part), place)
}

function nextOf(folder: string, part: string): string {
  return join(folder, `${part}.next`)
}

function oldOf(folder: string, part: string): string {
  return join(folder, `${part}.old`)
}

function readyOf(folder: string, part: string): string {
  return join(folder, `${part}.ready`)
}

function leftOf(folder: string, part: string): string[] {
  return [readyOf(folder, part), nextOf(folder, part), oldOf(folder, part)]
}

/** What stays with the oversight authority: L2 lists, the people's secret, and the lists of a sealed draw before its opening. */
function modeOf(name: string, hidden: boolean): number {
  return isL2(name) || name === 'people.json' || (hidden && name.endsWith('.tsv')) ? OWNER : EVERYBODY
}

function withAdded(files: BundleFiles, added: ReadonlyMap<string, Uint8Array>): BundleFiles {
  return {
    ...files,
    names: [...new Set([...files.names, ...added.keys()])].toSorted(),
    read: (name) => added.get(name) ?? files.read(name),
  }
}
