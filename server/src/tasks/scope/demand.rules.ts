// Who inspects whom: in the comprehensive mode that follows from which items apply to a subject (REQ-SCH-9).

import { type AppliesTo, fitsItem } from '../../registers/index.ts'
import type { Group } from './profiles.rules.ts'

/** The part of an authority, as far as demand goes; an authority without items has not chosen them yet. */
export interface Inspecting {
  readonly authorityId: string
  readonly members: number
  readonly items: readonly { readonly id: string; readonly appliesTo: AppliesTo }[]
}

/** What subjects need: these authorities with these items. `at` are places in the list of parts. */
export interface Demand {
  /** d1, d2 …, as demands.tsv has it. */
  readonly code: string
  readonly authorities: readonly { readonly at: number; readonly itemIds: readonly string[] }[]
  readonly subjects: number
}

/** The mode in which each subject is inspected by whom its items say; in all others by everybody. */
export const COMPREHENSIVE = 'COMPREHENSIVE'

/** Which parts inspect the subjects of a group, each with which of its items. */
export function whoInspects(
  group: Group,
  parts: readonly Inspecting[],
  mode: string | null,
): Demand['authorities'] {
  return parts.flatMap(({ items }, at) => {
    const fitting = mode === COMPREHENSIVE ? items.filter((item) => fitsItem(group, item.appliesTo)) : items
    return fitting.length === 0 && items.length > 0 ? [] : [{ at, itemIds: fitting.map(({ id }) => id) }]
  })
}

/** The demands of a frame in the order in which they first occur, and of each group the place of its own. */
export function demandsOf(
  frame: readonly Group[],
  parts: readonly Inspecting[],
  mode: string | null,
): { readonly demands: readonly Demand[]; readonly ofGroup: readonly number[] } {
  const places = new Map<string, number>()
  const demands: { code: string; authorities: Demand['authorities']; subjects: number }[] = []
  const ofGroup = frame.map((group) => {
    const authorities = whoInspects(group, parts, mode)
    const key = demandKey(authorities)
    const place = places.get(key) ?? demands.length
    places.set(key, place)
    demands[place] ??= { code: `d${place + 1}`, authorities, subjects: 0 }
    demands[place].subjects += group.subjects
    return place
  })
  return { demands, ofGroup }
}

/** What tells demands apart. */
export function demandKey(authorities: Demand['authorities']): string {
  return authorities.map(({ at, itemIds }) => `${at}:${itemIds.join(',')}`).join('|')
}
