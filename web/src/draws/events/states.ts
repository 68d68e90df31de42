import type { StateKind } from '../../ui/state-tag.tsx'
import type { Replacement } from './queries.ts'

/** How far a replacement is, as its tag shows it. */
export const STATE_TAGS: Readonly<Record<Replacement['state'], StateKind>> = {
  requested: 'notBegun',
  applied: 'underWay',
  reviewed: 'underWay',
  announced: 'underWay',
  substituted: 'done',
  unfilled: 'overdue',
  rejected: 'refused',
  withdrawn: 'ended',
}
