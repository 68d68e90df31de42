import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { useFormat } from '../ui/format.ts'
import { IrreversiblePage } from '../ui/irreversible-page.tsx'
import { Loaded } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'
import { type Task, useSimulation, useTask } from './queries.ts'

/** Before a task goes out: what will be fixed, who is asked, until when. */
export function DispatchPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useTask(id)}>{(task) => <Dispatch task={task} />}</Loaded>
}

function Dispatch({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const navigate = useNavigate()
  const [replyBy, setReplyBy] = useState(inDays(7, task.endsOn))
  const counted = useSimulation(task.id, {}).data
  const back = () => void navigate({ to: '/tasks/$id', params: { id: task.id } })
  const asked = task.parts.filter(({ isLead, state }) => !isLead && state === 'prepared')
  const send = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/dispatch', {
          params: { path: { id: task.id } },
          headers: { ...headers, ...ifMatch(task.version) },
          body: { replyBy },
        } as never),
      ),
    { onDone: back, says: 'done' },
  )
  const said = counted && {
    scope: number(counted.scopeCount),
    excluded: number(counted.scopeCount - counted.frame),
    frame: number(counted.frame),
    total: number(counted.total),
  }
  return (
    <IrreversiblePage
      title={t('task.dispatch.title', { name: task.name })}
      above={
        <Link to="/tasks/$id" params={{ id: task.id }}>
          {task.number}
        </Link>
      }
      effects={[
        t('task.dispatch.asked', {
          count: asked.length,
          names: asked.map(({ authorityName }) => authorityName).join(t('task.comma')),
        }),
        ...(said ? [t('task.dispatch.counted', said)] : []),
        t('task.dispatch.named'),
        t('task.dispatch.fixed'),
      ]}
      seenBy={t('task.dispatch.seen_by')}
      afterwards={t('task.dispatch.afterwards')}
      verb={t('task.dispatch.verb')}
      refused={task.can.dispatch}
      isBusy={send.isPending}
      error={send.error}
      onConfirm={() => send.mutate(undefined)}
      onLeave={back}
    >
      <Form.Item label={t('task.dispatch.reply_by')} htmlFor="replyBy" layout="vertical">
        <DayInput
          id="replyBy"
          value={replyBy}
          isClearable={false}
          onChange={(day) => day && setReplyBy(day)}
        />
      </Form.Item>
    </IrreversiblePage>
  )
}

/** So many days from now, but not after the last day. */
function inDays(days: number, last: string): string {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return day < last ? day : last
}
