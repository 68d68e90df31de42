// What the freeze finds: what must be mended before anything is committed, and what one ought to know.

import type { PreflightFault } from '@sunlot/draw'
import type { TaskToFreeze } from '../../tasks/index.ts'
import { whyNotDraw } from '../../registers/index.ts'
import type { DrawFigures, FreezeFinding } from '../shapes.ts'
import { ablePool } from './people.rules.ts'
import { CARRIED, type FrozenDemand, leastTeams } from './frame.rules.ts'

type Task = Pick<TaskToFreeze, 'task' | 'parts' | 'law' | 'place'>

/** What was found of the lists before anything is computed over them. */
export interface Found {
  readonly population: number
  readonly idCards: number
  readonly strata: readonly { readonly code: string; readonly rows: number; readonly n: number }[]
  readonly demands: readonly FrozenDemand[]
  readonly pools: DrawFigures['pools']
  /** Declarations that name somebody without a code: nobody can be kept from him. */
  readonly conflictsWithoutCode: number
  readonly frozenById: string
  readonly hasSoftware: boolean
  readonly quotaFits: boolean
}

const task = (id: string): string => `/tasks/${id}`
const SUBJECTS = '/registers/subjects'
const INSPECTORS = '/registers/inspectors'

/** Everything that can be said from the lists themselves. */
export function findingsOf(facts: Task, found: Found): readonly FreezeFinding[] {
  return [
    ...ofPopulation(facts, found),
    ...ofPeople(facts, found),
    ...ofTeams(facts, found),
    ...(found.hasSoftware ? [] : [warning('software_not_built', '')]),
  ]
}

/** What preflight says, and figures that are no longer those of the agreement. */
export function findingsOfPreflight(
  facts: Task,
  faults: readonly PreflightFault[],
  short: number,
): readonly FreezeFinding[] {
  const mend = task(facts.task.id)
  const counted = (['subject_conflicts', 'person_conflicts'] as const).flatMap((code) => {
    const count = faults.filter((fault) => fault.code === code).length
    return count === 0 ? [] : [error(code, mend, { count })]
  })
  const team = faults.find(({ code }) => code === 'team_pool')
  return [
    ...counted,
    ...(team ? [error('team_pool', mend, { authority: team.id, able: team.found, pool: team.allowed })] : []),
    ...(short === 0 ? [] : [warning('short_subjects', mend, { count: short })]),
  ]
}

function ofPopulation({ task: facts }: Task, found: Found): readonly FreezeFinding[] {
  const mend = task(facts.id)
  const zero = found.strata.filter(({ n, code }) => n === 0 && code !== CARRIED)
  const before = facts.figures?.frame
  return [
    ...(found.population === 0 ? [error('population_empty', mend)] : []),
    ...(found.idCards === 0 ? [] : [error('id_card_in_register', SUBJECTS, { count: found.idCards })]),
    ...zero.map(({ code, rows }) => error('quota_zero', mend, { stratum: code, rows })),
    ...(found.quotaFits ? [] : [error('more_than_there', mend, { there: found.population })]),
    ...(before === undefined || before === found.population
      ? []
      : [warning('figures_moved', mend, { before, now: found.population })]),
  ]
}

function ofPeople({ task: facts, parts, place, law }: Task, found: Found): readonly FreezeFinding[] {
  const members = parts.flatMap(({ pool }) => pool)
  const persons = members.map(({ personId }) => personId)
  const twice = members.find(({ personId }, at) => persons.indexOf(personId) !== at)
  const own = members.find(({ personId }) => personId === found.frozenById)
  return [
    ...parts.flatMap(({ authorityName: authority, pool }) => {
      const not = pool.filter((member) => whyNotDraw(member, place.on, law))
      if (not.length === 0) return []
      const params = { authority, count: not.length, first: not[0]?.name ?? '' }
      return [{ ...error('not_drawable', task(facts.id), params), law: 'draws.certificate_required' }]
    }),
    ...(twice ? [error('staff_twice', INSPECTORS, { inspector: twice.name })] : []),
    ...(own ? [error('own_pool', task(facts.id), { person: own.name })] : []),
    ...found.pools.flatMap(({ name, notAble }) =>
      notAble === 0 ? [] : [warning('not_able', task(facts.id), { authority: name, count: notAble })],
    ),
    ...(found.conflictsWithoutCode === 0
      ? []
      : [warning('conflict_without_code', INSPECTORS, { count: found.conflictsWithoutCode })]),
  ]
}

function ofTeams(facts: Task, { demands, pools }: Found): readonly FreezeFinding[] {
  const { task: t, parts } = facts
  const mend = task(t.id)
  const least = leastTeams(facts)
  const small = demands.find(
    ({ authorities }) =>
      authorities.reduce((sum, { members }) => sum + members, 0) < least.inAll ||
      authorities.some(({ members }) => members < least.each),
  )
  const counts = t.matching === 'teams' ? (t.teamCount ?? 1) : 1
  return [
    ...(small
      ? [
          {
            ...error('team_too_small', mend, { least: least.inAll, each: least.each }),
            law: 'draws.team_size',
          },
        ]
      : []),
    ...parts.flatMap((part) => {
      const pool = pools.find(({ id }) => id === part.authorityId)
      const need = counts * part.members
      if (!pool || (pool.draw >= need && pool.rows >= pool.draw)) return []
      const able = ablePool(part, t.matching).length
      return [
        error('pool_below_teams', mend, {
          authority: part.authorityName,
          need: Math.max(need, pool.draw),
          drawn: Math.min(pool.draw, able),
        }),
      ]
    }),
  ]
}

/** Something that must be mended before anything is committed. */
export function error(code: string, mend: string, params: FreezeFinding['params'] = {}): FreezeFinding {
  return { code, severity: 'error', params, mend }
}

/** Something that one ought to know. */
export function warning(code: string, mend: string, params: FreezeFinding['params'] = {}): FreezeFinding {
  return { code, severity: 'warning', params, mend }
}
