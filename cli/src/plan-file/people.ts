// `inspectors:`, `demands:`, `pools:` and `matching:` of a plan file: who may inspect and what a subject needs.

import { fault, type Place } from './faults.ts'
import { AUTHORITY, CLASS, STRATUM_PATTERN } from './grammar.ts'
import {
  code,
  type Fraction,
  fraction,
  integer,
  listOf,
  map,
  mapOf,
  oneOf,
  parseFraction,
  placed,
  type Placed,
  type Rule,
  words,
} from './rules.ts'
import { TABLE_KEYS, tableSpec, type TableSpec } from './register.ts'
import type { PlanNode } from './yaml-node.ts'

export interface InspectorSpec {
  readonly table: TableSpec
  readonly columns: {
    readonly staffNo: string
    readonly authority: string
    readonly name?: string
    readonly classes?: string
    readonly conflicts?: string
  }
  /** Names of authorities as the file has them, to codes; empty: the file has codes. */
  readonly authorities: ReadonlyMap<string, string>
  readonly classes: ReadonlyMap<string, string>
  /** What happens to people of authorities that no demand names: `leave_out`, or the plan stops. */
  readonly others?: 'leave_out'
}

/** How many members an authority sends, and the classes asked of them, ascending. */
export interface MembersSpec extends Place {
  readonly authority: string
  readonly members: number
  readonly classes: readonly string[]
}

export interface DemandSpec extends Place {
  readonly code: string
  /** Strata or patterns; none where the register's demand column says it. */
  readonly strata?: readonly string[]
  readonly authorities: readonly MembersSpec[]
}

export interface MatchingRules extends Place {
  readonly cap: number
  readonly mix: number
  readonly tau: Fraction
  readonly minMembers: number
  readonly minPerAuthority: number
  readonly maxConflicts: Fraction
}

export type MatchingSpec =
  | (Place & { readonly mode: 'none' })
  | (MatchingRules & { readonly mode: 'subjects' })
  | (MatchingRules & {
      readonly mode: 'teams'
      readonly teams: { readonly count: number; readonly members: readonly MembersSpec[] }
    })

/** How many of a pool are drawn; `all` draws everyone. */
export type PoolSpec = Placed<number | 'all'>

const inspectorEntry = map(
  {
    file: placed(words),
    columns: map({ staff_no: words, authority: words }, { name: words, classes: words, conflicts: words }),
  },
  {
    ...TABLE_KEYS,
    authorities: mapOf(words, code(AUTHORITY, 'authority')),
    classes: mapOf(words, code(CLASS, 'class')),
    others: oneOf('leave_out'),
  },
)

/** Reads `inspectors:`. */
export function readInspectorSpec(node: PlanNode, folder: string): InspectorSpec {
  const entry = inspectorEntry(node)
  const { staff_no, ...columns } = entry.columns
  return {
    table: tableSpec(entry, folder),
    columns: { staffNo: staff_no, ...columns },
    authorities: entry.authorities ?? new Map(),
    classes: entry.classes ?? new Map(),
    ...(entry.others ? { others: entry.others } : {}),
  }
}

const authority = code(AUTHORITY, 'authority')
const className = code(CLASS, 'class')
const membersEntry = placed(map({ members: integer(1, 1000) }, { classes: listOf(className) }))

const members: Rule<readonly MembersSpec[]> = (node) => {
  const lines = [...mapOf(authority, membersEntry)(node)]
  if (lines.length === 0) throw fault(node, 'too_short', { min: 1 })
  return lines
    .map(([name, { value, line, path }]) => ({
      authority: name,
      members: value.members,
      classes: [...new Set(value.classes)].toSorted(),
      path,
      line,
    }))
    .toSorted((a, b) => (a.authority < b.authority ? -1 : 1))
}

const demandEntry = placed(
  map({ authorities: members }, { strata: listOf(code(STRATUM_PATTERN, 'stratum_pattern'), 1) }),
)

/** `demands:` — by code, ascending. */
export const demandSpecs: Rule<readonly DemandSpec[]> = (node) =>
  [...mapOf(className, demandEntry)(node)]
    .map(([name, { value, line, path }]) => ({ code: name, ...value, line, path }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))

const drawOf: Rule<number | 'all'> = (node) =>
  node.kind === 'text' && ['all', '全部'].includes(node.text) ? 'all' : integer(1)(node)
const poolEntry = placed<number | 'all'>((node) =>
  node.kind === 'map' ? map({ draw: drawOf })(node).draw : drawOf(node),
)

/** `pools:` — how many inspectors of each authority are drawn. */
export const poolSpecs: Rule<ReadonlyMap<string, PoolSpec>> = mapOf(authority, poolEntry)

// The load tolerance may be above 1; it is a policy, not a share.
const anyFraction: Rule<Fraction> = (node) => {
  const value = parseFraction(words(node))
  if (!value) throw fault(node, 'not_fraction', { found: words(node) })
  return value
}

const rules = {
  cap: integer(1),
  mix: integer(1, 10_000),
  tau: anyFraction,
  min_members: integer(1),
  min_per_authority: integer(1),
  max_conflicts: fraction,
}
const matchingEntry = map(
  { mode: oneOf('none', 'teams', 'subjects') },
  { ...rules, teams: map({ count: integer(1, 999_999), members }) },
)

/** What holds where the plan file says nothing: loads within a quarter of each other, two people, a quarter of conflicts. */
export const DEFAULT_MATCHING = {
  cap: 200,
  mix: 20,
  tau: { num: 1, den: 4 },
  min_members: 2,
  min_per_authority: 1,
  max_conflicts: { num: 1, den: 4 },
} as const

/** `matching:` */
export const matchingSpec: Rule<MatchingSpec> = (node) => {
  const { mode, teams, ...given } = matchingEntry(node)
  const place = { path: node.path, line: node.line }
  if (mode !== 'teams' && teams) throw fault(node, 'teams_not_asked', { mode })
  if (mode === 'none') return { ...place, mode }
  const all = { ...DEFAULT_MATCHING, ...given }
  const read = {
    ...place,
    cap: all.cap,
    mix: all.mix,
    tau: all.tau,
    minMembers: all.min_members,
    minPerAuthority: all.min_per_authority,
    maxConflicts: all.max_conflicts,
  }
  if (mode === 'subjects') return { ...read, mode }
  if (!teams) throw fault(node, 'missing_key', { key: 'teams' })
  return { ...read, mode, teams }
}
