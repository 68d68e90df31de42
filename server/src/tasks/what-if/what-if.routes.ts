import type { Static } from 'typebox'
import type { Reader } from '../../platform/database/database.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import type { TasksParts } from '../parts.ts'
import { chancesOf, type Counting, figuresOf } from '../scope/counting.ts'
import { drawnOf } from '../scope/design.rules.ts'
import { caseOf, takesPart, type TaskCase } from '../tasks/facts.ts'
import { whatStandsAgainst } from '../tasks/tasks.rules.ts'
import { findTask } from '../tasks/tasks.store.ts'
import { inspectorsOf, supervisedBy } from './people.store.ts'
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
import { Simulation, SimulationQuery } from './what-if.schema.ts'

/** Trials of the task itself, and of each other ratio; neither goes on after its time. */
const TRIALS = 400
const SWEPT_TRIALS = 60
const MOST_MS = 700
const SEED = 20_260_101

/** 推演: what a task would do at these numbers or at others. */
export function whatIfRoutes(parts: TasksParts): readonly Route[] {
  return [
    read({
      method: 'POST',
      path: '/tasks/{id}/simulations',
      action: 'task.simulate',
      about: 'task',
      summary: '推演：覆盖面、各行业和区县的负担、每人工作量、无法匹配的可能，以及换一个比例会怎样',
      schema: { params: ById, body: SimulationQuery },
      replies: { 200: Simulation },
      withoutIdempotency: true,
      async handler({ reader, reach, params, body, now }) {
        const began = performance.now()
        const task = found(await findTask(reader, reach, params.id), 'task')
        const tried = {
          ...task,
          ...(body.design ? { design: body.design } : {}),
          loadCap: body.loadCap ?? task.loadCap,
        }
        const facts = await caseOf(parts, reader, tried, now)
        const one = await simulatedOf(reader, facts, body)
        const supervised = await supervisedBy(reader, task.leadAuthorityId)
        return {
          ...figuresOf(facts.counting, facts.query, now),
          refusals: whatStandsAgainst(facts).map(canOf),
          ...simulate(one, facts, supervised),
          ms: Math.round(performance.now() - began),
        }
      },
    }),
  ]
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
  return cellsOf(one, drawnOf(counting.strata, { kind: 'ratio', ratio: 1 }).strata)
}

async function simulatedOf(
  reader: Reader,
  { counting, query, parts, task }: TaskCase,
  body: Static<typeof SimulationQuery>,
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
    seed: body.seed ?? SEED,
    parts: taking.map((part) => {
      const said = body.parts?.find(({ authorityId }) => authorityId === part.authorityId)
      return partOf(part, said, registered.get(part.authorityId) ?? 0)
    }),
  }
}

/** As it was tried, else as it was settled, else with everybody of its register. */
function partOf(
  part: ParticipationFacts,
  said: NonNullable<Static<typeof SimulationQuery>['parts']>[number] | undefined,
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
