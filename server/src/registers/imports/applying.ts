// The jobs that apply an import, and that undo one: each in one transaction, so that a crash leaves all of it or nothing.

import { type Actor, type Person } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { JobCancelled } from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/record.ts'
import { Refused } from '../../platform/refusal.ts'
import {
  addPremisesAndLicences,
  type Applying,
  changeKnown,
  enterNew,
  hasKnown,
  holdRegister,
  rangeOf,
  settle,
  takeOutGone,
} from './apply.store.ts'
import { type ImportRecord, lockImport, moveImport } from './imports.store.ts'
import type { ImportTools, Progress } from './parts.ts'
import { takeYourTime } from './stage.store.ts'
import { applySmall, everywhere, undoSmall } from './small-registers.ts'
import { changedSince, undoSubjects } from './undo.store.ts'

// Rows of one statement: none runs for long, and the trail has one leaf for each.
const RANGE = 20_000
// From here on the planner's knowledge of the register is taken anew.
const LARGE = 2_000

/** Applies what was checked. Where the register has moved on since, nothing is done and the import is checked again. */
export async function applyImport(
  tools: ImportTools,
  id: string,
  actor: Actor,
  progress: Progress,
): Promise<object> {
  const act = { action: 'registerImport.apply', about: { type: 'registerImport', id } }
  const tell = tools.hasOneConnection ? () => Promise.resolve() : whereThereIsRoom(progress)
  try {
    return await record(tools.recording, actor, act, async (writer) => {
      await takeYourTime(writer)
      const row = await lockImport(writer, everywhere(), id)
      if (!row || row.state !== 'applying') return {}
      const by = (actor as Person).personId
      const done = await applyWithin(writer, tools, row, by, tell)
      await moveImport(writer, id, {
        state: 'applied',
        failure: null,
        applied: { by, at: tools.clock.now() },
      })
      return done
    })
  } catch (error) {
    const failure = refusalOf(error)
    if (!failure) throw error
    await record(tools.recording, actor, act, (writer) =>
      moveImport(writer, id, { state: 'checked', failure }),
    )
    return { failure: failure.code }
  }
}

/** Progress that is not worth the whole import: where every connection is taken, it goes untold. A cancellation is heard. */
function whereThereIsRoom(progress: Progress): Progress {
  return async (...how) => {
    try {
      await progress(...how)
    } catch (error) {
      const isMeant = error instanceof JobCancelled || (error as Error).name === 'AbortError'
      if (isMeant) throw error
    }
  }
}

/** Applies inside the caller's transaction. */
export async function applyWithin(
  writer: Writer,
  tools: ImportTools,
  row: ImportRecord,
  by: string,
  tell: Progress,
): Promise<Readonly<Record<string, number>>> {
  if (row.register !== 'subject') return applySmall(writer, tools, row)
  const now = tools.clock.now()
  const applying: Applying = {
    id: row.id,
    authorityId: row.authorityId,
    today: dayOf(now),
    now,
    uploadedBy: row.uploadedById,
    decidedBy: row.approvedById ?? by,
  }
  await holdRegister(writer)
  const range = await rangeOf(writer, row.id)
  const done = { new: 0, changed: 0, gone: 0 }
  const isKnownIn = await hasKnown(writer, row.id)
  const columns = Object.keys(row.mapping?.columns ?? { premises: 0 })
  const hasMore = columns.includes('premises') || columns.includes('licence_kind')
  if (range)
    for (let from = range.from; from <= range.to; from += RANGE) {
      const part = { from, to: Math.min(from + RANGE - 1, range.to) }
      done.new += await enterNew(writer, applying, part)
      if (isKnownIn) done.changed += await changeKnown(writer, applying, part)
      if (part.from < 0) done.gone += await takeOutGone(writer, applying, part)
      if (hasMore) await addPremisesAndLicences(writer, applying, part)
      await tell(part.to - range.from + 1, range.to - range.from + 1, 'apply')
    }
  demandAll(row, done)
  await tell(1, 1, 'settle')
  await settle(writer, done.new + done.changed > LARGE)
  return done
}

/** Somebody changed a subject between check and application: then nothing is written. */
function demandAll({ counts }: ImportRecord, done: { new: number; changed: number; gone: number }): void {
  const expected =
    (counts['new'] ?? 0) + (counts['changed'] ?? 0) + (counts['renamed'] ?? 0) + (counts['gone'] ?? 0)
  if (done.new + done.changed + done.gone !== expected) throw new Refused({ code: 'import.register_moved' })
}

/** Undoes an applied import, whole or not at all. */
export async function undoImport(tools: ImportTools, id: string, actor: Actor): Promise<object> {
  const act = { action: 'registerImport.undo', about: { type: 'registerImport', id } }
  try {
    return await record(tools.recording, actor, act, async (writer) => {
      await takeYourTime(writer)
      const row = await lockImport(writer, everywhere(), id)
      if (!row || row.state !== 'undoing') return {}
      const now = tools.clock.now()
      const by = (actor as Person).personId
      const reason = row.undoReason ?? ''
      const done =
        row.register === 'subject'
          ? await undoSubjectsOf(writer, { id, today: dayOf(now), now, by, reason })
          : await undoSmall(writer, tools, row)
      await moveImport(writer, id, { state: 'undone', failure: null, undone: { by, at: now, reason } })
      return done
    })
  } catch (error) {
    const failure = refusalOf(error)
    if (!failure) throw error
    await record(tools.recording, actor, act, (writer) =>
      moveImport(writer, id, { state: 'applied', failure }),
    )
    return { failure: failure.code }
  }
}

async function undoSubjectsOf(writer: Writer, undoing: Parameters<typeof undoSubjects>[1]) {
  await holdRegister(writer)
  const since = await changedSince(writer, undoing.id)
  if (since.count > 0) throw new Refused({ code: 'import.changed_since', params: since })
  const done = await undoSubjects(writer, undoing)
  await settle(writer, done.left + done.restored > LARGE)
  return done
}

/** A refusal, or a code that somebody else entered in the meantime. */
function refusalOf(error: unknown) {
  if (error instanceof Refused) return error.refusal
  const isTaken = (error as { code?: string }).code === '23505'
  return isTaken ? { code: 'import.register_moved' } : undefined
}
