// Which value is in force in a place on a day, and what it prevailed over.

import { chainOf } from './divisions.ts'
import type { Kind, Law, LawEntry, Parameter, Place } from './shapes.ts'

/** Why a value that is also in force does not decide. */
export type Lost =
  /** A lower level set its own value in place of a default, or tightened a floor or a cap. */
  | 'replaced'
  /** A later value of the same place. */
  | 'superseded'
  /** An upper value is binding. */
  | 'upperBinding'
  /** It would loosen an upper floor or cap. */
  | 'looserThanFloor'
  | 'looserThanCap'
  /** The place says that later rules of upper levels prevail over its own (S2 (十七)). */
  | 'laterUpperRule'

/** The value in force: the entry that decides, with the unit, and every entry in force beside it that does not. */
export interface Resolved extends LawEntry {
  readonly parameter: Parameter
  readonly overridden: readonly { readonly entry: LawEntry; readonly why: Lost }[]
}

const LATER_UPPER_RULE = 'supervision.later_upper_rule_prevails'

/** The value in force; undefined where no document sets one. Throws a RangeError for an unknown key or division. */
export function resolve(law: Law, key: string, place: Place): Resolved | undefined {
  const parameter = law.parameters.get(key)
  if (!parameter) throw new RangeError(`no parameter ${key}`)
  const lost: { entry: LawEntry; why: Lost }[] = []
  const decided: LawEntry[] = []
  let startsAt: string | undefined
  for (const division of chainOf(law.divisions, place.division)) {
    const [own, ...superseded] = inForce(law, key, { division, on: place.on })
    lost.push(...superseded.map((entry) => ({ entry, why: 'superseded' as const })))
    if (!own) continue
    const why = whyUpperPrevails(law, decided, own, place)
    if (why) {
      lost.push({ entry: own, why })
      continue
    }
    // A value that says nothing of its start begins where the one before it began.
    startsAt = [own, ...superseded].find((entry) => entry.startsAt !== undefined)?.startsAt ?? startsAt
    decided.push(own)
  }
  const current = decided.pop()
  if (!current) return undefined
  const overridden = [...lost, ...decided.map((entry) => ({ entry, why: 'replaced' as const }))]
  const kind = kindUnder(decided, current)
  return { ...current, kind, ...(startsAt === undefined ? {} : { startsAt }), parameter, overridden }
}

/** Every parameter, with the value in force or without one, in the order of the files: what a legal officer reads. */
export function resolveAll(
  law: Law,
  place: Place,
): readonly { readonly parameter: Parameter; readonly resolved: Resolved | undefined }[] {
  return [...law.parameters.values()].map((parameter) => ({
    parameter,
    resolved: resolve(law, parameter.key, place),
  }))
}

/** A place's own entries on a day, the one that decides first: the latest, and among equal days the last approved. */
function inForce(law: Law, key: string, { division, on }: Place): readonly LawEntry[] {
  return (law.entries.get(key) ?? [])
    .filter((e) => e.division === division && e.from <= on && (e.until === undefined || on <= e.until))
    .toReversed()
}

/** Held against every value above that decided, because a floor is a floor for all levels below it. */
function whyUpperPrevails(
  law: Law,
  uppers: readonly LawEntry[],
  own: LawEntry,
  place: Place,
): Lost | undefined {
  if (uppers.some(({ kind }) => kind === 'binding')) return 'upperBinding'
  // A cap in place of an upper floor would abolish it, and the other way round.
  const loosens = (bound: 'floor' | 'cap', within: (upper: LawEntry) => boolean): boolean =>
    uppers.some((upper) => upper.kind === bound && (isOpposite(own.kind, bound) || !within(upper)))
  if (loosens('floor', (upper) => isAtMost(upper, own))) return 'looserThanFloor'
  if (loosens('cap', (upper) => isAtMost(own, upper))) return 'looserThanCap'
  const later = uppers.some(({ from }) => from > own.from)
  return later && followsLaterRules(law, own, place) ? 'laterUpperRule' : undefined
}

function isOpposite(kind: Kind, bound: 'floor' | 'cap'): boolean {
  return kind === (bound === 'floor' ? 'cap' : 'floor')
}

/** A limit without a number (及时) cannot be held against one with a number: it counts as looser. */
function isAtMost(a: LawEntry, b: LawEntry): boolean {
  return typeof a.value === 'number' && typeof b.value === 'number' && a.value <= b.value
}

/** Asked of the place that made the rule, and never of the clause itself, which would turn in a circle. */
function followsLaterRules(law: Law, own: LawEntry, { on }: Place): boolean {
  if (own.key === LATER_UPPER_RULE) return false
  return inForce(law, LATER_UPPER_RULE, { division: own.division, on })[0]?.value === true
}

/** A value under a floor is itself one, unless it says what it is. */
function kindUnder(uppers: readonly LawEntry[], own: LawEntry): Kind {
  const limit = uppers.findLast(({ kind }) => kind === 'floor' || kind === 'cap')
  return own.kind === 'default' && limit ? limit.kind : own.kind
}
