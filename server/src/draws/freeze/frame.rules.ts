// What a task becomes in the words of the protocol: plan entry and commitment, as far as the frozen lists decide them.

import type { CommitmentChoices, Demand, Design, Matching, Plan } from '@sunlot/draw'
import { COMPREHENSIVE, forDraw, type TaskToFreeze } from '../../tasks/index.ts'
import { resolve } from '../../law/index.ts'
import type { DrawFigures } from '../shapes.ts'
import { codesOf } from './people.rules.ts'

type Task = Pick<TaskToFreeze, 'task' | 'parts' | 'law' | 'place' | 'counting' | 'query' | 'scopeText'>

/** The stratum of those who were skipped in an earlier draw of the plan: all of them are drawn. */
export const CARRIED = 'carried'

/** Proposals of M/1 for every visit; a figure of the protocol's example. */
const MIX = 20

/** The demands of a draw: of the protocol, and as they are shown. `place`: in `counting.demands`. */
export interface FrozenDemand {
  readonly place: number
  readonly code: string
  readonly authorities: DrawFigures['demands'][number]['authorities']
}

/** The demands in an order of their own, so that the same task gives the same codes whenever it is frozen. */
export function frozenDemands(
  { parts, counting }: Pick<Task, 'parts' | 'counting'>,
  codes: ReadonlyMap<string, string>,
): readonly FrozenDemand[] {
  const all = counting.demands.map((demand, place) => {
    const authorities = demand.authorities.flatMap(({ at, itemIds }) => {
      const part = parts[at]
      if (!part) return []
      const items = part.items.filter(({ id }) => itemIds.includes(id))
      return [
        {
          code: codes.get(part.authorityId) ?? '',
          id: part.authorityId,
          name: part.authorityName,
          members: part.members,
          items: items.map(({ code, name }) => `${code} ${name}`).toSorted(),
        },
      ]
    })
    return { place, authorities: authorities.toSorted((a, b) => (a.code < b.code ? -1 : 1)) }
  })
  const width = Math.max(2, String(all.length).length)
  const keyOf = ({ authorities }: (typeof all)[number]) =>
    authorities.map(({ code, items }) => `${code} ${items.join(' ')}`).join('\n')
  return all
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((demand, at) => ({ ...demand, code: `n${String(at + 1).padStart(width, '0')}` }))
}

/** Whether demands follow from items, subject by subject; else they are the same for all. */
export function isComprehensive({ task }: Pick<Task, 'task'>): boolean {
  return task.mode === COMPREHENSIVE
}

/** How many are drawn of strata that were counted; who is carried from an earlier draw comes with certainty. */
export function designOf({ task }: Pick<Task, 'task'>, strata: readonly Counted[]): Design {
  const { design } = task
  if (design.kind === 'coverage') return { kind: 'coverage', batches: design.batches }
  const drawn = forDraw(
    strata.map(({ code, rows }) => ({ code, rows })),
    design,
  ) as Design
  if (drawn.kind === 'ratio')
    return {
      ...drawn,
      ratios: drawn.ratios.map((line) => (line.stratum === CARRIED ? { ...line, num: 1, den: 1 } : line)),
    }
  if (drawn.kind !== 'total') return drawn
  const rowsOf = new Map(strata.map(({ code, rows }) => [code, rows]))
  return {
    ...drawn,
    mins: drawn.mins.map((line) =>
      line.stratum === CARRIED ? { ...line, min: rowsOf.get(CARRIED) ?? 0 } : line,
    ),
  }
}

/** A stratum with its subjects. */
export interface Counted {
  readonly code: string
  readonly rows: number
}

/** The plan entry: what was to be drawn, said before anybody could know of whom. `filter`: H of the scope's sentence. */
export function planOf(
  facts: Task,
  entry: {
    readonly ref: string
    readonly authority: string
    readonly draws: number
    readonly strata: readonly Counted[]
    readonly filter: string
  },
): Plan {
  return {
    v: 'vdp1',
    plan_ref: entry.ref,
    authority: entry.authority,
    draws: entry.draws,
    strata: entry.strata.map(({ code }) => code),
    filter: entry.filter,
    design: designOf(facts, entry.strata),
    note: facts.scopeText.normalize('NFC'),
  }
}

/** The least team that the law of the place asks for: in all, and of each authority. */
export function leastTeams({ task, law, place }: Pick<Task, 'task' | 'law' | 'place'>): {
  readonly inAll: number
  readonly each: number
} {
  const number = (key: string): number => {
    const value = resolve(law, key, place)?.value
    return typeof value === 'number' ? value : 1
  }
  const onSite = task.methods.includes(ON_SITE) ? number('inspections.officers_per_visit') : 1
  return {
    inAll: Math.max(1, number('draws.team_size'), onSite),
    each: Math.max(1, number('inspections.officers_per_authority')),
  }
}

const ON_SITE = 'ON_SITE'

/** The pool of an authority: who is in it, and how many of them are drawn. */
export interface Pool {
  readonly authority: string
  readonly rows: number
  readonly draw: number
}

/** Demands and matching, as the commitment has them. `caps`: of conflicts, as a fraction of those eligible. */
export function inspecting(
  facts: Task,
  given: {
    readonly demands: readonly FrozenDemand[]
    readonly strata: readonly Counted[]
    readonly classCodes: ReadonlyMap<string, string>
    readonly caps: { readonly num: number; readonly den: number }
    readonly pools: readonly Pool[]
  },
): { readonly demands: readonly Demand[]; readonly matching: Matching } {
  const { task, parts } = facts
  const { demands, strata, classCodes, caps, pools } = given
  const byId = new Map(parts.map((part) => [part.authorityId, part]))
  const classesOf = (id: string) => codesOf(byId.get(id)?.classes ?? [], classCodes)
  const strataOf = isComprehensive(facts) ? {} : { strata: strata.map(({ code }) => code) }
  const { inAll, each } = leastTeams(facts)
  const rules = {
    cap: task.loadCap,
    mix: MIX,
    tau: { num: task.tauHundredths, den: 100 },
    min_members: inAll,
    min_per_authority: each,
    max_conflicts: caps,
  }
  const members = demands
    .flatMap(({ authorities }) => authorities)
    .filter(({ code }, at, all) => all.findIndex((other) => other.code === code) === at)
    .filter(({ code }) => pools.some(({ authority }) => authority === code))
    .map(({ code, id, members: count }) => ({ authority: code, members: count, classes: classesOf(id) }))
    .toSorted((a, b) => (a.authority < b.authority ? -1 : 1))
  return {
    demands: demands.map(({ code, authorities }) => ({
      code,
      ...strataOf,
      authorities: authorities.map((a) => ({
        authority: a.code,
        members: a.members,
        classes: classesOf(a.id),
      })),
    })),
    matching:
      task.matching === 'teams'
        ? { mode: 'teams', ...rules, teams: { count: task.teamCount ?? 1, members } }
        : { mode: 'subjects', ...rules },
  }
}

/** What stands in place of what is decided at the commitment: times, sources and keys that the rules let through. */
export function notYetDecided(
  authority: string,
  oversight: string,
  secrets: readonly { readonly id: string; readonly tag: string }[],
): Pick<CommitmentChoices, 'seq' | 'prev' | 'at' | 'close_by' | 'certify_by' | 'sources' | 'signers'> &
  Partial<Pick<CommitmentChoices, 'open_at'>> {
  const zeros = '0'.repeat(64)
  return {
    seq: 1,
    prev: zeros,
    at: 1,
    close_by: 2,
    certify_by: 3,
    ...(secrets.length === 0 ? {} : { open_at: 2 }),
    sources: [
      { id: 'close', kind: 'close' },
      ...secrets.map(({ id, tag }) => ({
        id,
        kind: 'server' as const,
        holder: id === 'authority' ? authority : oversight,
        secret: tag,
      })),
      { id: 'dice', kind: 'dice', faces: 10, count: 25, not_before: 3, roller: 'w001' },
    ],
    signers: [
      { by: authority, role: 'authority', alg: 'ed25519', key: zeros },
      { by: oversight, role: 'oversight', alg: 'ed25519', key: zeros },
    ],
  }
}
