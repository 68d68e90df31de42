// A draw's folder: oversight/ is the whole bundle (L2), public/ what everybody may see (L1), private/ never leaves.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BundleFiles,
  isL2,
  isSealedUntilOpen,
  type Loaded,
  loadManifests,
  type Manifests,
  type Commitment,
} from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { flushFolder, folderFiles, linkTree, listFiles, replaceFile, writeFlushed } from './files.ts'
import type { LocalLog } from './local-log.ts'

/** A draw on disk. */
export interface DrawFolder {
  readonly folder: string
  readonly files: BundleFiles
  readonly manifests: Manifests
  readonly commit: Loaded<Commitment>
}

/** What only this office may read: secrets, and the names behind the aliases (L3). */
export interface PrivateFiles {
  readonly people?: string
  readonly sealed: readonly { readonly id: string; readonly value: string }[]
}

/** Opens a draw's folder; a publication that was interrupted is finished where the log has its leaves, else dropped. */
export function openDraw(folder: string, log: LocalLog): DrawFolder {
  for (const part of PARTS) finishSwap(join(folder, part), log)
  if (!existsSync(join(folder, 'oversight', 'commit.json')))
    throw new CommandError('draw_missing', { folder })
  const files = folderFiles(join(folder, 'oversight'))
  const manifests = loadManifests(files)
  if (!manifests.commit) throw new CommandError('draw_damaged', { folder, why: firstFault(manifests) })
  return { folder, files, manifests, commit: manifests.commit }
}

/** The private part of a draw. */
export function privateOf(folder: string): PrivateFiles {
  return JSON.parse(readFileSync(join(folder, 'private', 'secrets.json'), 'utf8')) as PrivateFiles
}

/** Writes private files, readable by the owner alone. */
export function writePrivate(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(join(folder, 'private'), { recursive: true, mode: 0o700 })
  for (const [name, text] of files) replaceFile(join(folder, 'private', name), text, 0o600)
}

/**
 * Adds files to a draw: both parts are built aside, then the log is flushed (from here on the act has happened), then each
 * part takes its place in one rename. A crash before the flush leaves no trace; one after it is finished by `openDraw`.
 */
export function publish(
  folder: string,
  added: ReadonlyMap<string, Uint8Array>,
  log: LocalLog,
  place = folder,
): void {
  const [whole, open] = PARTS.map((part) => join(folder, part)) as [string, string]
  buildAside(whole, whole, added)
  const hidden = isSealedUntilOpen(loadManifests(folderFiles(`${whole}.next`)))
  // The public part is cut from the whole one, so that an opened list appears in it by itself.
  buildAside(open, `${whole}.next`, new Map(), (name) => isPublic(name, hidden))
  for (const part of [whole, open])
    writeFlushed(`${part}.ready`, `${log.tree.size}\n${log.tree.texts.at(-1) ?? ''}\n`)
  log.flush()
  for (const part of [whole, open]) swap(part)
  if (place !== folder) renameSync(folder, place)
}

const PARTS = ['oversight', 'public'] as const

/** Whether everybody may see a file: no L2 list, and no list of a sealed draw before its opening. */
function isPublic(name: string, hidden: boolean): boolean {
  return !isL2(name) && name !== 'people.json' && !(hidden && name.endsWith('.tsv'))
}

function buildAside(
  part: string,
  source: string,
  added: ReadonlyMap<string, Uint8Array>,
  shown: (name: string) => boolean = () => true,
): void {
  const next = `${part}.next`
  rmSync(`${part}.ready`, { force: true })
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { recursive: true })
  linkTree(source, next)
  for (const name of listFiles(next)) if (!shown(name)) rmSync(join(next, name))
  for (const [name, bytes] of added) {
    rmSync(join(next, name), { force: true })
    writeFlushed(join(next, name), bytes)
  }
  flushFolder(next)
}

function swap(part: string): void {
  const old = `${part}.old`
  rmSync(old, { recursive: true, force: true })
  if (existsSync(part)) renameSync(part, old)
  renameSync(`${part}.next`, part)
  rmSync(`${part}.ready`, { force: true })
  rmSync(old, { recursive: true, force: true })
}

function finishSwap(part: string, log: LocalLog): void {
  const ready = `${part}.ready`
  const next = existsSync(`${part}.next`)
  const [size = '', leaf = ''] = existsSync(ready) ? readFileSync(ready, 'utf8').split('\n') : []
  if (next && leaf !== '' && log.tree.texts[Number(size) - 1] === leaf) swap(part)
  else if (next) rmSync(`${part}.next`, { recursive: true, force: true })
  if (!existsSync(part) && existsSync(`${part}.old`)) renameSync(`${part}.old`, part)
  rmSync(ready, { force: true })
}

function firstFault(m: Manifests): string {
  const [fault] = [...m.byteFaults, ...m.fieldFaults]
  return fault ? `${fault.file}: ${fault.why}` : 'commit.json'
}
