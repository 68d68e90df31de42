// The zip of a bundle. Sizes are summed before anything is inflated, and no entry may inflate beyond what it states.

import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { BundleFiles } from '@sunlot/draw'
import { CommandError } from '../errors.ts'

const GIB = 2 ** 30
/** What a zip may cost. A population of ten million is about 0.4 GiB. */
const MOST = { file: 2 * GIB, inflated: 4 * GIB, entries: 20_000, ratio: 250, ratioFrom: 1 << 20 } as const

/** The files of a zip of `size` bytes. Throws CommandError `zip_*`. */
export function zipFiles(path: string, size: number): BundleFiles {
  if (size > MOST.file) throw new CommandError('zip_large', { path, most: MOST.file })
  const bytes = readFileSync(path)
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new CommandError('zip_none', { path })
  const entries = entriesOf(path, bytes)
  const inside = rootOf([...entries.keys()])
  const names = [...entries.keys()]
    .filter((name) => name.startsWith(inside))
    .map((name) => name.slice(inside.length))
  const read = (name: string): Uint8Array => inflate(path, bytes, inside + name)
  return { names: names.toSorted(), read, chunks: (name) => [read(name)] }
}

/** Names and stated sizes of all files, inflating none. */
function entriesOf(path: string, bytes: Uint8Array): ReadonlyMap<string, number> {
  const entries = new Map<string, number>()
  let total = 0
  const look = (name: string, stored: number, inflated: number): void => {
    if (name.endsWith('/')) return
    if (entries.has(name)) throw new CommandError('zip_twice', { path, name })
    if (!/^[^/\\\0][^\\\0]*$/.test(name) || name.split('/').includes('..'))
      throw new CommandError('zip_name', { path, name })
    entries.set(name, inflated)
    total += inflated
    const isBomb = inflated > MOST.ratioFrom && inflated > stored * MOST.ratio
    if (isBomb || total > MOST.inflated || entries.size > MOST.entries)
      throw new CommandError('zip_bomb', { path, name, inflated })
  }
  try {
    unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        look(name, size, originalSize)
        return false
      },
    })
  } catch (error) {
    throw damaged(path, error)
  }
  return entries
}

/** fflate inflates into a buffer of the stated size and stops there, so an entry that lies about it is refused. */
function inflate(path: string, bytes: Uint8Array, name: string): Uint8Array {
  try {
    const found = unzipSync(bytes, { filter: (entry) => entry.name === name })[name]
    if (found) return found
  } catch (error) {
    throw damaged(path, error)
  }
  throw new CommandError('zip_entry', { path, name })
}

function damaged(path: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new CommandError('zip_damaged', { path, why }, { cause: error })
}

/** The one folder that holds the bundle, with its "/", or nothing where it lies at the top. */
function rootOf(names: readonly string[]): string {
  const marks = names.filter((name) => /(?:^|\/)(?:commit|plan)\.json$/.test(name))
  const [first = ''] = marks.toSorted((a, b) => a.length - b.length)
  return first.slice(0, first.lastIndexOf('/') + 1)
}
