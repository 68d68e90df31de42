// A simulation put together: what was counted, and what would come of it.

import type { Static } from 'typebox'
import type { Reader } from '../../platform/database/database.ts'
import { canOf } from '../../platform/refusal.ts'
import { countSupervised } from '../../registers/index.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import { chancesOf, type Counting, figuresOf } from '../scope/counting.ts'
import { drawnOf } from '../scope/design.rules.ts'
import { takesPart, type TaskCase } from '../tasks/facts.ts'
import { whatStandsAgainst } from '../tasks/tasks.rules.ts'
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
  facts: TaskCase,
  tried: Tried,
  now: Date,
): Promise<Omit<Simulation, 'ms'>> {
  const one = await simulatedOf(reader, facts, tried)
  const supervised = await countSupervised(reader, facts.task.leadAuthorityId)
  return {
    ...figuresOf(facts.counting, facts.query, now),
    refusals: whatStandsAgainst(facts).map(canOf),
    ...simulate(one, facts, supervised),
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
  { counting, query, parts, task }: TaskCase,
  tried: Tried,
): Promise<Simulated> {
  const taking = parts.filter(takesPart)
  const registered = await inspectorsOf(
    reader,
    taking.map(({ authorityId }) => authorityId),
    task.startsOn,
  )
  return {
    ...counting,
    strataBy: query.strataBy,
    matching: task.matching,
    teamCount: task.teamCount,
    loadCap: task.loadCap,
    seed: tried.seed ?? SEED,
    parts: taking.map((part) => {
      const said = tried.parts?.find(({ authorityId }) => authorityId === part.authorityId)
      return partOf(part, said, registered.get(part.authorityId) ?? 0)
    }),
  }
}

/** As it was tried, else as it was settled, else with everybody of its register. */
function partOf(
  part: ParticipationFacts,
  said: NonNullable<Tried['parts']>[number] | undefined,
  registered: number,
): SimulatedPart {
  const named = part.pool.length > 0
  const pool = said?.pool ?? (named ? part.pool.length : registered)
  const able = named
    ? part.pool.filter(({ classes }) => part.classes.every((each) => classes.includes(each))).length
    : pool
  return {
    authorityId: part.authorityId,
    members: said?.members ?? part.members,
    pool,
    able: said?.pool === undefined || !named ? able : Math.round((able * pool) / part.pool.length),
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
