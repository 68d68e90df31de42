// Applying an import of subjects: decided once, then range by range, each in a transaction of its own, so that others
// read and write meanwhile. What a crash interrupts goes on where it stood; nobody waits for a million rows to commit.

import type { Person } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { Refused } from '../../platform/refusal.ts'
import {
  addPremisesAndLicences,
  type Applying,
  changeKnown,
  countSubjects,
  enterNew,
  hasRows,
  holdRegister,
  knowSubjects,
  type Range,
  rangeOf,
  takeOutGone,
} from './apply.store.ts'
import { stageAgain } from './checking.ts'
import { type ImportRecord, moveImport } from './imports.store.ts'
import { hasMoved, type LeftOut, leaveOutEntered, leaveOutMoved } from './moved.store.ts'
import type { ImportTools } from './parts.ts'
import { takeYourTime } from './stage.store.ts'
import { inTransaction, type Work } from './working.ts'

// Rows of one transaction: the trail has a leaf for each of its statements, and none runs for long.
const ROWS_AT_ONCE = 20_000
// From here on the planner's knowledge of the register is taken anew.
const LARGE = 2_000
// Somebody enters the same code between two statements: the range is tried again, and leaves him out.
const TRIES = 3

/** What came of rows: written, or left out because the register had moved on. */
export interface Done {
  readonly new: number
  readonly changed: number
  readonly gone: number
  readonly leftOut: LeftOut
}

/** Applies what was checked, to its end. Throws Refused where the register moved on before the first row was written. */
export async function applySubjects(work: Work): Promise<object> {
  const { tools, progress, actor } = work
  let begun = await inTransaction(work, begin)
  if (begun === 'lost') {
    await stageAgain(work)
    begun = await inTransaction(work, begin)
  }
  if (begun === 'lost') throw new Error('the rows of the import were lost twice')
  const { first, last } = begun
  const { rowsAtOnce = ROWS_AT_ONCE } = tools
  for (let next = begun.next; next <= last; next += rowsAtOnce) {
    const range = { from: next, to: Math.min(next + rowsAtOnce - 1, last) }
    await trying(() => inTransaction(work, (writer, row) => applyNext(writer, work, row, range)))
    await progress(range.to - first + 1, last - first + 1, 'apply')
  }
  await progress(1, 1, 'settle')
  await inTransaction(work, countAnew)
  if (last - first >= LARGE) await inTransaction(work, knowAnew)
  const by = (actor as Person).personId
  await inTransaction(work, (writer, row) =>
    moveImport(writer, row.id, { state: 'applied', failure: null, applied: { by, at: tools.clock.now() } }),
  )
  return {}
}

async function countAnew(writer: Writer): Promise<void> {
  await takeYourTime(writer)
  await countSubjects(writer)
}

async function knowAnew(writer: Writer): Promise<void> {
  await takeYourTime(writer)
  await knowSubjects(writer)
}

interface Begun {
  readonly first: number
  readonly next: number
  readonly last: number
}

/** Decides that it is applied, if it fits; where that was decided before, says where it stands. */
async function begin(writer: Writer, row: ImportRecord): Promise<Begun | 'lost'> {
  await takeYourTime(writer)
  const isUnderWay = row.appliedTo !== null
  if (row.isReadAgain || !(await hasRows(writer, row.id))) {
    // A push is no file that could be read again.
    if (isUnderWay && row.sheet.kind !== 'push') return 'lost'
    throw new Refused({ code: 'import.rows_lost' })
  }
  if (!isUnderWay) {
    await holdRegister(writer)
    if (await hasMoved(writer, row.id)) throw new Refused({ code: 'import.register_moved' })
  }
  const range = await rangeOf(writer, row.id)
  const { from, to } = range ?? { from: 1, to: 0 }
  const standsAt = row.appliedTo ?? from - 1
  if (!isUnderWay) await moveImport(writer, row.id, { appliedTo: standsAt })
  return { first: from, next: Math.max(standsAt + 1, from), last: to }
}

/** Applies a range and says so, in the same transaction. */
async function applyNext(
  writer: Writer,
  { tools, actor }: Pick<Work, 'tools' | 'actor'>,
  row: ImportRecord,
  range: Range,
): Promise<void> {
  await takeYourTime(writer)
  // Another server took the job up, and has done this range; or the rows were lost since, and it has them read again.
  if (row.isReadAgain || !(await hasRows(writer, row.id))) throw new Error('the rows of the import were lost')
  if ((row.appliedTo ?? range.to) >= range.to) return
  const { leftOut } = await applyRange(writer, applyingOf(tools, row, (actor as Person).personId), row, range)
  await moveImport(writer, row.id, { appliedTo: range.to, counts: without(row.counts, leftOut) })
}

/** Writes the rows of a range into the register, inside the caller's transaction. */
export async function applyRange(
  writer: Writer,
  applying: Applying,
  row: ImportRecord,
  range: Range,
): Promise<Done> {
  await holdRegister(writer)
  const { counts, mapping } = row
  const hasKnown = ['changed', 'renamed', 'gone', 'new'].some((result) => (counts[result] ?? 0) > 0)
  const entered = await leaveOutEntered(writer, row.id, range)
  const moved = hasKnown ? await leaveOutMoved(writer, row.id, range) : {}
  const done = {
    new: await enterNew(writer, applying, range),
    changed: hasKnown ? await changeKnown(writer, applying, range) : 0,
    gone: range.from < 0 ? await takeOutGone(writer, applying, range) : 0,
  }
  const columns = Object.keys(mapping?.columns ?? { premises: 0 })
  if (columns.includes('premises') || columns.includes('licence_kind'))
    await addPremisesAndLicences(writer, applying, range)
  return { ...done, leftOut: added(entered, moved) }
}

/** Whose import it is, and when it is applied. */
export function applyingOf(tools: ImportTools, row: ImportRecord, by: string): Applying {
  const now = tools.clock.now()
  return {
    id: row.id,
    authorityId: row.authorityId,
    today: dayOf(now),
    now,
    uploadedBy: row.uploadedById,
    decidedBy: row.approvedById ?? by,
  }
}

/** The counts of an import after rows were left out. */
export function without(
  counts: Readonly<Record<string, number>>,
  leftOut: LeftOut,
): Readonly<Record<string, number>> {
  const rest: Record<string, number> = { ...counts }
  for (const [result, n] of Object.entries(leftOut)) {
    rest[result] = (rest[result] ?? 0) - n
    rest['conflict'] = (rest['conflict'] ?? 0) + n
  }
  return rest
}

function added(some: LeftOut, more: LeftOut): LeftOut {
  const sum: Record<string, number> = { ...some }
  for (const [result, n] of Object.entries(more)) sum[result] = (sum[result] ?? 0) + n
  return sum
}

async function trying<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++)
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: string }).code !== '23505' || tried === TRIES) throw error
    }
}
