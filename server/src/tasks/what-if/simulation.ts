// A simulation put together: what was counted, and what would come of it.

import type { Static } from 'typebox'
import type { Reader } from '../../platform/database/database.ts'
import { canOf } from '../../platform/refusal.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { countSupervised } from '../../registers/index.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import { chancesOf, type Counting, figuresOf } from '../scope/counting.ts'
import { drawnOf } from '../scope/design.rules.ts'
import { takesPart, type TaskCase } from '../tasks/facts.ts'
import { whatStandsAgainst } from '../tasks/tasks.rules.ts'
import { declarationsOf } from './declarations.ts'
import { inspectorsOf } from './people.store.ts'
import {
  burdenOf,
  cellsOf,
  infeasibleOf,
  loadsOf,
  savedBy,
  type Simulated,
  type SimulatedPart,
  sweepOf,
} from './simulate.rules.ts'
import type { Simulation, SimulationQuery } from './what-if.schema.ts'

/** Trials of the task itself, and of each other ratio; neither goes on after its time. */
const TRIALS = 400
const SWEPT_TRIALS = 60
const MOST_MS = 250
const SEED = 20_260_101

type Tried = Static<typeof SimulationQuery>

/** What a task would do, with the numbers that were tried instead of its own. */
export async function simulationOf(
  reader: Reader,
  secrets: Secrets,
  facts: TaskCase,
  { tried, now }: { readonly tried: Tried; readonly now: Date },
): Promise<Omit<Simulation, 'ms'>> {
  const { one, withoutCode } = await simulatedOf(reader, secrets, facts, tried)
  const supervised = await countSupervised(reader, facts.task.leadAuthorityId)
  return {
    ...figuresOf(facts.counting, facts.query, now),
    refusals: whatStandsAgainst(facts).map(canOf),
    ...simulate(one, facts, supervised),
    declared: {
      subjects: one.declared.length,
      inspectors: one.parts.reduce((sum, { related }) => sum + related.length, 0),
      withoutCode,
    },
  }
}

function simulate(one: Simulated, { counting, query, parts, task }: TaskCase, supervised: number) {
  const nameOf = (id: string) => parts.find(({ authorityId }) => authorityId === id)?.authorityName ?? ''
  const cells = cellsOf(one, counting.strata)
  const ratios = chancesOf(counting, query.strataBy)
  const chances = new Map(counting.frame.map((group, at) => [group, ratios[at]!]))
  const total = counting.strata.reduce((sum, { n }) => sum + n, 0)
  const infeasible = infeasibleOf(one, cells, { trials: TRIALS, goesOn: within(MOST_MS) })
  const swept = { trials: SWEPT_TRIALS, goesOn: within(MOST_MS) }
  return {
    coverage: {
      ofScope: shareOf(total, counting.subjects),
      ofSupervised: shareOf(total, supervised),
      supervised,
    },
    burden: {
      byIndustry: [...burdenOf(counting.groups, chances, ({ industry }) => industry.slice(0, 1) || '0')],
      byDivision: [...burdenOf(counting.groups, chances, ({ division }) => division)].slice(
        0,
        MOST_DIVISIONS,
      ),
    },
    saved: savedBy(one, cells),
    loads: loadsOf(one, cells).map((load, at) => ({
      ...load,
      name: nameOf(load.authorityId),
      members: one.parts[at]!.members,
      cap: task.loadCap,
    })),
    infeasible: {
      ...infeasible,
      why: infeasible.why.map((each) => ({ ...each, name: nameOf(each.authorityId) })),
    },
    sweep: [...sweepOf(one, cellsAt(one, counting), swept)],
    seed: one.seed,
  }
}

const MOST_DIVISIONS = 200

/** The strata as they are whatever the design: a fixed total of one may be more than another has. */
function cellsAt(one: Simulated, counting: Counting) {
  return cellsOf(one, drawnOf(counting.strata, { kind: 'coverage', batches: 1 }).strata)
}

async function simulatedOf(
  reader: Reader,
  secrets: Secrets,
  facts: TaskCase,
  tried: Tried,
): Promise<{ readonly one: Simulated; readonly withoutCode: number }> {
  const { counting, query, parts, task } = facts
  const taking = parts.filter(takesPart)
  const registered = await inspectorsOf(
    reader,
    taking.map(({ authorityId }) => authorityId),
    task.startsOn,
  )
  const poolOf = (part: ParticipationFacts): Pool =>
    part.pool.length > 0
      ? { ids: part.pool.map(({ inspectorId }) => inspectorId), able: ableOf(part) }
      : { ids: registered.get(part.authorityId) ?? [], able: registered.get(part.authorityId) ?? [] }
  const ids = taking.flatMap((part) => poolOf(part).able)
  const { declared, byInspector, withoutCode } = await declarationsOf(reader, secrets, facts, ids)
  const one = {
    ...counting,
    strataBy: query.strataBy,
    matching: task.matching,
    teamCount: task.teamCount,
    loadCap: task.loadCap,
    seed: tried.seed ?? SEED,
    declared,
    parts: taking.map((part) => {
      const said = tried.parts?.find(({ authorityId }) => authorityId === part.authorityId)
      const pool = poolOf(part)
      const related = pool.able
        .flatMap((id) => [byInspector.get(id) ?? []])
        .filter(({ length }) => length > 0)
      return { ...partOf(part, said, pool), related }
    }),
  }
  return { one, withoutCode }
}

/** Whom an authority has for the draw, and who of them can do what is asked: ids of inspectors. */
interface Pool {
  readonly ids: readonly string[]
  readonly able: readonly string[]
}

function ableOf({ pool, classes }: ParticipationFacts): readonly string[] {
  return pool
    .filter((member) => classes.every((each) => member.classes.includes(each)))
    .map(({ inspectorId }) => inspectorId)
}

/** As it was tried, else as it was settled, else with everybody of its register. */
function partOf(
  part: ParticipationFacts,
  said: NonNullable<Tried['parts']>[number] | undefined,
  { ids, able }: Pool,
): Omit<SimulatedPart, 'related'> {
  const pool = said?.pool ?? ids.length
  return {
    authorityId: part.authorityId,
    members: said?.members ?? part.members,
    pool,
    able: ids.length === 0 ? pool : Math.round((able.length * pool) / ids.length),
    drawn: Math.min(said?.drawn ?? part.drawn ?? pool, pool),
  }
}

function shareOf(part: number, all: number): number {
  return all === 0 ? 0 : part / all
}

function within(ms: number): () => boolean {
  const began = performance.now()
  return () => performance.now() - began < ms
}
