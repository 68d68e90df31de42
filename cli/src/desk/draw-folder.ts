// A draw's folder: oversight/ is the whole bundle (L2), public/ what everybody may see (L1), private/ never leaves.

import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BundleFiles, type Commitment, type Loaded, loadManifests, type Manifests } from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { folderFiles, makeFolder, OWNER, replaceFile } from './files.ts'
import type { LocalLog } from './local-log.ts'
import { settleStaged, stage } from './staging.ts'

/** A draw on disk. */
export interface DrawFolder {
  readonly folder: string
  readonly files: BundleFiles
  readonly manifests: Manifests
  readonly commit: Loaded<Commitment>
}

/** What only this office may read: secrets, and the names behind the aliases (L3). */
export interface PrivateFiles {
  readonly draw?: string
  readonly people?: string
  readonly sealed: readonly { readonly id: string; readonly value: string }[]
}

/** Opens a draw's folder; an act that was interrupted is finished where the journal has it, else dropped. */
export function openDraw(folder: string, log: LocalLog): DrawFolder {
  if (existsSync(folder)) settleStaged(folder, (act) => log.happened(act))
  if (!existsSync(join(folder, 'oversight', 'commit.json')))
    throw new CommandError('draw_missing', { folder })
  const files = folderFiles(join(folder, 'oversight'))
  const manifests = loadManifests(files)
  if (!manifests.commit) throw new CommandError('draw_damaged', { folder, why: firstFault(manifests) })
  return { folder, files, manifests, commit: manifests.commit }
}

/** Throws where the log has something of this draw that its folder has not: a folder from an older copy. */
export function refuseBehind({ folder, commit, manifests }: DrawFolder, log: LocalLog): void {
  const known = new Set(manifests.proofs?.value.leaves.map((l) => l.leaf))
  const own = log.leaves().filter((l) => l.type !== 'plan' && l.draw === commit.value.draw_id)
  const ahead = own.find((l) => !known.has(log.tree.texts[l.index] ?? ''))
  if (ahead) throw new CommandError('folder_behind', { folder, type: ahead.type, index: ahead.index })
}

/** The private part of a draw. */
export function privateOf(folder: string): PrivateFiles {
  return JSON.parse(readFileSync(join(folder, 'private', 'secrets.json'), 'utf8')) as PrivateFiles
}

/** Writes private files, readable by the owner alone. */
export function writePrivate(folder: string, files: ReadonlyMap<string, string>): void {
  makeFolder(join(folder, 'private'), 0o700)
  for (const [name, text] of files) replaceFile(join(folder, 'private', name), text, OWNER)
}

/**
 * Adds files to a draw: both parts are built aside, then the act is noted in the journal (from here on it has happened),
 * then each part takes its place in one rename. A crash before leaves no trace; one after is finished by `openDraw`.
 */
export function publish(
  folder: string,
  added: ReadonlyMap<string, Uint8Array>,
  log: LocalLog,
  act: { readonly draw: string; readonly checkpoint: string },
): void {
  const id = randomUUID()
  stage(folder, added, id)
  log.record({ id, ...act })
  settleStaged(folder, (done) => done === id)
}

function firstFault(m: Manifests): string {
  const [fault] = [...m.byteFaults, ...m.fieldFaults]
  return fault ? `${fault.file}: ${fault.why}` : 'commit.json'
}
