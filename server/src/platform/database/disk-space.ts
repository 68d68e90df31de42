// How full the disk is, and when writing must stop before the disk stops it.

import { statfs } from 'node:fs/promises'

/** Bytes that this process may still write, and all that the file system holds. */
export interface FreeSpace {
  readonly freeBytes: number
  readonly totalBytes: number
}

const LOW_BYTES = 1_000_000_000
const LOW_BASIS_POINTS = 500

/** The space of the file system that a folder is on. What is kept back for root does not count as free. */
export async function readFreeSpace(folder: string): Promise<FreeSpace> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** Whether to serve reads alone: less than 1 GB or less than 5 % is left. */
export function isLow({ freeBytes, totalBytes }: FreeSpace): boolean {
  return freeBytes < LOW_BYTES || freeBytes * 10_000 < totalBytes * LOW_BASIS_POINTS
}
