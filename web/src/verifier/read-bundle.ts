// Makes a bundle's files of what was dropped or chosen: a zip, a folder, or its files.

import { unzipSync } from 'fflate'
import type { Files } from './messages.ts'

/** Why something is no bundle; `key` names the sentence in verifier-page.json. */
export class NotABundle extends Error {
  readonly key: 'not_a_bundle' | 'bad_zip' | 'zip_twice' | 'zip_large'
  readonly params: Readonly<Record<string, string>>

  constructor(key: NotABundle['key'], params: NotABundle['params'] = {}) {
    super(key)
    this.key = key
    this.params = params
  }
}

/** A file with its path inside what was dropped. */
export interface Found {
  readonly path: string
  readonly file: File
}

const LIMIT_GB = 2
const MARKS = ['commit.json', 'plan.json', 'certificate.json', 'signatures.json']

/** The files of what was dropped. Read `items` before anything is awaited: the browser forgets them. */
export async function droppedFiles(transfer: DataTransfer): Promise<Found[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.())
  const plain = [...transfer.files].map((file) => ({ path: file.name, file }))
  const found = await Promise.all(entries.filter((entry) => entry !== null && entry !== undefined).map(walk))
  return found.flat().length > 0 ? found.flat() : plain
}

/** The files of an input, with their path in the chosen folder. */
export function chosenFiles(input: HTMLInputElement): Found[] {
  return [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** Reads them as one bundle. Throws `NotABundle`. */
export async function readBundle(found: readonly Found[]): Promise<Files> {
  const [only] = found
  if (found.length === 1 && only && !MARKS.includes(only.file.name))
    return bundleIn(unzip(await bytesOf(only.file)))
  const total = found.reduce((sum, f) => sum + f.file.size, 0)
  if (total > LIMIT_GB * 1e9) throw new NotABundle('zip_large', { limit: `${LIMIT_GB}` })
  const inside = rootOf(found.map((f) => f.path))
  const read = await Promise.all(
    found
      .filter((f) => f.path.startsWith(inside))
      .map(async (f) => [f.path.slice(inside.length), await bytesOf(f.file)] as const),
  )
  return new Map(read)
}

/** The bundle in a zip's bytes. Throws `NotABundle`. */
export function bundleInZip(bytes: Uint8Array): Files {
  return bundleIn(unzip(bytes))
}

function bundleIn(files: Files): Files {
  const inside = rootOf([...files.keys()])
  return new Map(
    [...files].flatMap(([path, bytes]) =>
      path.startsWith(inside) ? [[path.slice(inside.length), bytes] as const] : [],
    ),
  )
}

function unzip(bytes: Uint8Array): Files {
  const seen = new Set<string>()
  let size = 0
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (seen.has(name)) throw new NotABundle('zip_twice', { file: name })
        seen.add(name)
        size += originalSize
        if (size > LIMIT_GB * 1e9) throw new NotABundle('zip_large', { limit: `${LIMIT_GB}` })
        return !name.endsWith('/')
      },
    })
    return new Map(Object.entries(files))
  } catch (error) {
    if (error instanceof NotABundle) throw error
    throw new NotABundle('bad_zip', { error: error instanceof Error ? error.message : String(error) })
  }
}

/** The folder that holds the manifests, with its "/": the one nearest to the top. */
function rootOf(paths: readonly string[]): string {
  for (const mark of MARKS) {
    const [nearest] = paths
      .filter((p) => (p === mark || p.endsWith(`/${mark}`)) && !p.startsWith('__MACOSX/'))
      .toSorted((a, b) => a.split('/').length - b.split('/').length)
    if (nearest !== undefined) return nearest.slice(0, -mark.length)
  }
  throw new NotABundle('not_a_bundle')
}

async function walk(entry: FileSystemEntry): Promise<Found[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ path, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Found[] = []
  for (;;) {
    // A browser gives at most a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return found
    found.push(...(await Promise.all(some.map(walk))).flat())
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer())
}
