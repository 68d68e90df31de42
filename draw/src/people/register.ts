// The inspectors' lists read together: who belongs to which authority, holds what, and conflicts with whom.

import { readCells } from '../lists/form.ts'

/** One inspector as the draw knows him: by alias. */
export interface Person {
  readonly alias: string
  readonly authority: string
  readonly classes: readonly string[]
  /** Ids of subjects that he must not inspect, ascending. */
  readonly conflicts: readonly string[]
}

/** The people of a draw from inspectors.tsv and, at L2, attributes.tsv and conflicts.tsv. */
export function readPeople(lists: {
  readonly inspectors: Uint8Array
  readonly attributes?: Uint8Array | undefined
  readonly conflicts?: Uint8Array | undefined
}): Person[] {
  const classes = joinedColumn(lists.attributes)
  const conflicts = joinedColumn(lists.conflicts)
  return readCells(lists.inspectors).map(([alias = '', authority = '']) => ({
    alias,
    authority,
    classes: classes.get(alias) ?? [],
    conflicts: conflicts.get(alias) ?? [],
  }))
}

/** Column 1 to the entries of column 2. */
export function joinedColumn(bytes: Uint8Array | undefined): Map<string, string[]> {
  if (!bytes) return new Map()
  return new Map(
    readCells(bytes).map(([key = '', entries = '']) => [key, entries === '' ? [] : entries.split(',')]),
  )
}
