// Random inspectors with their demands, classes and conflicts: always a valid commitment, not always a feasible match.

import type { Demand, Matching, Members } from '../src/manifest/commitment.ts'
import type { CountyOptions, Staff, SubjectRow } from './county.ts'
import type { Chance } from './random-chance.ts'

/** The part of a county's options that is about people. */
export type RandomPeople = Pick<CountyOptions, 'staff' | 'demands' | 'matching'> &
  Partial<Pick<CountyOptions, 'demandOf' | 'draw'>>

type Mode = 'teams' | 'subjects'

const AUTHORITIES = ['d01', 'd02', 'd030', 'd44']
const CLASSES = ['fire', 'food', 'scale_1']
const NOBODY: RandomPeople = { staff: [], demands: [], matching: { mode: 'none' } }

/** People for a population, or none at all. */
export function randomPeople(chance: Chance, subjects: readonly SubjectRow[]): RandomPeople {
  const mode = chance.pick(['none', 'teams', 'teams', 'subjects', 'subjects'] as const)
  if (mode === 'none') return NOBODY
  const authorities = chance.some(AUTHORITIES, 1)
  const comprehensive = chance.oneIn(3)
  const demands = randomDemands(chance, authorities, comprehensive ? undefined : strataOf(subjects))
  const codes = new Map(subjects.map(([id]) => [id, chance.pick(demands).code]))
  const asked = authorities.filter((d) => demands.some((x) => x.authorities.some((a) => a.authority === d)))
  const team = asked.map((authority) => randomMembers(chance, authority, CLASSES.slice(0, 1)))
  const count = chance.between(1, 4)
  const draw = Object.fromEntries(
    asked.map((d) => [d, leastDrawn(mode, d, demands, team, count) + chance.below(4)]),
  )
  const max = chance.pick([
    { num: 1, den: 4 },
    { num: 1, den: 1 },
    { num: 3, den: 5 },
  ])
  const staff = asked.flatMap((d) => randomStaff(chance, d, draw[d] ?? 0, mode === 'teams' ? team : []))
  const demandFor = (row: SubjectRow): Demand =>
    demands.find((d) => d.strata?.includes(row[1]) ?? d.code === codes.get(row[0])) as Demand
  const everyone = [...demands.map((d) => d.authorities), ...(mode === 'teams' ? [team] : [])]
  const rules = {
    cap: chance.oneIn(3) ? chance.between(1, 5) : 1000,
    mix: chance.between(1, 30),
    tau: { num: chance.below(3), den: chance.between(1, 4) },
    min_members: chance.between(1, Math.min(...everyone.map(membersOf))),
    min_per_authority: chance.between(1, Math.min(...everyone.flat().map((m) => m.members))),
    max_conflicts: max,
  }
  const matching: Matching =
    mode === 'teams' ? { mode, ...rules, teams: { count, members: team } } : { mode, ...rules }
  return {
    demands,
    matching,
    draw,
    staff: withConflicts(chance, { staff, subjects, demandFor, mode, max }),
    ...(comprehensive ? { demandOf: (id: string) => codes.get(id) as string } : {}),
  }
}

/** Every authority is asked by some demand or by none; strata, where given, are shared out among the demands. */
function randomDemands(chance: Chance, authorities: readonly string[], strata?: readonly string[]): Demand[] {
  const count = Math.min(chance.between(1, 3), strata?.length ?? 3)
  const shares = strata?.map((stratum, i) => ({ stratum, to: i < count ? i : chance.below(count) }))
  return Array.from({ length: count }, (_, i) => ({
    code: `item_${i}`,
    authorities: chance.some(authorities, 1).map((a) => randomMembers(chance, a, CLASSES)),
    ...(shares ? { strata: shares.filter((s) => s.to === i).map((s) => s.stratum) } : {}),
  }))
}

function randomMembers(chance: Chance, authority: string, classes: readonly string[]): Members {
  return { authority, members: chance.between(1, 2), classes: chance.oneIn(2) ? chance.some(classes) : [] }
}

function leastDrawn(
  mode: Mode,
  authority: string,
  demands: readonly Demand[],
  team: readonly Members[],
  count: number,
): number {
  const asked = (mode === 'teams' ? team : demands.flatMap((d) => d.authorities)).filter(
    (m) => m.authority === authority,
  )
  return Math.max(...asked.map((m) => m.members)) * (mode === 'teams' ? count : 1)
}

function randomStaff(chance: Chance, authority: string, drawn: number, team: readonly Members[]): Staff[] {
  const needed = team.find((m) => m.authority === authority)?.classes ?? []
  return Array.from({ length: drawn + chance.below(8) }, (_, i) => ({
    staffNo: `${authority}-${i}`,
    authority,
    classes: [...new Set([...needed, ...chance.some(CLASSES)])],
  }))
}

interface Conflicts {
  readonly staff: readonly Staff[]
  readonly subjects: readonly SubjectRow[]
  readonly demandFor: (row: SubjectRow) => Demand
  readonly mode: Mode
  readonly max: { readonly num: number; readonly den: number }
}

/** Adds conflicts as long as no cap of the preflight is passed. */
function withConflicts(chance: Chance, o: Conflicts): Staff[] {
  const { num, den } = o.max
  const against = new Map<string, Staff[]>()
  const held = new Map<Staff, string[]>()
  for (let tries = chance.below(3) * o.subjects.length; tries > 0; tries--) {
    const row = chance.pick(o.subjects)
    const person = chance.pick(o.staff)
    const [id] = row
    const own = held.get(person) ?? []
    const all = [...(against.get(id) ?? []), person]
    if (own.includes(id) || (own.length + 1) * den > o.subjects.length * num) continue
    const groups = groupsOf(o.demandFor(row), o.mode, o.staff)
    if (groups.some((g) => g.filter((p) => all.includes(p)).length * den > g.length * num)) continue
    held.set(person, [...own, id])
    against.set(id, all)
  }
  return o.staff.map((p) => ({ ...p, conflicts: held.get(p) ?? [] }))
}

/** Those whom the preflight counts for a demand (spec 10.1). */
function groupsOf(demand: Demand, mode: Mode, staff: readonly Staff[]): Staff[][] {
  return demand.authorities.flatMap((a) => {
    const own = staff.filter((p) => p.authority === a.authority)
    const holding = (classes: readonly string[]): Staff[] =>
      own.filter((p) => classes.every((k) => p.classes?.includes(k)))
    return mode === 'subjects' ? [holding(a.classes)] : [own, ...a.classes.map((k) => holding([k]))]
  })
}

function membersOf(members: readonly Members[]): number {
  return members.reduce((sum, m) => sum + m.members, 0)
}

function strataOf(subjects: readonly SubjectRow[]): string[] {
  return [...new Set(subjects.map((s) => s[1]))].toSorted()
}
