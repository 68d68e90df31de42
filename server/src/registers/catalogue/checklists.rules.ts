// 检查表单: what a version must say, and what changed between two.

import type { Refusal } from '../../platform/refusal.ts'

/** One point to check. `no` as the form has it (1, 1.2, 三); ordered by place in the list. */
export interface Checkpoint {
  readonly no: string
  readonly text: string
  readonly basis?: string | null
  /** A code of `inspection-methods`. */
  readonly method?: string | null
  /** How to judge: when it is met, and when not. */
  readonly guidance?: string | null
}

/** What a version changed: points that came, went, or read otherwise. */
export interface ChecklistChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly no: string
  readonly before: Checkpoint | null
  readonly after: Checkpoint | null
}

/** Why a version cannot be written: a number twice, or a day before the version that it follows. Days as YYYY-MM-DD. */
export function whyNotChecklist(
  checkpoints: readonly Checkpoint[],
  effectiveFrom: string,
  latest: { readonly effectiveFrom: string } | undefined,
): Refusal | undefined {
  const seen = new Set<string>()
  for (const { no } of checkpoints) {
    if (seen.has(no)) return { code: 'checklist.number_twice', params: { no } }
    seen.add(no)
  }
  return latest && effectiveFrom < latest.effectiveFrom
    ? { code: 'checklist.before_latest', params: { from: latest.effectiveFrom } }
    : undefined
}

/** The version in force on a day (YYYY-MM-DD): of those begun, the last. `versions` in any order. */
export function checklistOn<V extends { readonly number: number; readonly effectiveFrom: string }>(
  versions: readonly V[],
  on: string,
): V | undefined {
  return versions
    .filter(({ effectiveFrom }) => effectiveFrom <= on)
    .toSorted((a, b) => b.number - a.number)[0]
}

/** What changed from one version to the next, by number of the point, in the order of the later, then what went. */
export function changesBetween(
  before: readonly Checkpoint[],
  after: readonly Checkpoint[],
): readonly ChecklistChange[] {
  const earlier = new Map(before.map((point) => [point.no, point]))
  const later = new Set(after.map(({ no }) => no))
  const came = after.flatMap((point): ChecklistChange[] => {
    const old = earlier.get(point.no)
    if (!old) return [{ kind: 'added', no: point.no, before: null, after: point }]
    return isSame(old, point) ? [] : [{ kind: 'changed', no: point.no, before: old, after: point }]
  })
  const went = before
    .filter(({ no }) => !later.has(no))
    .map((point): ChecklistChange => ({ kind: 'removed', no: point.no, before: point, after: null }))
  return [...came, ...went]
}

function isSame(a: Checkpoint, b: Checkpoint): boolean {
  return (
    a.text === b.text &&
    (a.basis ?? null) === (b.basis ?? null) &&
    (a.method ?? null) === (b.method ?? null) &&
    (a.guidance ?? null) === (b.guidance ?? null)
  )
}
