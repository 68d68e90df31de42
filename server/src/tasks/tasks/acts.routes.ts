import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { dayOf } from '../../platform/clock.ts'
import { demand } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { recallAll } from '../consultation/answers.store.ts'
import { inviteAll, lockParticipations, settleLead } from '../consultation/participations.store.ts'
import type { TasksParts } from '../parts.ts'
import { figuresOf } from '../scope/counting.ts'
import { keepAgreed } from '../schemes/schemes.store.ts'
import { tell } from './agree.ts'
import { heldCaseOf, takesPart, type TaskCase, whyNotAgree, whyNotGo } from './facts.ts'
import { whyNotStep } from './steps.rules.ts'
import { whyNotReplyBy } from './tasks.rules.ts'
import { openTask } from './tasks.representation.ts'
import { lockedTask } from './tasks.routes.ts'
import { Dispatch, Task, WithReason } from './tasks.schema.ts'
import { setParties } from './tasks.store.ts'
import { stepTask } from './writing.store.ts'

/** What moves a task: it is sent out, settled, called back, agreed, cancelled. */
export function taskActRoutes(parts: TasksParts): readonly Route[] {
  const show = openTask(parts)
  const act = { method: 'POST', about: 'task', replies: { 200: Task } } as const
  return [
    write({
      ...act,
      path: '/tasks/{id}/dispatch',
      action: 'task.dispatch',
      summary: '发出会商：请各参与部门答复',
      schema: { params: ById, body: Dispatch },
      ifMatch: true,
      async handler(context) {
        const { writer, now, body, params } = context
        const { task, facts, by } = await going(context, parts, 'task.dispatch')
        demand(whyNotReplyBy(body.replyBy, task, dayOf(now)))
        demand(whyNotGo(facts, 'dispatch', by))
        const figures = figuresOf(facts.counting, facts.query, now)
        const sent = { dispatchedBy: by, replyBy: body.replyBy, isNewRound: true } as const
        await stepTask(writer, task.id, { state: 'consulting', figures, ...sent, at: now })
        await inviteAll(writer, task.id, { round: task.round + 1, replyBy: body.replyBy, now, by })
        await setParties(
          writer,
          task.id,
          facts.parts.filter(takesPart).map(({ authorityId }) => authorityId),
        )
        await tell(parts.whenInvited, {
          writer,
          task: { ...task, replyBy: body.replyBy },
          now,
          authorityIds: others(facts),
        })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/settlement',
      action: 'task.settle',
      summary: '商定：只有本部门的任务',
      schema: { params: ById },
      ifMatch: true,
      async handler(context) {
        const { writer, now, params } = context
        const { task, facts, by } = await going(context, parts, 'task.settle')
        demand(whyNotGo(facts, 'settle', by))
        const figures = figuresOf(facts.counting, facts.query, now)
        const step = { dispatchedBy: by, agreedAt: now, at: now }
        await settleLead(writer, task.id, { now, by })
        await stepTask(writer, task.id, { state: 'agreed', figures, ...step })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/recall',
      action: 'task.recall',
      summary: '收回会商，回到起草',
      schema: { params: ById },
      async handler(context) {
        const { writer, now, params } = context
        const task = await lockedTask(context, params.id, 'task.recall')
        demand(whyNotStep(task.state, 'recall'))
        await recallAll(writer, task.id)
        await stepTask(writer, task.id, { state: 'drafted', dispatchedBy: null, replyBy: null, at: now })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/conclusion',
      action: 'task.conclude',
      summary: '商定：各部门已全部答复',
      schema: { params: ById },
      async handler(context) {
        const { writer, now, params } = context
        const task = await lockedTask(context, params.id, 'task.conclude')
        demand(whyNotStep(task.state, 'conclude'))
        const facts = await heldCaseOf(parts, writer, task, now)
        demand(whyNotAgree(facts))
        const figures = figuresOf(facts.counting, facts.query, now)
        await stepTask(writer, task.id, { state: 'agreed', figures, agreedAt: now, at: now })
        await keepAgreed(writer, task.id)
        await tell(parts.whenAgreed, { writer, task, now, authorityIds: others(facts) })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/tasks/{id}/cancellation',
      action: 'task.cancel',
      summary: '取消任务',
      schema: { params: ById, body: WithReason },
      async handler(context) {
        const { writer, now, params, body } = context
        const task = await lockedTask(context, params.id, 'task.cancel')
        demand(whyNotStep(task.state, 'cancel'))
        demand(await parts.whyNotCancel(writer, task.id))
        const endedBy = personOf(context as WriteContext).personId
        await stepTask(writer, task.id, { state: 'cancelled', endedBy, endReason: body.reason, at: now })
        const known = task.partyIds.filter((id) => id !== task.leadAuthorityId)
        await tell(parts.whenCancelled, { writer, task, now, authorityIds: known })
        return show(writer, context, params.id)
      },
    }),
  ]
}

type Acting = Pick<WriteContext, 'writer' | 'access' | 'now' | 'version' | 'actor'> & {
  readonly params: { readonly id: string }
}

/** A task that is to go out, with all that decides: nobody changes it or those who take part meanwhile. */
async function going(context: Acting, parts: TasksParts, action: string) {
  const { writer, params, version, now } = context
  const task = await lockedTask(context, params.id, action)
  demandVersion(task.version, version)
  await lockParticipations(writer, task.id)
  const facts = await heldCaseOf(parts, writer, task, now)
  return { task, facts, by: personOf(context).personId }
}

function others({ parts }: TaskCase): readonly string[] {
  return parts.filter((part) => !part.isLead && takesPart(part)).map(({ authorityId }) => authorityId)
}
