// Who may stand in the register, who of them may be drawn, and when a row may be changed.

import { isNamed, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** A period of days, YYYY-MM-DD, both included. */
export interface Period {
  readonly from: string
  readonly until: string
}

/** Today, and the last day of the warning before a warrant ends. */
export interface Days {
  readonly today: string
  readonly soon: string
}

/** A warrant, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface Warrant {
  readonly warrantNumber: string | null
  readonly warrantFrom: string | null
  readonly warrantUntil: string | null
}

/** An inspector, as far as a draw goes. */
export interface InspectorFacts extends Warrant {
  readonly state: string
  readonly divisionCode: string
  readonly category: string
  readonly leaves: readonly Period[]
}

/** How long before its last day a warrant is shown in amber: an office's measure, no law. */
export const EXPIRING_DAYS = 60

const WARRANT_NEEDED = 'draws.certificate_required'
const CATEGORIES = 'registers.inspector_categories'

/**
 * Why an inspector may not be drawn for a day. Without a warrant that is valid on it nobody is, whatever else he is (D-11);
 * experts and support staff stand in another table and cannot be asked about.
 */
export function whyNotDraw(inspector: InspectorFacts, onDay: string, law: Law): Refusal | undefined {
  if (inspector.state === 'left') return { code: 'inspector.left' }
  if (inspector.state === 'suspended') return { code: 'inspector.suspended' }
  const leave = inspector.leaves.find(({ from, until }) => from <= onDay && onDay <= until)
  if (leave) return { code: 'inspector.on_leave', params: { ...leave } }
  return (
    whyNotWarranted(inspector, onDay) ??
    whyNotCategory(inspector.category, { division: inspector.divisionCode, on: onDay }, law)
  )
}

/** Why a warrant does not hold on a day. */
export function whyNotWarranted(warrant: Warrant, onDay: string): Refusal | undefined {
  const { warrantNumber, warrantFrom, warrantUntil } = warrant
  const law = WARRANT_NEEDED
  if (warrantNumber === null) return { code: 'inspector.no_warrant', law }
  // Of a warrant without a last day nobody can say that it is valid.
  if (warrantUntil === null) return { code: 'inspector.warrant_without_end', law }
  if (warrantFrom !== null && onDay < warrantFrom)
    return { code: 'inspector.warrant_not_yet', params: { from: warrantFrom }, law }
  if (onDay > warrantUntil) return { code: 'inspector.warrant_expired', params: { until: warrantUntil }, law }
  return undefined
}

/** How a warrant stands today, with a warning before its end. `soon` is today and the days of the warning. */
export function warrantStateOf(
  { warrantNumber, warrantFrom, warrantUntil }: Warrant,
  { today, soon }: Days,
): 'none' | 'notYet' | 'valid' | 'expiring' | 'expired' {
  if (warrantNumber === null || warrantUntil === null) return 'none'
  if (warrantUntil < today) return 'expired'
  if (warrantFrom !== null && today < warrantFrom) return 'notYet'
  return warrantUntil <= soon ? 'expiring' : 'valid'
}

/** Why somebody of a category may not stand in the register of a place: its documents name others (REQ-ACT-7). */
export function whyNotCategory(
  category: string,
  place: { readonly division: string; readonly on: string },
  law: Law,
): Refusal | undefined {
  const codes = law.codeLists.get('inspector-categories')?.codes ?? []
  if (!codes.some(({ code }) => code === category)) {
    const admitted = codes.filter(({ code }) => isNamed(law, CATEGORIES, place, code) !== false)
    const known = listed(admitted.map(({ label }) => label['zh-CN'] ?? ''))
    return { code: 'inspector.category_unknown', params: { category, known } }
  }
  return isNamed(law, CATEGORIES, place, category) === false
    ? { code: 'inspector.category_not_admitted', params: { category }, law: CATEGORIES }
    : undefined
}

const MOST_LISTED = 8

/** What may be written, in a sentence; of many the first, and how many there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join('、')
  return names.length > MOST_LISTED ? `${shown}等${names.length}种` : shown
}

/** Somebody who might enter the register. */
export interface Candidate {
  readonly leftOn: string | null
  readonly authorityClosedOn: string | null
  readonly authorityInspects: boolean
  /** His row in the register, where he has one. */
  readonly inspectorId: string | null
}

/** Why somebody may not enter the register. */
export function whyNotEnter({
  leftOn,
  authorityClosedOn,
  authorityInspects,
  inspectorId,
}: Candidate): Refusal | undefined {
  if (leftOn !== null) return { code: 'person.left', params: { on: leftOn } }
  if (authorityClosedOn !== null) return { code: 'authority.closed', params: { on: authorityClosedOn } }
  if (!authorityInspects) return { code: 'inspector.authority_does_not_inspect' }
  return inspectorId === null ? undefined : { code: 'inspector.registered_already' }
}

/** Why a row may not be changed: he has left the register. */
export function whyNotChangeInspector({ state }: { readonly state: string }): Refusal | undefined {
  return state === 'left' ? { code: 'inspector.left' } : undefined
}

/** Why an inspector may not be suspended. */
export function whyNotSuspend({ state }: { readonly state: string }): Refusal | undefined {
  return state === 'suspended' ? { code: 'inspector.suspended' } : whyNotChangeInspector({ state })
}

/** Why an inspector may not be taken up again. */
export function whyNotResume({ state }: { readonly state: string }): Refusal | undefined {
  return state === 'suspended' ? undefined : { code: 'inspector.not_suspended' }
}

/** Why somebody may not leave the register on a day. */
export function whyNotEnd(
  row: { readonly state: string; readonly enteredOn: string },
  { on, today }: { readonly on: string; readonly today: string },
): Refusal | undefined {
  if (on > today) return { code: 'day_in_future', params: { day: on } }
  if (on < row.enteredOn) return { code: 'inspector.ended_before_entered', params: { on: row.enteredOn } }
  return whyNotChangeInspector(row)
}

/** Why a warrant cannot stand so: its days are turned round, or days and issuer are of no warrant. */
export function whyNotWarrantStands(
  warrant: Warrant & { readonly warrantAuthority: string | null },
): Refusal | undefined {
  const { warrantNumber, warrantAuthority, warrantFrom, warrantUntil } = warrant
  if (warrantNumber === null && [warrantAuthority, warrantFrom, warrantUntil].some((one) => one !== null))
    return { code: 'inspector.warrant_without_number' }
  if (warrantFrom !== null && warrantUntil !== null && warrantUntil < warrantFrom)
    return { code: 'inspector.warrant_turned_round' }
  return undefined
}

/** Why a protected value is not shown: there is none, or nothing was said about what it is for (I17). */
export function whyNotReveal(
  cipher: string | null,
  purpose?: { readonly given: string | undefined },
): Refusal | undefined {
  if (cipher === null) return { code: 'inspector.nothing_to_reveal' }
  if (purpose && (purpose.given ?? '').trim().length < LEAST_PURPOSE) return { code: 'purpose_needed' }
  return undefined
}

/** Shorter than this a purpose says nothing. */
const LEAST_PURPOSE = 4

/** Which of the fields of REQ-INS-1 a row does not have yet. */
export function missingIn(row: {
  readonly idCard: string | null
  readonly mobile: string | null
  readonly warrantNumber: string | null
  readonly warrantAuthority: string | null
  readonly warrantUntil: string | null
  readonly unitName: string | null
  readonly specialisms: readonly string[]
}): readonly string[] {
  const fields = [
    'idCard',
    'mobile',
    'warrantNumber',
    'warrantAuthority',
    'warrantUntil',
    'unitName',
  ] as const
  const absent = fields.filter((field) => row[field] === null)
  return row.specialisms.length === 0 ? [...absent, 'specialisms'] : absent
}
