// 计划调整: a published plan is changed only so (REQ-PLAN-2, -16): with a reason, by two persons, published as a difference.

import type { Refusal } from '../../platform/refusal.ts'
import { type Steps, whyNotStep } from '../../platform/steps.ts'
import type { LineEdit } from '../lines/lines.schema.ts'

export const AMENDMENT_STATES = ['draft', 'proposed', 'published', 'rejected', 'withdrawn'] as const
export type AmendmentState = (typeof AMENDMENT_STATES)[number]
export type AmendmentCommand = 'edit' | 'propose' | 'withdraw' | 'reject' | 'approve'

/** Approval publishes and applies in one act. */
export const AMENDMENT_STEPS: Steps<AmendmentState, AmendmentCommand> = {
  draft: { edit: 'draft', propose: 'proposed', withdraw: 'withdrawn' },
  proposed: { withdraw: 'withdrawn', reject: 'rejected', approve: 'published' },
  published: {},
  rejected: {},
  withdrawn: {},
}

/** Why a command cannot be given to an amendment in its state. */
export function whyNotAmendmentStep(
  { state }: { readonly state: AmendmentState },
  command: AmendmentCommand,
): Refusal | undefined {
  return whyNotStep(AMENDMENT_STEPS, state, command, 'amendment.not_in_this_state')
}

/** Why somebody may not approve or reject: nobody proposed it, or he did himself, or he wrote some of it. */
export function whyNotDecideAmendment(
  amendment: {
    readonly state: AmendmentState
    readonly proposedById: string | null
    readonly drafterIds: readonly string[]
  },
  command: 'approve' | 'reject',
  deciderId: string,
): Refusal | undefined {
  const step = whyNotAmendmentStep(amendment, command)
  if (step) return step
  if (amendment.proposedById === deciderId) return { code: 'amendment.own_proposal' }
  return amendment.drafterIds.includes(deciderId) ? { code: 'amendment.own_draft' } : undefined
}

/** What becomes of one line. `after` of an added line is the whole of it, of a changed one what changes. */
export interface Change {
  readonly op: 'add' | 'change' | 'end'
  readonly lineId: string
  /** Of the line as it was when the change was drafted; null: it is added. */
  readonly lineVersion: number | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: LineEdit | null
}

/** Why another amendment cannot be drafted: one is not decided on yet. */
export function whyNotAnother(isOpen: boolean): Refusal | undefined {
  return isOpen ? { code: 'amendment.open_already' } : undefined
}

/** A line as changes are held against it. */
export interface StandingLine {
  readonly id: string
  readonly number: number
  readonly version: number
  readonly state: 'planned' | 'ended'
}

/** Why changes cannot stand: there are none, they name a line twice or one that is not there, or it has changed since. */
export function whyNotChanges(
  changes: readonly Change[],
  lines: ReadonlyMap<string, StandingLine>,
): Refusal | undefined {
  if (changes.length === 0) return { code: 'amendment.empty' }
  const ids = changes.map(({ lineId }) => lineId)
  if (new Set(ids).size < ids.length) return { code: 'amendment.line_twice' }
  for (const change of changes) {
    const why = change.op === 'add' ? undefined : whyNotChange(change, lines.get(change.lineId))
    if (why) return why
  }
  return undefined
}

function whyNotChange(change: Change, line: StandingLine | undefined): Refusal | undefined {
  if (!line || line.state === 'ended') return { code: 'amendment.line_unknown' }
  if (line.version !== change.lineVersion)
    return { code: 'amendment.line_changed', params: { line: line.number } }
  return change.op === 'change' && !isChange(change)
    ? { code: 'amendment.nothing_changed', params: { line: line.number } }
    : undefined
}

function isChange({ before, after }: Change): boolean {
  return JSON.stringify(before) !== JSON.stringify(after)
}

/** Of what is said of a line anew, what differs from what stood: what is published of it. */
export function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> } {
  const changed = Object.keys(after)
    .filter((name) => JSON.stringify(sorted(before[name])) !== JSON.stringify(sorted(after[name])))
    .toSorted()
  const only = (all: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map((name) => [name, all[name] ?? null]))
  return { before: only(before), after: only(after) }
}

/** With the keys of objects in one order, so that what is the same looks the same. */
function sorted(value: unknown): unknown {
  if (value === undefined) return null
  if (Array.isArray(value)) return (value as readonly unknown[]).map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]))
}
