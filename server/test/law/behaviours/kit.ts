// How the behaviour of the law is written down: what follows from it in a place, from its first day to its last.

import { addDays } from '../../../src/law/days.ts'
import {
  codesNamed,
  codesOn,
  type Day,
  deadlineOf,
  dueDays,
  isRequired,
  type Kind,
  type Law,
  LawRefused,
  leastOf,
  type Place,
  resolve,
  whyNotAmount,
  withEntries,
} from '../../../src/law/rules.ts'

/** One thing that the law makes so. `about` is the parameter or the code list that it rests on. */
export interface Behaviour {
  readonly name: string
  readonly about: string
  readonly holds: (law: Law) => boolean
}

/** What follows, asked of a parameter in a place. */
export type Consequence = (law: Law, key: string, place: Place) => boolean

/** A late day on which what has no end must still hold. */
const STILL = '2026-11-01'
/** A Friday before 国庆, so that a count crosses holidays and make-up workdays. */
const START = '2024-09-20'

/** The behaviours of one place under one document. */
export function inPlace(division: string, document: string, first: Day, below?: string) {
  const behaviour = (
    key: string,
    means: string,
    says: Consequence,
    { from = first, last, kind = 'default' as Kind, by = document }: Partial<Span> = {},
  ): Behaviour => ({
    name: `${division} ${key}: ${means}`,
    about: key,
    holds: (law) => {
      const inForce = (on: Day) => {
        const place = { division, on }
        return resolve(law, key, place)?.source.document === by && says(law, key, place)
      }
      // What has ended is gone, not merely superseded.
      const isBeside = (on: Day) =>
        resolve(law, key, { division, on })?.overridden.some(
          ({ entry, why }) => why === 'superseded' && entry.source.document === by,
        ) === true
      return (
        inForce(from) &&
        !inForce(addDays(from, -1)) &&
        inForce(last ?? STILL) &&
        (last === undefined || (!inForce(addDays(last, 1)) && !isBeside(addDays(last, 1)))) &&
        (below === undefined || binds(law, key, below, last ?? STILL) === kind)
      )
    },
  })
  return behaviour
}

interface Span {
  readonly from: Day
  readonly last: Day
  readonly kind: Kind
  readonly by: string
}

/** What a value is to the level below: found by setting the same there, and something looser. */
function binds(law: Law, key: string, division: string, from: Day): Kind | undefined {
  const upper = resolve(law, key, { division, on: from })
  if (!upper) return undefined
  const prevails = (value: typeof upper.value) => {
    const source = { document: 'a rule of the place', confirmed: true, phrase: 'its words' }
    const own = { division, key, from, value, kind: 'default' as const, source }
    return resolve(withEntries(law, [own]), key, { division, on: from })?.source.document === source.document
  }
  try {
    if (!prevails(upper.value)) return 'binding'
    if (typeof upper.value !== 'number') return 'default'
    if (!prevails(upper.value - 1)) return 'floor'
    return prevails(upper.value + 1) ? 'default' : 'cap'
  } catch (error) {
    if (error instanceof LawRefused) return undefined
    throw error
  }
}

/** What begins on 2024-09-20 is due on `date`, and begins with that event. */
export function due(date: Day, startsAt?: string): Consequence {
  return (law, key, place) => {
    const end = deadlineOf(law, key, place, START)
    return end?.kind === 'certain' && end.force === 'legal' && end.date === date && end.startsAt === startsAt
  }
}

/** It reminds on `date` and makes nothing late: the document has no number. */
export function reminds(date: Day, startsAt: string): Consequence {
  return (law, key, place) => {
    const end = deadlineOf(law, key, place, START)
    return end?.kind === 'certain' && end.force === 'soft' && end.date === date && end.startsAt === startsAt
  }
}

export const required: Consequence = isRequired

/** The law speaks, and says no. */
export const ruledOut: Consequence = (law, key, place) =>
  !isRequired(law, key, place) && resolve(law, key, place) !== undefined

/** Exactly these, in this order. */
export function names(...codes: readonly string[]): Consequence {
  return (law, key, place) => codesNamed(law, key, place).join() === codes.join()
}

/** These days of the year of the place, and of the next if the rule still runs: `MM-DD`. */
export function yearly(...days: readonly string[]): Consequence {
  return (law, key, { division, on }) => {
    const year = on.slice(0, 4)
    const whole = dueDays(law, key, division, `${year}-01-01`, `${year}-12-31`)
    // In its first year a rule names only the days that were still to come.
    const expected = days.map((day) => `${year}-${day}`)
    const inForce = expected.filter((day) => resolve(law, key, { division, on: day }) !== undefined)
    return (
      whole.join() === inForce.join() &&
      days.every((day) => codesNamed(law, key, { division, on }).includes(day)) &&
      codesNamed(law, key, { division, on }).length === days.length
    )
  }
}

/** That many are enough, one fewer is not. */
export function atLeast(amount: number): Consequence {
  return (law, key, place) =>
    whyNotAmount(law, key, place, amount) === undefined &&
    whyNotAmount(law, key, place, amount - 1)?.key === key
}

/** Of 1,000 subjects at least `count` are drawn; a share one basis point smaller is refused. */
export function atLeastOfThousand(count: number): Consequence {
  return (law, key, place) => leastOf(law, key, place, 1000) === count && atLeast(count * 10)(law, key, place)
}

/** The words that are printed. */
export function reads(text: string): Consequence {
  return (law, key, place) => resolve(law, key, place)?.value === text
}

/** A code list on its first day and its last: each code with what the list says of it, none of them outside these days. */
export function listed(list: string, from: Day, codes: readonly string[], last?: Day): Behaviour {
  const on = (law: Law, day: Day) =>
    codesOn(law, list, day).map(({ code, attributes }) => [code, ...Object.values(attributes)].join(' '))
  const none = (law: Law, day: Day) => !on(law, day).some((code) => codes.includes(code))
  return {
    name: `${list}: from ${from} the codes are ${codes.length}`,
    about: list,
    holds: (law) =>
      on(law, from).join() === codes.join() &&
      on(law, last ?? STILL).join() === codes.join() &&
      none(law, addDays(from, -1)) &&
      (last === undefined || none(law, addDays(last, 1))),
  }
}
