// Preflight (spec 10.1): what would make a match impossible or steerable is found before any randomness exists.

import type { Commitment, Demand, Members } from '../manifest/commitment.ts'
import type { DemandOf } from './demand.ts'
import type { Person } from './register.ts'

/** A subject of the population. */
export interface PreflightSubject {
  readonly id: string
  readonly stratum: string
}

/** What preflight finds: the subjects that are short, and every breach of the committed caps. */
export interface Preflight {
  /** Subject → authorities for which too few people remain, ascending; only subjects that are short. */
  readonly short: ReadonlyMap<string, readonly string[]>
  readonly faults: readonly PreflightFault[]
}

/** A breach that stops the close. */
export interface PreflightFault {
  readonly code: 'subject_conflicts' | 'person_conflicts' | 'team_pool'
  readonly id: string
  readonly found: number
  readonly allowed: number
}

/** People to be counted for one requirement, and how many must remain without conflict. */
interface Group {
  readonly authority: string
  readonly aliases: ReadonlySet<string>
  readonly least: number
}

/** A subject that is short, with the authorities for which too few people remain, ascending. */
export type ShortSubject = readonly [id: string, authorities: readonly string[]]

/** What decides who inspects: all that preflight reads of a commitment. */
export type Inspecting = Pick<Commitment, 'demands' | 'matching'>

/** Runs preflight over a population given as an iterable, so that millions need not be held. */
export function preflight(
  c: Inspecting,
  subjects: Iterable<PreflightSubject>,
  people: readonly Person[],
  demandOf: DemandOf,
): Preflight {
  const short = new Map<string, readonly string[]>()
  const steps = preflightSteps(c, subjects, people, demandOf)
  for (;;) {
    const step = steps.next()
    if (step.done) return { short, faults: step.value }
    short.set(...step.value)
  }
}

/** The same, each short subject as it is met, where even the short ones may be millions; the faults come last. */
export function* preflightSteps(
  c: Inspecting,
  subjects: Iterable<PreflightSubject>,
  people: readonly Person[],
  demandOf: DemandOf,
): Generator<ShortSubject, readonly PreflightFault[]> {
  if (c.matching.mode === 'none') return []
  const { max_conflicts: max } = c.matching
  const groups = new Map(c.demands.map((d) => [d.code, groupsOf(d, c.matching.mode === 'teams', people)]))
  const alwaysShort = new Map([...groups].map(([code, g]) => [code, shortAuthorities(g, [])]))
  const against = conflictsBySubject(people)
  const perPerson = new Map<string, number>()
  const faults: PreflightFault[] = []
  let population = 0
  for (const { id, stratum } of subjects) {
    population++
    const { code } = demandOf(id, stratum)
    const conflicting = against.get(id)
    const missing = conflicting ? shortAuthorities(groups.get(code)!, conflicting) : alwaysShort.get(code)!
    if (missing.length > 0) yield [id, missing]
    if (!conflicting) continue
    for (const alias of conflicting) perPerson.set(alias, (perPerson.get(alias) ?? 0) + 1)
    faults.push(...subjectCaps(id, groups.get(code)!, conflicting, max))
  }
  for (const [alias, found] of perPerson)
    if (found * max.den > population * max.num)
      faults.push({
        code: 'person_conflicts',
        id: alias,
        found,
        allowed: Math.floor((population * max.num) / max.den),
      })
  return [...faults, ...teamPools(c, people)]
}

/** For each authority: its people (mode teams) or those with all classes (mode subjects), and per class in teams. */
function groupsOf(demand: Demand, teams: boolean, people: readonly Person[]): Group[] {
  return demand.authorities.flatMap((a): Group[] => {
    const own = people.filter((p) => p.authority === a.authority)
    const all = (holders: readonly Person[], members: number): Group => ({
      authority: a.authority,
      aliases: new Set(holders.map((p) => p.alias)),
      least: 2 * members + 1,
    })
    if (!teams)
      return [
        all(
          own.filter((p) => holdsAll(p, a)),
          a.members,
        ),
      ]
    return [
      all(own, a.members),
      ...a.classes.map((k) =>
        all(
          own.filter((p) => p.classes.includes(k)),
          1,
        ),
      ),
    ]
  })
}

function shortAuthorities(groups: readonly Group[], conflicting: readonly string[]): string[] {
  const missing = groups.filter(
    (g) => g.aliases.size - conflicting.filter((a) => g.aliases.has(a)).length < g.least,
  )
  return [...new Set(missing.map((g) => g.authority))].toSorted()
}

function subjectCaps(
  id: string,
  groups: readonly Group[],
  conflicting: readonly string[],
  max: { num: number; den: number },
): PreflightFault[] {
  return groups.flatMap((g) => {
    const found = conflicting.filter((a) => g.aliases.has(a)).length
    if (found * max.den <= g.aliases.size * max.num) return []
    const allowed = Math.floor((g.aliases.size * max.num) / max.den)
    return [{ code: 'subject_conflicts' as const, id, found, allowed }]
  })
}

/** In mode teams everyone in a pool holds what its team members must hold, so that teams can always be formed. */
function teamPools(c: Inspecting, people: readonly Person[]): PreflightFault[] {
  if (c.matching.mode !== 'teams') return []
  return c.matching.teams.members.flatMap((m) => {
    const pool = people.filter((p) => p.authority === m.authority)
    const found = pool.filter((p) => holdsAll(p, m)).length
    return found < pool.length
      ? [{ code: 'team_pool' as const, id: m.authority, found, allowed: pool.length }]
      : []
  })
}

function conflictsBySubject(people: readonly Person[]): Map<string, string[]> {
  const against = new Map<string, string[]>()
  for (const p of people)
    for (const id of p.conflicts) {
      const list = against.get(id)
      if (list) list.push(p.alias)
      else against.set(id, [p.alias])
    }
  return against
}

function holdsAll(person: Person, members: Members): boolean {
  return members.classes.every((c) => person.classes.includes(c))
}
