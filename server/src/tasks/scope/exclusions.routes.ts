import { seenIn } from '../../agencies/index.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { whyNotStep } from '../tasks/steps.rules.ts'
import { lockedTask } from '../tasks/tasks.routes.ts'
import { findTask, type TaskRow } from '../tasks/tasks.store.ts'
import { updateTask } from '../tasks/writing.store.ts'
import { ExclusionRef, NewExclusion, TaskExclusions } from './exclusions.schema.ts'
import {
  countExclusions,
  excludeSubject,
  findSubject,
  includeSubject,
  listExclusions,
  MOST_EXCLUSIONS,
} from './exclusions.store.ts'

/** 逐户排除: each with its reason and evidence; sending the task out approves them (I5). */
export function exclusionRoutes(): readonly Route[] {
  const act = { method: 'POST', about: 'task' } as const
  return [
    read({
      method: 'GET',
      path: '/tasks/{id}/exclusions',
      action: 'taskExclusion.list',
      summary: '逐户排除的检查对象',
      schema: { params: ById },
      replies: { 200: TaskExclusions },
      async handler({ reader, reach, params }) {
        found(await findTask(reader, reach, params.id), 'task')
        return { items: (await listExclusions(reader, params.id)).map(asShown) }
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/exclusions',
      action: 'taskExclusion.create',
      summary: '逐户排除一个检查对象',
      schema: { params: ById, body: NewExclusion },
      replies: { 201: TaskExclusions },
      async handler(context) {
        const { writer, access, params, body, now } = context
        const task = await lockedTask(context, params.id, 'taskExclusion.create')
        demand(whyNotStep(task.state, 'exclude'))
        const subject = found(
          await findSubject(writer, seenIn(access, 'subject.list'), body.subjectId),
          'subject',
        )
        if ((await countExclusions(writer, task.id)) >= MOST_EXCLUSIONS)
          demand({ code: 'task.too_many_exclusions', params: { most: MOST_EXCLUSIONS } })
        const by = personOf(context as WriteContext).personId
        await excludeSubject(writer, { taskId: task.id, subject, ...body, by, at: now })
        await redrafted(context as WriteContext, task)
        return reply(201, { items: (await listExclusions(writer, task.id)).map(asShown) })
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/exclusions/{subjectId}/withdrawal',
      action: 'taskExclusion.withdraw',
      summary: '撤销逐户排除',
      schema: { params: ExclusionRef },
      replies: { 200: TaskExclusions },
      async handler(context) {
        const { writer, params, now } = context
        const task = await lockedTask(context, params.id, 'taskExclusion.withdraw')
        demand(whyNotStep(task.state, 'exclude'))
        const back = await includeSubject(writer, { taskId: task.id, subjectId: params.subjectId, at: now })
        found(back > 0 ? true : undefined, 'taskExclusion')
        await redrafted(context as WriteContext, task)
        return { items: (await listExclusions(writer, task.id)).map(asShown) }
      },
    }),
  ]
}

/** Whoever leaves somebody out has drafted: he does not send the task out, and who sends it has seen who is left out. */
function redrafted(context: WriteContext, { id, lawVersion }: TaskRow): Promise<void> {
  return updateTask(context.writer, id, { lawVersion, draftedById: personOf(context).personId })
}

function asShown(row: Awaited<ReturnType<typeof listExclusions>>[number]) {
  return { ...row, namedAt: row.namedAt.toISOString(), withdrawnAt: row.withdrawnAt?.toISOString() ?? null }
}
