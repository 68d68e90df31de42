// Opening files, with failures of the system as SheetError.
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { systemError } from './errors.ts'

/** A handle for reading. Throws `not-found`, `is-folder`, `no-permission`, `io`. */
export async function openForReading(path: string): Promise<FileHandle> {
  return orSystemError(path, open(path, 'r'))
}

/** The whole file. Throws as `openForReading`. */
export async function readWholeFile(path: string): Promise<Buffer> {
  return orSystemError(path, readFile(path))
}

/** The size of the file and its first bytes. Throws as `openForReading`. */
export async function readHead(
  path: string,
  length: number,
): Promise<{ readonly bytes: number; readonly head: Buffer }> {
  const handle = await openForReading(path)
  try {
    const { size } = await orSystemError(path, handle.stat())
    const head = Buffer.alloc(Math.min(size, length))
    const { bytesRead } = await orSystemError(path, handle.read(head, 0, head.length, 0))
    return { bytes: size, head: head.subarray(0, bytesRead) }
  } finally {
    await handle.close()
  }
}

async function orSystemError<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw systemError(path, cause)
  }
}
