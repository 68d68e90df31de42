// The law of several places beside each other, each on a day of its own: a document may bind one year alone.

import { type Day, isDay } from './days.ts'
import { NATION } from './divisions.ts'
import { resolve, type Resolved } from './resolve.ts'
import type { Law, Parameter, Place } from './shapes.ts'

/** One parameter in each of the places, in their order; undefined where a place is silent. */
export interface Compared {
  readonly parameter: Parameter
  readonly resolved: readonly (Resolved | undefined)[]
  /** Whether a person in one place would be held to something else than in another. */
  readonly differs: boolean
}

/** Every parameter, or those with `keys`, in the order of the law, as each place has it. */
export function compare(law: Law, places: readonly Place[], keys?: readonly string[]): readonly Compared[] {
  return [...law.parameters.values()]
    .filter(({ key }) => keys === undefined || keys.includes(key))
    .map((parameter) => {
      const resolved = places.map((place) => resolve(law, parameter.key, place))
      return { parameter, resolved, differs: new Set(resolved.map(effectOf)).size > 1 }
    })
}

/** The places that have rules of their own, each with the last day on which one of them began. */
export function placesWithRules(law: Law): readonly Place[] {
  const last = new Map<string, Day>()
  for (const { division, from } of [...law.entries.values()].flat())
    if (division !== NATION && from > (last.get(division) ?? '')) last.set(division, from)
  return [...last].map(([division, on]) => ({ division, on })).toSorted(byDivision)
}

/** `410928@2023-06-30,150525@2024-06-03` as places; undefined if a day is none or a division never was. */
export function placesNamed(law: Law, text: string): readonly Place[] | undefined {
  const places = text.split(',').map((each) => {
    const [division = '', on = ''] = each.split('@')
    return { division, on }
  })
  return places.every(({ division, on }) => law.divisions.has(division) && isDay(on)) ? places : undefined
}

/** The same words bind alike, whoever wrote them. */
function effectOf(resolved: Resolved | undefined): string {
  return resolved ? JSON.stringify([resolved.value, resolved.startsAt ?? null]) : ''
}

function byDivision(a: Place, b: Place): number {
  return a.division < b.division ? -1 : 1
}
