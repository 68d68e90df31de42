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
import type { ImportTools, Progress } from './parts.ts'
import { applySmall, everywhere, undoSmall } from './small-registers.ts'
import { takeYourTime } from './stage.store.ts'
import { changedSince, undoSubjects } from './undo.store.ts'

// From here on the planner's knowledge of the register is taken anew.
const LARGE = 2_000

/** Applies what was checked. Where the register has moved on since, nothing is done and the import is checked again. */
export async function applyImport(
  tools: ImportTools,
  id: string,
  actor: Actor,
  progress: Progress,
): Promise<object> {
  const row = await tools.recording.database.read((reader) => findImport(reader, everywhere(), id))
  if (row?.state !== 'applying') return {}
  const work = { tools, id, actor, action: 'registerImport.apply' }
  return orBack(work, 'checked', () =>
    row.register === 'subject'
      ? applySubjects({ tools, id, actor, progress })
      : whole({ ...work, from: 'applying' }, async (writer, locked) => {
          const done = await applySmall(writer, tools, locked)
          return {
            done,
            step: { state: 'applied', applied: { by: personOf(actor), at: tools.clock.now() } },
          }
        }),
  )
}

/** Undoes an import, whole or not at all; also one that was halted half-way. */
export async function undoImport(tools: ImportTools, id: string, actor: Actor): Promise<object> {
  const work = { tools, id, actor, action: 'registerImport.undo' }
  return orBack(work, 'applied', () =>
    whole({ ...work, from: 'undoing' }, async (writer, row) => {
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

interface Work {
  readonly tools: ImportTools
  readonly id: string
  readonly actor: Actor
  readonly action: string
}

/** One transaction for all of it, and for the import's next state. */
function whole(
  { tools, id, actor, action, from }: Work & { readonly from: ImportState },
  work: (writer: Writer, row: ImportRecord) => Promise<{ readonly done: object; readonly step: ImportStep }>,
): Promise<object> {
  return record(tools.recording, actor, { action, about: { type: 'registerImport', id } }, async (writer) => {
    await takeYourTime(writer)
    const row = await lockImport(writer, everywhere(), id)
    if (row?.state !== from) return {}
    const { done, step } = await work(writer, row)
    await moveImport(writer, id, { ...step, failure: null })
    return done
  })
}

/** What is refused leaves the import as it was, with why. */
async function orBack(
  { tools, id, actor, action }: Work,
  state: ImportState,
  work: () => Promise<object>,
): Promise<object> {
  try {
    return await work()
  } catch (error) {
    const failure = refusalOf(error)
    if (!failure) throw error
    await record(tools.recording, actor, { action, about: { type: 'registerImport', id } }, (writer) =>
      moveBack(writer, id, state, failure),
    )
    return { failure: failure.code }
  }
}

/** Back to where it was: one that has rows in the register, and not all of them, is halted. */
export async function moveBack(
  writer: Writer,
  id: string,
  state: ImportState,
  failure: Refusal,
): Promise<void> {
  const row = await lockImport(writer, everywhere(), id)
  if (!row || row.appliedTo === null || row.appliedAt !== null)
    return moveImport(writer, id, { state, failure })
  const code = HALFWAY[failure.code] ?? failure.code
  await moveImport(writer, id, { state: 'halted', failure: { ...failure, code } })
}

// Where something was written already, the words must not say that nothing was.
const HALFWAY: Readonly<Record<string, string>> = {
  'import.failed': 'import.failed_midway',
  'import.cancelled': 'import.cancelled_midway',
}

async function undoSubjectsOf(writer: Writer, undoing: Parameters<typeof undoSubjects>[1]) {
  await holdRegister(writer)
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
