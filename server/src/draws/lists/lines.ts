// Lines of a stored list, a few kilobytes at a time: a list of half a million lines is paged and searched where it lies.

import type { Files } from '../../platform/files/files.ts'

/** A list among the files. */
export interface StoredList {
  readonly fileHash: string
  readonly bytes: number
}

type Reading = Pick<Files, 'readRange'>

// No line is longer: an id, a stratum and a ticket; an id and the aliases of its people.
const LONGEST = 4096
const SCANNED = 16_384
const LF = 10

/** Whole lines from a byte on, at most so many, each with where the next begins. */
export async function linesFrom(
  files: Reading,
  list: StoredList,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<readonly { readonly cells: readonly string[]; readonly next: number }[]> {
  const found: { cells: readonly string[]; next: number }[] = []
  let at = from
  while (found.length < limit && at < list.bytes) {
    const bytes = await files.readRange(list.fileHash, at, SCANNED)
    const begun = at
    for (let start = 0, end = bytes.indexOf(LF); end >= 0; start = end + 1, end = bytes.indexOf(LF, start)) {
      at = begun + end + 1
      found.push({ cells: textOf(bytes.subarray(start, end)).split('\t'), next: at })
      if (found.length === limit) break
    }
    if (at === begun) break
  }
  return found
}

/** The line of an id in a list that ascends by its first column; nothing where it has none. */
export async function lineOf(
  files: Reading,
  list: StoredList,
  id: string,
): Promise<readonly string[] | undefined> {
  let low = 0
  let high = list.bytes
  while (high - low > SCANNED) {
    const middle = Math.floor((low + high) / 2)
    const bytes = await files.readRange(list.fileHash, middle, 2 * LONGEST)
    const start = bytes.indexOf(LF) + 1
    const first = textOf(bytes.subarray(start)).split(/[\t\n]/u, 1)[0] ?? ''
    if (start > 0 && first <= id && middle + start < high) low = middle + start
    else high = middle
  }
  const lines = textOf(await files.readRange(list.fileHash, low, high - low + LONGEST)).split('\n')
  const line = lines.find((each) => each.startsWith(`${id}\t`))
  return line?.split('\t')
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
