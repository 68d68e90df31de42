// sunlot export: a bundle as one zip, public or for the oversight authority.

import { join } from 'node:path'
import { zipSync } from 'fflate'
import { folderFiles, replaceFile } from '../desk/files.ts'
import { CommandError } from '../errors.ts'
import { type Args, type Io, needed, onDraw, option } from './step.ts'

/** Writes the zip; its bytes depend on the bundle alone. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    const level = option(args, 'level') ?? 'L1'
    if (level !== 'L1' && level !== 'L2') throw new CommandError('level', { level })
    const out = needed(args, 'out')
    const bytes = zipOf(join(step.draw.folder, level === 'L1' ? 'public' : 'oversight'))
    replaceFile(out, bytes, level === 'L1' ? 0o644 : 0o600)
    io.out(io.t('steps.exported', { level, out, bytes: bytes.length }))
    return 0
  })
}

/** A folder as zip bytes, names ascending, times fixed. */
export function zipOf(folder: string): Uint8Array {
  const files = folderFiles(folder)
  const entries = files.names.map((name) => [name, files.read(name)] as const)
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1, 0, 0, 0) })
}
