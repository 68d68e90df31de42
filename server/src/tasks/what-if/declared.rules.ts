// Declared conflicts in a simulation, by place alone: the how-manieth inspector, the how-manieth subject. Nothing here knows
// who they are.

import { hypergeometric, type Random } from './draws.rules.ts'

/** A subject of which somebody has declared something: its stratum, its demand, and the share of its like in the frame. */
export interface Declared {
  readonly stratum: number
  readonly demand: number
  readonly share: number
}

/** Of an authority: for each able inspector who has declared something, the places in `Declared` of his subjects. */
export type Related = readonly (readonly number[])[]

/** Which declared subjects are drawn in a trial, given how many of each stratum and demand are. */
export function drawnDeclared(
  random: Random,
  declared: readonly Declared[],
  byDemand: readonly (readonly number[])[],
  drawn: readonly (readonly number[])[],
): readonly number[] {
  const left = new Map<string, { all: number; drawn: number }>()
  return declared.flatMap(({ stratum, demand, share }, at) => {
    const key = `${stratum}/${demand}`
    const cell = left.get(key) ?? {
      all: byDemand[stratum]?.[demand] ?? 0,
      drawn: drawn[stratum]?.[demand] ?? 0,
    }
    left.set(key, cell)
    if (cell.all === 0 || random() >= share) return []
    const isDrawn = random() * cell.all < cell.drawn
    cell.all -= 1
    cell.drawn -= isDrawn ? 1 : 0
    return isDrawn ? [at] : []
  })
}

/** Who of an authority is drawn: how many able ones, and which of them have declared something; these come first. */
export interface DrawnPeople {
  readonly able: number
  readonly related: readonly (readonly number[])[]
}

/** Draws `drawn` of a pool without putting back, those who have declared something one by one. */
export function drawPeople(
  random: Random,
  { pool, able, drawn }: { readonly pool: number; readonly able: number; readonly drawn: number },
  related: Related,
): DrawnPeople {
  let [all, left] = [pool, Math.min(drawn, pool)]
  const ones = related.slice(0, able).filter(() => {
    const isDrawn = random() * all < left
    all -= 1
    left -= isDrawn ? 1 : 0
    return isDrawn
  })
  const others = hypergeometric(random, all, able - Math.min(related.length, able), left)
  return { able: ones.length + others, related: ones }
}

/** For each of the subjects who is kept from it: places among the drawn. */
export function keptFrom(
  { related }: DrawnPeople,
  subjects: readonly number[],
): readonly (readonly number[])[] {
  return subjects.map((subject) => related.flatMap((own, place) => (own.includes(subject) ? [place] : [])))
}

/** Teams as they come about: their members are drawn among the drawn, and what one has declared keeps the whole team. */
export function teamsAround(
  random: Random,
  teams: number,
  authorities: readonly { readonly people: DrawnPeople; readonly members: number }[],
  subjects: readonly number[],
): readonly (readonly number[])[] {
  const kept = subjects.map(() => new Set<number>())
  for (const { people, members } of authorities) {
    const places = Array.from({ length: people.able }, (_, place) => place)
    for (const own of people.related) {
      const place = places.splice(Math.floor(random() * places.length), 1)[0] ?? 0
      const team = Math.floor(place / members)
      if (team < teams) subjects.forEach((subject, at) => own.includes(subject) && kept[at]!.add(team))
    }
  }
  return kept.map((set) => [...set])
}
