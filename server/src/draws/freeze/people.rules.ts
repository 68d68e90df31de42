// Who may be drawn to inspect, as the lists of a draw have it: aliases and codes, never a name.

import { aliasOf } from '@sunlot/draw'
import type { TaskToFreeze } from '../../tasks/index.ts'

type Part = TaskToFreeze['parts'][number]
type Member = Part['pool'][number]

/** Somebody in a pool, with what proves afterwards that an alias is his. */
export interface Pooled {
  readonly alias: string
  readonly salt: string
  readonly authority: string
  readonly authorityId: string
  readonly inspectorId: string
  readonly personId: string
  /** Codes of what he is able to do, ascending. */
  readonly classes: readonly string[]
}

/** The codes of abilities: c1, c2 … ascending by their names. */
export function classCodes(parts: readonly Part[]): ReadonlyMap<string, string> {
  const names = parts.flatMap(({ classes, pool }) => [...classes, ...pool.flatMap((m) => m.classes)])
  const sorted = [...new Set(names.map((name) => name.normalize('NFC')))].toSorted()
  const width = String(sorted.length).length
  return new Map(sorted.map((name, at) => [name, `c${String(at + 1).padStart(width, '0')}`]))
}

/** The codes of some abilities, ascending. */
export function codesOf(classes: readonly string[], codes: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(classes.map((name) => codes.get(name.normalize('NFC')) ?? ''))]
    .filter((code) => code !== '')
    .toSorted()
}

/** Who of a pool is drawn from: with teams whoever can do all that his authority is asked for. */
export function ablePool(part: Part, matching: 'teams' | 'subjects'): readonly Member[] {
  if (matching === 'subjects') return part.pool
  return part.pool.filter(({ classes }) => part.classes.every((each) => classes.includes(each)))
}

/** A person of a pool under his alias in one draw. `salt`: 32 hex, new for each person and draw. */
export function pooled(
  member: Member,
  given: {
    readonly drawName: string
    readonly authority: string
    readonly salt: string
    readonly staffNumber: string
    readonly codes: ReadonlyMap<string, string>
  },
): Pooled {
  const { drawName, authority, salt, staffNumber, codes } = given
  return {
    alias: aliasOf('sha256', salt, staffNumber, drawName),
    salt,
    authority,
    authorityId: member.authorityId,
    inspectorId: member.inspectorId,
    personId: member.personId,
    classes: codesOf(member.classes, codes),
  }
}
