// Before an act is logged, the bundle that it would make is verified: the log takes nothing back.

import { join } from 'node:path'
import { type BundleFiles, verify } from '@sunlot/draw'
import { folderFiles } from '../desk/files.ts'
import { CommandError } from '../errors.ts'

/** Refuses an act after which any verifier would call the bundle contradicted. `added` are the files that it adds. */
export function refuseContradicted(folder: string, added: ReadonlyMap<string, Uint8Array>): void {
  const { code, checks } = verify(overlaid(folderFiles(join(folder, 'oversight')), added))
  if (code === undefined) return
  const claim = checks.find((c) => c.id === code)?.detail.code ?? ''
  throw new CommandError('would_contradict', { check: code, found: claim })
}

/** A bundle with files added or replaced, as if they were there. */
export function overlaid(below: BundleFiles, added: ReadonlyMap<string, Uint8Array>): BundleFiles {
  return {
    names: [...new Set([...below.names, ...added.keys()])].toSorted(),
    read: (name) => added.get(name) ?? below.read(name),
    chunks: (name) => {
      const bytes = added.get(name)
      return bytes ? [bytes] : below.chunks(name)
    },
  }
}
