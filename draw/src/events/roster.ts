// The current list of a draw: the certificate's, with every event applied in its order (spec 7).

import type { Ranked } from '../choose/rank.ts'
import type { AssignmentLine } from '../matching/index.ts'

/** Who is drawn now, by stratum, and who was ever. */
export class SubjectRoster {
  readonly #current = new Map<string, Set<string>>()
  readonly #ever = new Set<string>()
  readonly #skips = new Map<string, number>()

  constructor(drawn: Iterable<{ readonly id: string; readonly stratum: string }>) {
    for (const { id, stratum } of drawn) this.#enter(id, stratum)
  }

  /** Whether an id is a current member of a stratum. */
  has(id: string, stratum: string): boolean {
    return this.#current.get(stratum)?.has(id) ?? false
  }

  /** Skips so far in a stratum. */
  skips(stratum: string): number {
    return this.#skips.get(stratum) ?? 0
  }

  /** Leaves out `id`; the first of `reserves` that was never a member enters, with its own stratum. */
  skip(
    id: string,
    stratum: string,
    reserves: readonly Ranked[],
    stratumOf: (id: string) => string,
  ): string | undefined {
    this.#current.get(stratum)?.delete(id)
    this.#skips.set(stratum, this.skips(stratum) + 1)
    const next = reserves.find((r) => !this.#ever.has(r.id))
    if (next) this.#enter(next.id, stratumOf(next.id))
    return next?.id
  }

  /** Everybody who is drawn now. */
  current(): { readonly id: string; readonly stratum: string }[] {
    return [...this.#current].flatMap(([stratum, ids]) => [...ids].map((id) => ({ id, stratum })))
  }

  #enter(id: string, stratum: string): void {
    const members = this.#current.get(stratum)
    if (members) members.add(id)
    else this.#current.set(stratum, new Set([id]))
    this.#ever.add(id)
  }
}

/** Who inspects now: teams (mode teams), or each subject's people (mode subjects), and who has left. */
export class PeopleRoster {
  /** Key: a team, or a subject. */
  readonly #places: Map<string, string[]>
  readonly #left = new Set<string>()

  constructor(lines: readonly AssignmentLine[]) {
    this.#places = new Map(lines.map((l) => [l.id, [...l.inspectors]]))
  }

  /** The place that an alias holds: `at` where given, else wherever it stands. */
  placeOf(alias: string, at?: string): string | undefined {
    if (at !== undefined) return this.#places.get(at)?.includes(alias) ? at : undefined
    for (const [place, aliases] of this.#places) if (aliases.includes(alias)) return place
    return undefined
  }

  /** Who stands at a place. */
  at(place: string): readonly string[] {
    return this.#places.get(place) ?? []
  }

  /** Whether an alias has left by an earlier substitute. */
  hasLeft(alias: string): boolean {
    return this.#left.has(alias)
  }

  replace(place: string, leaver: string, enters: string): void {
    this.#places.set(
      place,
      this.at(place).map((a) => (a === leaver ? enters : a)),
    )
    this.#left.add(leaver)
  }

  /** Nobody holds a place any more. */
  drop(place: string): void {
    this.#places.delete(place)
  }

  /** Every place with its people, aliases ascending. */
  lines(): AssignmentLine[] {
    return [...this.#places].map(([id, inspectors]) => ({ id, inspectors: inspectors.toSorted() }))
  }
}
