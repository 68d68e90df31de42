import { type AuthorityRow, holdAuthority, seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { insertParticipations } from '../consultation/participations.store.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import {
  completed,
  demandEvidence,
  lineFor,
  membersBy,
  numberedFor,
  partsFor,
  whyNotDraft,
} from './creating.ts'
import { asTakingPart } from './tasks.rules.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import { whyNotStep } from './steps.rules.ts'
import { openTask, representTasks } from './tasks.representation.ts'
import { NewTask, Task, TaskEdit, TaskPage, TaskQuery } from './tasks.schema.ts'
import { listTasks, lockTask, type TaskRow } from './tasks.store.ts'
import { insertTask, updateTask } from './writing.store.ts'

/** 抽查任务: from a line of a published plan, or outside the plan with a ground and its evidence. */
export function taskRoutes(parts: TasksParts): readonly Route[] {
  const show = openTask(parts)
  return [
    read({
      method: 'GET',
      path: '/tasks',
      action: 'task.list',
      summary: '抽查任务',
      schema: { query: TaskQuery },
      replies: { 200: TaskPage },
      async handler({ reader, reach, access, query }) {
        const { limit = 50, after, ...rest } = query
        const rows = await listTasks(reader, reach, { ...rest, limit, after: keyOf(after, ['id'])?.[0] })
        const page = pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => row })
        const create = access.reachOf('task.create') ? null : { code: 'not_allowed' }
        return { ...page, items: await representTasks(reader, { access }, page.items), can: { create } }
      },
    }),
    read({
      method: 'GET',
      path: '/tasks/{id}',
      action: 'task.show',
      summary: '一项抽查任务',
      schema: { params: ById },
      replies: { 200: Task },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/tasks',
      action: 'task.create',
      about: 'task',
      summary: '建立抽查任务：从已公布的计划，或者计划外并附理由和证据',
      schema: { body: NewTask },
      replies: { 201: Task },
      async handler(context) {
        const { writer, access, body, id, newId } = context
        const lead = await leadOf(context, body.leadAuthorityId)
        const { parts: said, replacesTaskId: _, ...sent } = body
        const line = await lineFor(writer, access, body.planLineId, true)
        const draft = completed(sent, line)
        const law = await parts.book.read(writer)
        const place = placeIn(law, lead.divisionCode, draft.startsOn)
        const members = membersBy(law, place, draft.mode)
        const taking = await partsFor(writer, access, { lead, said, line, place, members })
        const { divisionCode } = lead
        demand(whyNotDraft({ ...draft, divisionCode }, line, { law, place, parts: taking }))
        const by = personOf(context as WriteContext).personId
        const shown = { hash: draft.outsideEvidence, by, authorityId: lead.id }
        await demandEvidence(writer, shown)
        await insertTask(writer, {
          ...draft,
          ...(await numberedFor(writer, access, line, body)),
          id,
          divisionCode,
          leadShortName: lead.shortName,
          planLineVersion: line?.version ?? null,
          lawVersion: law.version,
          draftedById: by,
        })
        const rows = taking.map(({ authorityId, members: count, items }) => ({
          id: newId(),
          authorityId,
          isLead: authorityId === lead.id,
          members: count,
          itemIds: items.map((item) => item.id),
        }))
        await insertParticipations(writer, { taskId: id, divisionCode, by }, rows)
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/tasks/{id}',
      action: 'task.edit',
      about: 'task',
      summary: '修改起草中的任务',
      schema: { params: ById, body: TaskEdit },
      replies: { 200: Task },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, body, version } = context
        const task = await lockedTask(context, params.id, 'task.edit')
        demandVersion(task.version, version)
        demand(whyNotStep(task.state, 'edit'))
        const line = await lineFor(writer, access, task.planLineId, true)
        const draft = { ...task, ...body }
        const law = await parts.book.read(writer)
        const place = placeIn(law, task.divisionCode, draft.startsOn)
        const taking = (await participationsOf(writer, task.id)).filter(
          (part) => asTakingPart(part).takesPart,
        )
        demand(whyNotDraft(draft, line, { law, place, parts: taking }))
        const by = personOf(context as WriteContext).personId
        const shown = { hash: draft.outsideEvidence, by, authorityId: task.leadAuthorityId }
        // What another brought stays; only he who brings something else must have brought it.
        if (draft.outsideEvidence !== task.outsideEvidence) await demandEvidence(writer, shown)
        await updateTask(writer, task.id, {
          ...body,
          ...(line ? { planLineVersion: line.version } : {}),
          lawVersion: law.version,
          draftedById: by,
        })
        return show(writer, context, task.id)
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access'>

/** A task that may be seen, locked; the act must be allowed to its lead. */
export async function lockedTask({ writer, access }: Writing, id: string, action: string): Promise<TaskRow> {
  const task = found(await lockTask(writer, seenIn(access, 'task.show'), id), 'task')
  demand(access.whyNot(action, { authorityId: task.leadAuthorityId }), 403)
  return task
}

/** The authority that leads a new task: the one for which he acts, open, and one that inspects. */
async function leadOf({ writer, access }: Writing, authorityId: string): Promise<AuthorityRow> {
  const seen = seenIn(access, 'authority.show')
  const authority = found(await holdAuthority(writer, seen, authorityId), 'authority')
  demand(access.whyNot('task.create', { authorityId }), 403)
  const { closedOn, inspects } = authority
  demand(closedOn === null ? undefined : { code: 'authority.closed', params: { on: closedOn } })
  demand(inspects ? undefined : { code: 'item.authority_does_not_inspect' })
  return authority
}
