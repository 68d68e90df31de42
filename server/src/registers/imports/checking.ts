// The job that reads a file and says, row by row, what it would do. It changes nothing of a register.

import type { Law } from '../../law/index.ts'
import type { Writer } from '../../platform/database/database.ts'
import { Refused } from '../../platform/refusal.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { closedPersonal } from '../subjects/secrets.ts'
import type { Register } from './fields.rules.ts'
import { type ImportRecord, moveImport } from './imports.store.ts'
import { countMissing, countRows, MATCHING } from './match.store.ts'
import { leaveOutSince, markWritten } from './moved.store.ts'
import type { ImportTools, Progress, Working } from './parts.ts'
import { readFile } from './read-file.ts'
import type { SubjectBatch } from './reading.rules.ts'
import { forgetRows, knowRows, stageSubjects, takeYourTime } from './stage.store.ts'
import { type CellRow, checkSmall } from './small-registers.ts'
import { beside, ifOurs, inTransaction, type Work } from './working.ts'

/** Reads and compares. What is wrong with the file as a whole is kept with the import. */
export function checkImport(working: Working): Promise<object> {
  const { tools, id, progress } = working
  const work = { ...working, action: 'registerImport.check', state: 'checking' } as const
  const write: Write = (run) => beside(work, run)
  return ifOurs(async () => {
    // What is changed while it is compared was changed since.
    const checkedAt = tools.clock.now()
    try {
      const row = await inTransaction(work, async (writer, found) => {
        await forgetRows(writer, id)
        return found
      })
      const read = row.register === 'subject' ? readSubjects : readSmall
      const counts = await tools.files.inTheClear(row.fileHash, (path) =>
        read(tools, row, path, write, progress),
      )
      await inTransaction(work, (writer) =>
        moveImport(writer, id, { state: 'checked', counts, failure: null, checkedAt, approvedBy: null }),
      )
      return counts
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const failure = error.refusal
      await inTransaction(work, (writer) =>
        moveImport(writer, id, { state: 'unreadable', failure, counts: {} }),
      )
      return { failure: failure.code }
    }
  })
}

/**
 * Reads and compares again what a crash of the database took from an import that was half applied. Interrupted, it begins
 * anew. It does no more than what was decided: whoever was entered or changed since the comparison is left out.
 */
export async function stageAgain(work: Work): Promise<void> {
  const { tools, id, progress } = work
  const row = await inTransaction(work, async (writer, found) => {
    await forgetRows(writer, id)
    await moveImport(writer, id, { isReadAgain: true })
    return found
  })
  const write: Write = (run) => beside(work, run)
  const { rows = 0 } = await tools.files.inTheClear(row.fileHash, (path) =>
    readSubjects(tools, row, path, write, progress),
  )
  await inTransaction(work, async (writer) => {
    await takeYourTime(writer)
    await markWritten(writer, id)
    await leaveOutSince(writer, id, row.checkedAt ?? row.uploadedAt)
    const counts = { rows, ...(await countRows(writer, id)) }
    await moveImport(writer, id, { appliedTo: BEFORE_ALL, isReadAgain: false, counts })
  })
}

// Those missing from a full list have negative numbers.
const BEFORE_ALL = -2_147_483_648

type Write = <T>(work: (writer: Writer) => Promise<T>) => Promise<T>
type Counts = Readonly<Record<string, number>>

// From here on the planner must know of them.
const LARGE = 2_000
const OF_FILE = ['new', 'same', 'changed', 'renamed', 'conflict', 'duplicate', 'rejected']

async function readSubjects(
  tools: ImportTools,
  row: ImportRecord,
  path: string,
  write: Write,
  progress: Progress,
): Promise<Counts> {
  const { id, mode, authorityId, divisionCode, sheet, mapping } = row
  const law: Law = tools.book.files
  let rows = 0
  for await (const said of readFile({
    path,
    register: 'subject',
    opening: openingOf(row),
    task: {
      kind: 'subjects',
      divisions: law.divisions,
      industries: law.industries,
      reading: {
        columns: mapping?.columns ?? {},
        header: sheet.header,
        division: mapping?.division ?? 'stated',
        divisionCode,
        issueCodes: mapping?.issueCodes ?? false,
        pool: mapping?.pool,
        tag: mapping?.tag,
        authorityId,
        isOnlyCompared: mode === 'reconcile',
      },
    },
  })) {
    if (said.kind !== 'subjects') continue
    const { batch } = said
    const fields = withCiphers(batch, tools.secrets)
    await write((writer) => stageSubjects(writer, id, batch, fields))
    rows += batch.rows.length
    await progress(said.bytesRead, row.fileBytes, 'read')
  }
  if (rows >= LARGE) await write(knowRows)
  const matching = {
    id,
    mode: mode as 'merge' | 'full' | 'reconcile',
    authorityId,
    divisionCode,
    source: mapping?.source,
    isJoint: row.isJoint,
  }
  for (const { step, run } of MATCHING) {
    await progress(row.fileBytes, row.fileBytes, step)
    await write(async (writer) => {
      await takeYourTime(writer)
      await run(writer, matching)
    })
  }
  const counts = await write((writer) => countRows(writer, id))
  // They are not in the write-ahead log: a crash of the database takes those that were put down before it.
  if (OF_FILE.reduce((sum, result) => sum + (counts[result] ?? 0), 0) !== rows)
    throw new Refused({ code: 'import.rows_lost' })
  // Of a list of some only the number of the others is told.
  const isTold = mode !== 'reconcile' || 'gone' in counts
  const gone = isTold ? {} : { gone: await write((writer) => countMissing(writer, matching)) }
  return { rows, ...counts, ...gone }
}

async function readSmall(
  tools: ImportTools,
  row: ImportRecord,
  path: string,
  write: Write,
  progress: Progress,
): Promise<Counts> {
  const rows: CellRow[] = []
  const register = row.register as Exclude<Register, 'subject'>
  for await (const said of readFile({
    path,
    register,
    opening: openingOf(row),
    task: { kind: 'cells', columns: row.mapping?.columns ?? {} },
  })) {
    if (said.kind !== 'cells') continue
    rows.push(...said.batch.rows)
    if (rows.length > MOST_ROWS)
      throw new Refused({ code: 'import.too_many_rows', params: { most: MOST_ROWS } }, 422)
    await progress(said.bytesRead, row.fileBytes, 'read')
  }
  const counts = await write((writer) => checkSmall(writer, tools, row, rows))
  return { rows: rows.length, ...counts }
}

/** A county has some hundreds of inspectors and items, a province some ten thousand. */
const MOST_ROWS = 50_000

/** Numbers of people are encrypted before they touch the database. */
export function withCiphers(
  { fields, personal }: Pick<SubjectBatch, 'fields' | 'personal'>,
  secrets: Secrets,
): readonly string[] {
  if (personal.length === 0) return fields
  const texts = [...fields]
  for (const { at, telephone, idCard } of personal) {
    const closed = Object.entries(closedPersonal(secrets, { telephone, idCard })).map(
      ([column, value]) => [column, Buffer.isBuffer(value) ? bytea(value) : value] as const,
    )
    texts[at] = JSON.stringify({
      ...(JSON.parse(texts[at] ?? '{}') as object),
      ...Object.fromEntries(closed),
    })
  }
  return texts
}

function bytea(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}

function openingOf({ mapping, sheet }: ImportRecord) {
  const name = mapping?.sheet ?? sheet.sheet
  return {
    headerRow: mapping?.headerRow ?? sheet.headerRow,
    ...(name === undefined || sheet.kind === 'csv' ? {} : { sheet: name }),
    ...(mapping?.encoding === undefined ? {} : { encoding: mapping.encoding }),
  }
}
