// How the counts of an import read: which of them make up the file, and what is decided about them.

import type { StateKind } from '../../ui/state-tag.tsx'
import type { RegisterImport, Result } from './queries.ts'

/** Each row of the file is one of these. */
export const RESULTS_OF_FILE = [
  'new',
  'changed',
  'renamed',
  'same',
  'conflict',
  'duplicate',
  'rejected',
] as const satisfies readonly Result[]

export const RESULT_KINDS: Readonly<Record<Result, StateKind>> = {
  new: 'underWay',
  changed: 'soon',
  renamed: 'soon',
  same: 'ended',
  conflict: 'refused',
  duplicate: 'notBegun',
  rejected: 'refused',
  gone: 'soon',
}

type Counted = Pick<RegisterImport, 'counts'>

/** How many rows have a result. */
export function countOf({ counts }: Counted, result: string): number {
  return counts[result] ?? 0
}

/** What an application would write: entered, changed, taken out, and what stays unwritten. */
export function effectsOf(one: Counted) {
  return {
    entered: countOf(one, 'new'),
    changed: countOf(one, 'changed') + countOf(one, 'renamed'),
    gone: countOf(one, 'gone'),
    reclassified: countOf(one, 'reclassified'),
    unwritten: countOf(one, 'conflict') + countOf(one, 'rejected'),
    duplicate: countOf(one, 'duplicate'),
  }
}

/** Whether two persons decide, because somebody leaves the register or is drawn with another chance. */
export function takesTwo(one: Counted & Pick<RegisterImport, 'mode'>): boolean {
  const { gone, reclassified } = effectsOf(one)
  return one.mode !== 'reconcile' && gone + reclassified > 0
}

const KIB = 1024
const UNITS = ['B', 'KB', 'MB', 'GB'] as const

/** 3355443 → 3.2 MB. */
export function bytesText(bytes: number): string {
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(KIB)), UNITS.length - 1)
  const amount = bytes / KIB ** step
  return `${step === 0 ? amount : amount.toFixed(1)} ${UNITS[step]}`
}
