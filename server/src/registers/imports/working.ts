// The transactions of a job on an import: each only while the import is the job's.

import type { Writer } from '../../platform/database/database.ts'
import { record } from '../../platform/record.ts'
import type { ImportState } from './imports.rules.ts'
import { findImport, type ImportRecord, lockImport } from './imports.store.ts'
import type { Working } from './parts.ts'
import { everywhere } from './small-registers.ts'

/** What a job does: its act, and the state that the import is in meanwhile. */
export interface Work extends Working {
  readonly action: 'registerImport.check' | 'registerImport.apply' | 'registerImport.undo'
  readonly state: Extract<ImportState, 'checking' | 'applying' | 'undoing'>
}

/** Thrown where the import is not this job's any more: it was moved on, or another job has it. */
export class NotOurs extends Error {}

/** Runs work in a transaction of its own, on the import that nobody else moves on meanwhile. Throws NotOurs. */
export function inTransaction<T>(
  work: Work,
  run: (writer: Writer, row: ImportRecord) => Promise<T>,
): Promise<T> {
  return ours(work, lockImport, run)
}

/** As `inTransaction`, for long steps beside the register: nobody who asks about the import is kept waiting. */
export function beside<T>(work: Work, run: (writer: Writer) => Promise<T>): Promise<T> {
  return ours(work, findImport, run)
}

function ours<T>(
  { tools, id, jobId, actor, hold, action, state }: Work,
  find: typeof lockImport,
  run: (writer: Writer, row: ImportRecord) => Promise<T>,
): Promise<T> {
  return record(tools.recording, actor, { action, about: { type: 'registerImport', id } }, async (writer) => {
    const row = await find(writer, everywhere(), id)
    if (row?.state !== state || row.jobId !== jobId) throw new NotOurs()
    await hold(writer)
    return run(writer, row)
  })
}

/** What a job gives; nothing where the import is not its own any more. */
export async function ifOurs(work: () => Promise<object>): Promise<object> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NotOurs) return {}
    throw error
  }
}
