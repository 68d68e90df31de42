// The jobs that apply an import, and that undo one.

import type { Actor, Person } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { record } from '../../platform/record.ts'
import { type Refusal, Refused } from '../../platform/refusal.ts'
import { countSubjects, holdRegister, knowSubjects } from './apply.store.ts'
import { applySubjects } from './apply-subjects.ts'
import type { ImportState } from './imports.rules.ts'
import { findImport, type ImportRecord, type ImportStep, lockImport, moveImport } from './imports.store.ts'
import type { Working } from './parts.ts'
import { applySmall, everywhere, undoSmall } from './small-registers.ts'
import { takeYourTime } from './stage.store.ts'
import { changedSince, holdTouched, undoSubjects } from './undo.store.ts'
import { ifOurs, inTransaction, type Work } from './working.ts'

// From here on the planner's knowledge of the register is taken anew.
const LARGE = 2_000

/** Applies what was checked. Where the register has moved on since, nothing is done and the import is checked again. */
export function applyImport(working: Working): Promise<object> {
  const work = { ...working, action: 'registerImport.apply', state: 'applying' } as const
  const { tools, id, actor } = working
  return orBack(work, 'checked', async () => {
    const row = await tools.recording.database.read((reader) => findImport(reader, everywhere(), id))
    return row?.register === 'subject'
      ? applySubjects(work)
      : whole(work, async (writer, locked) => {
          const done = await applySmall(writer, tools, locked)
          const applied = { by: personOf(actor), at: tools.clock.now() }
          return { done, step: { state: 'applied', applied } }
        })
  })
}

/** Undoes an import, whole or not at all; also one that was halted half-way. */
export function undoImport(working: Working): Promise<object> {
  const work = { ...working, action: 'registerImport.undo', state: 'undoing' } as const
  const { tools, id, actor } = working
  return orBack(work, 'applied', () =>
    whole(work, async (writer, row) => {
      const now = tools.clock.now()
      const undone = { by: personOf(actor), at: now, reason: row.undoReason ?? '' }
      const done =
        row.register === 'subject'
          ? await undoSubjectsOf(writer, { id, today: dayOf(now), now, by: undone.by, reason: undone.reason })
          : await undoSmall(writer, tools, row)
      return { done, step: { state: 'undone', undone } }
    }),
  )
}

/** One transaction for all of it, and for the import's next state. */
function whole(
  work: Work,
  run: (writer: Writer, row: ImportRecord) => Promise<{ readonly done: object; readonly step: ImportStep }>,
): Promise<object> {
  return inTransaction(work, async (writer, row) => {
    await takeYourTime(writer)
    const { done, step } = await run(writer, row)
    await moveImport(writer, row.id, { ...step, failure: null })
    return done
  })
}

/** What is refused leaves the import as it was, with why. */
function orBack(work: Work, to: ImportState, run: () => Promise<object>): Promise<object> {
  const { tools, id, jobId, actor, action, state: from } = work
  return ifOurs(async () => {
    try {
      return await run()
    } catch (error) {
      const failure = refusalOf(error)
      if (!failure) throw error
      await record(tools.recording, actor, { action, about: { type: 'registerImport', id } }, (writer) =>
        moveBack(writer, { id, jobId, from, to }, failure),
      )
      return { failure: failure.code }
    }
  })
}

/** Of which import a job gives up its work: from the state that it is in meanwhile to the one before. */
export interface MovingBack {
  readonly id: string
  readonly jobId: string
  readonly from: ImportState
  readonly to: ImportState
}

/** Back to where it was, if it is still the job's: one that has rows in the register, and not all of them, is halted. */
export async function moveBack(
  writer: Writer,
  { id, jobId, from, to }: MovingBack,
  failure: Refusal,
): Promise<void> {
  const row = await lockImport(writer, everywhere(), id)
  if (row?.state !== from || row.jobId !== jobId) return
  const isHalfway = row.appliedTo !== null && row.appliedAt === null
  if (!isHalfway) return moveImport(writer, id, { state: to, failure })
  const code = HALFWAY[failure.code] ?? failure.code
  await moveImport(writer, id, { state: 'halted', failure: { ...failure, code } })
}

// Where something was written already, the words must not say that nothing was.
const HALFWAY: Readonly<Record<string, string>> = {
  'import.failed': 'import.failed_midway',
  'import.register_moved': 'import.failed_midway',
  'import.rows_lost': 'import.failed_midway',
  'import.cancelled': 'import.cancelled_midway',
}

async function undoSubjectsOf(writer: Writer, undoing: Parameters<typeof undoSubjects>[1]) {
  await holdRegister(writer)
  await holdTouched(writer, undoing.id)
  const since = await changedSince(writer, undoing.id)
  if (since.count > 0) throw new Refused({ code: 'import.changed_since', params: since })
  const done = await undoSubjects(writer, undoing)
  await countSubjects(writer)
  if (done.left + done.restored > LARGE) await knowSubjects(writer)
  return done
}

function personOf(actor: Actor): string {
  return (actor as Person).personId
}

/** A refusal, or a code that somebody else entered in the meantime. */
function refusalOf(error: unknown) {
  if (error instanceof Refused) return error.refusal
  const isTaken = (error as { code?: string }).code === '23505'
  return isTaken ? { code: 'import.register_moved' } : undefined
}
