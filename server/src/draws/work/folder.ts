// A draw's files as the library reads them: lists in a folder, in pieces, and manifests from memory over them.

import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { BundleFiles } from '@sunlot/draw'

const CHUNK = 1 << 20

/** A folder as a bundle. `over`: texts that stand in place of files of the same name, or beside them. */
export function folderFiles(folder: string, over: ReadonlyMap<string, string> = new Map()): BundleFiles {
  const path = (name: string): string => join(folder, ...name.split('/'))
  const texts = new Map([...over].map(([name, text]) => [name, Buffer.from(text)]))
  return {
    names: [...new Set([...namesIn(folder), ...over.keys()])].toSorted(),
    read: (name) => new Uint8Array(texts.get(name) ?? readFileSync(path(name))),
    chunks: (name) => {
      const text = texts.get(name)
      return text ? [new Uint8Array(text)] : chunksOf(path(name))
    },
  }
}

/** A file in pieces of 1 MiB. */
export function* chunksOf(path: string): Generator<Uint8Array> {
  if (statSync(path).size === 0) return
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const buffer = new Uint8Array(CHUNK)
      const length = readSync(file, buffer, 0, CHUNK, null)
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
