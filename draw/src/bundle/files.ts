// A bundle's files by name, from wherever they are: a folder, a zip, or memory. Nothing here trusts them.

/** Reads a bundle. Names use "/" (`events/0001.json`). */
export interface BundleFiles {
  readonly names: readonly string[]
  /** The whole file. Throws where there is none: ask `names` first. */
  read(name: string): Uint8Array
  /** The file in pieces, cut anywhere, so that a large list need not be held twice. */
  chunks(name: string): Iterable<Uint8Array>
}

/** A bundle held in memory. */
export function memoryFiles(files: ReadonlyMap<string, Uint8Array>): BundleFiles {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name)
    if (!bytes) throw new Error(`no file ${name}`)
    return bytes
  }
  return { names: [...files.keys()].toSorted(), read, chunks: (name) => [read(name)] }
}
