// The life of an import: uploaded → checked → applied → undone, and who may move it on. One that was interrupted with
// rows in the register is halted: it goes on, or is undone.

import { divisionPrefix } from '../../platform/reach.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { type Columns, fieldsOf, NEEDED, type Register, titleOf } from './fields.rules.ts'

/** Where an import stands. */
export const STATES = [
  'uploaded',
  'checking',
  'unreadable',
  'checked',
  'applying',
  'halted',
  'applied',
  'undoing',
  'undone',
  'discarded',
] as const
export type ImportState = (typeof STATES)[number]

/** merge adds and changes; full also takes out who is missing; reconcile compares and changes nothing. */
export const MODES = ['merge', 'full', 'reconcile'] as const
export type ImportMode = (typeof MODES)[number]

/** An import, as far as decisions about it go. */
export interface ImportFacts {
  readonly register: string
  readonly mode: string
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
  readonly uploadedById: string
  readonly checkedById: string | null
  readonly approvedById: string | null
  /** What was brought; a push is no file. */
  readonly sheet: { readonly kind: string }
}

/** Columns that were named for fields, and cannot be. */
export function whyNotMap(
  register: Register,
  header: readonly string[],
  columns: Columns,
): Refusal | undefined {
  const places = Object.values(columns)
  const twice = places.find((at, index) => places.indexOf(at) !== index)
  if (twice !== undefined) return { code: 'import.column_twice', params: { column: header[twice] ?? '' } }
  const wide = places.find((at) => at >= header.length)
  if (wide !== undefined)
    return { code: 'import.no_such_column', params: { column: wide + 1, columns: header.length } }
  const unknown = Object.keys(columns).find((field) => !fieldsOf(register).includes(field))
  if (unknown !== undefined) return { code: 'import.no_such_field', params: { field: unknown } }
  const missing = NEEDED[register].find((fields) => !fields.some((field) => field in columns))
  return missing && { code: 'import.column_missing', params: { field: titleOf(register, missing[0] ?? '') } }
}

/** Why what is brought cannot go to a division: it is not under the one that whoever brings it acts in. */
export function whyNotInto(divisionCode: string, actingIn: string | undefined): Refusal | undefined {
  const isUnder = actingIn !== undefined && divisionCode.startsWith(divisionPrefix(actingIn))
  return isUnder ? undefined : { code: 'import.division_elsewhere', params: { division: divisionCode } }
}

/** New subjects of a file that says nothing of counties need a county. */
export function whyNotDivide(
  {
    register,
    mode,
    divisionCode,
  }: { readonly register: string; readonly mode: string; readonly divisionCode: string },
  { division = 'stated' }: { readonly division?: 'stated' | 'resolve' },
): Refusal | undefined {
  const isCounty = !divisionCode.endsWith('00')
  const isEntering = register === 'subject' && mode !== 'reconcile'
  return isEntering && division === 'stated' && !isCounty
    ? { code: 'import.county_needed', params: { division: divisionCode } }
    : undefined
}

/** Why the file cannot be compared now. */
export function whyNotCheck({ state, sheet }: Pick<ImportFacts, 'state' | 'sheet'>): Refusal | undefined {
  if (sheet.kind === 'push') return { code: 'import.is_pushed' }
  return isOpen(state) ? undefined : wrongState(state)
}

/** Whether it takes somebody out, or changes how likely somebody is drawn: then two persons decide (I4, I5). */
export function needsApproval({ counts, mode }: ImportFacts): boolean {
  return mode !== 'reconcile' && ((counts['gone'] ?? 0) > 0 || (counts['reclassified'] ?? 0) > 0)
}

/** Why somebody may not approve. */
export function whyNotApprove(facts: ImportFacts, personId: string | undefined): Refusal | undefined {
  if (facts.state !== 'checked') return wrongState(facts.state)
  if (!needsApproval(facts)) return { code: 'import.no_approval_needed' }
  if (facts.approvedById !== null) return { code: 'import.approved_already' }
  if (facts.uploadedById === personId) return { code: 'import.own_upload' }
  // Which column is which, and which tag all get, decides as much as the file does.
  return facts.checkedById === personId ? { code: 'import.own_check' } : undefined
}

/** Why it cannot be applied now. */
export function whyNotApply(facts: ImportFacts): Refusal | undefined {
  const { state, mode, counts } = facts
  // Half-way it was decided already: it goes on.
  if (state === 'halted') return undefined
  if (state !== 'checked') return wrongState(state)
  if (mode === 'reconcile') return { code: 'import.only_compared' }
  if (writing(counts) === 0) return { code: 'import.nothing_to_do' }
  return needsApproval(facts) && facts.approvedById === null ? secondPersonNeeded(counts) : undefined
}

/** What the second person is needed for; of nobody nothing is said. */
function secondPersonNeeded({ gone = 0, reclassified = 0 }: ImportFacts['counts']): Refusal {
  if (reclassified === 0) return { code: 'import.second_person_for_gone', params: { gone } }
  if (gone === 0) return { code: 'import.second_person_for_reclassified', params: { reclassified } }
  return { code: 'import.second_person_needed', params: { gone, reclassified } }
}

/** Why somebody may not undo it: subjects leave by that, which is never up to whoever brought them (I4). */
export function whyNotUndo(
  { state, register, uploadedById }: ImportFacts,
  personId: string | undefined,
): Refusal | undefined {
  if (state !== 'applied' && state !== 'halted') return wrongState(state)
  return register === 'subject' && uploadedById === personId ? { code: 'import.own_undo' } : undefined
}

/** Why it cannot be given up. */
export function whyNotDiscard({ state }: Pick<ImportFacts, 'state'>): Refusal | undefined {
  return isOpen(state) ? undefined : wrongState(state)
}

/** Whether nothing of it is in a register, and nobody is at work on it. */
function isOpen(state: string): boolean {
  return state === 'uploaded' || state === 'checked' || state === 'unreadable'
}

function writing(counts: Readonly<Record<string, number>>): number {
  return ['new', 'changed', 'renamed', 'gone', 'duplicate'].reduce(
    (sum, result) => sum + (counts[result] ?? 0),
    0,
  )
}

function wrongState(state: string): Refusal {
  return { code: `import.is_${state}` }
}
