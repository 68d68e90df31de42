// Who may enter for an inspector who leaves: the committed rules with the candidate in his place (spec 7).

import type { Demand } from '../manifest/commitment.ts'
import { mayServe } from '../matching/teams.ts'
import type { Person } from '../people/register.ts'
import type { PeopleRoster } from './roster.ts'

/** The place to fill: who leaves, what the place holds, and everybody in the pools. */
export interface Vacancy {
  readonly leaver: string
  readonly mode: 'teams' | 'subjects'
  readonly place: string
  readonly roster: PeopleRoster
  readonly people: readonly Person[]
  readonly held: readonly { readonly id: string; readonly demand: Demand }[]
}

/** The aliases that may enter, in no particular order. */
export function candidatesFor(v: Vacancy): string[] {
  const authority = v.people.find((p) => p.alias === v.leaver)?.authority
  const busy = new Set(
    v.mode === 'teams' ? v.roster.lines().flatMap((l) => l.inspectors) : v.roster.at(v.place),
  )
  const staying = v.people.filter((p) => p.alias !== v.leaver && v.roster.at(v.place).includes(p.alias))
  return v.people
    .filter((p) => p.authority === authority && !busy.has(p.alias) && !v.roster.hasLeft(p.alias))
    .filter((p) =>
      v.held.every(({ id, demand }) =>
        v.mode === 'teams' ? mayTakeOver([...staying, p], id, demand, p) : mayVisit(p, id, demand),
      ),
    )
    .map((p) => p.alias)
}

/**
 * Whether a team may serve a subject: of each authority a member, each class held by one of them, and no conflict.
 * With `enters`, only that person's conflicts are asked: the others' were asked when they were matched.
 */
export function mayTakeOver(team: readonly Person[], id: string, demand: Demand, enters?: Person): boolean {
  const asked = enters ? [enters] : team
  if (asked.some((p) => p.conflicts.includes(id))) return false
  return mayServe(team, demand)
}

function mayVisit(person: Person, id: string, demand: Demand): boolean {
  const part = demand.authorities.find((a) => a.authority === person.authority)
  return (
    part !== undefined &&
    !person.conflicts.includes(id) &&
    part.classes.every((k) => person.classes.includes(k))
  )
}
