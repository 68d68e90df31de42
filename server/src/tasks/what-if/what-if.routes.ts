import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { caseOf } from '../tasks/facts.ts'
import { findTask } from '../tasks/tasks.store.ts'
import { simulationOf } from './simulation.ts'
import { Simulation, SimulationQuery } from './what-if.schema.ts'

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
        const { design = task.design, loadCap = task.loadCap } = body
        const facts = await caseOf(parts, reader, { ...task, design, loadCap }, now)
        const simulation = await simulationOf(reader, parts.secrets, facts, { tried: body, now })
        return { ...simulation, ms: Math.round(performance.now() - began) }
      },
    }),
  ]
}
