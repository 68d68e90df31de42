// Who enters for an inspector who had to leave a team (protocol section 9).

import { compareAscii } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { stageKey } from '../stream.ts'
import type { AssignmentLine } from './problem.ts'
import { ticketOrder } from './ranked.ts'
import {
  type Demand,
  demandsByCode,
  type DemandedSubject,
  holdsAll,
  mayServe,
  membersOf,
  type Person,
  type TeamPlan,
} from './teams.ts'

/** One substitution as its event names it. */
export interface Substitution {
  readonly alg: Alg
  /** S′, 64 hex: the seed of the event's own source. */
  readonly seed: string
  /** The event's number n; the stage is "substitute/n". */
  readonly n: number
  /** The alias of the inspector who leaves. */
  readonly leaver: string
}

/** The draw as it stands: current teams and lines, with every earlier event applied. */
export interface TeamsAtWork {
  /** The committed pool of all authorities. */
  readonly pool: readonly Person[]
  /** How teams are made up: who enters holds what the plan asks of a member of his authority. */
  readonly plan: TeamPlan
  readonly teams: readonly AssignmentLine[]
  /** assignment.tsv: subject → its team. */
  readonly assignment: readonly AssignmentLine[]
  readonly subjects: readonly DemandedSubject[]
  readonly demands: readonly Demand[]
}

/**
 * The alias that enters, or undefined where nobody may: of the leaver's authority, in no current team, without conflict
 * with what the team holds, and such that the team may still serve all of it; of these the lowest (ticket, alias).
 * Throws a `RangeError` where the leaver is in no team.
 */
export function substituteFor(substitution: Substitution, state: TeamsAtWork): string | undefined {
  const able = substitutesOf(substitution.leaver, state)
  const key = stageKey(substitution.alg, substitution.seed, `substitute/${substitution.n}`)
  const [first] = ticketOrder(substitution.alg, key, able)
  return first === undefined ? undefined : able[first]
}

/** Everybody who might enter, ascending by bytes; the draw among them is `substituteFor`. */
export function substitutesOf(leaver: string, state: TeamsAtWork): string[] {
  const team = state.teams.find((t) => t.inspectors.includes(leaver))
  if (team === undefined) throw new RangeError(`in no team: ${leaver}`)
  const members = membersOf([team], state.pool).get(team.id)!
  const staying = members.filter((p) => p.alias !== leaver)
  const { authority } = members.find((p) => p.alias === leaver)!
  const asked = state.plan.members.find((part) => part.authority === authority)?.classes ?? []
  const busy = new Set(state.teams.flatMap((t) => t.inspectors))
  const held = new Set(
    state.assignment.filter((line) => line.inspectors.includes(team.id)).map((line) => line.id),
  )
  const demands = demandsOf(held, state)
  return state.pool
    .filter((p) => p.authority === authority && !busy.has(p.alias) && holdsAll(p, asked))
    .filter((p) => !p.conflicts.some((id) => held.has(id)))
    .filter((p) => demands.every((demand) => mayServe([...staying, p], demand)))
    .map((p) => p.alias)
    .sort(compareAscii)
}

function demandsOf(subjects: ReadonlySet<string>, state: TeamsAtWork): Demand[] {
  const classOf = new Map(state.subjects.map((s) => [s.id, s.cls]))
  const demandOf = demandsByCode(state.demands)
  const codes = new Set([...subjects].map((id) => classOf.get(id)))
  return [...codes].map((code) => {
    const demand = code === undefined ? undefined : demandOf.get(code)
    if (demand === undefined) throw new RangeError(`a subject of the team has no demand: ${code}`)
    return demand
  })
}
