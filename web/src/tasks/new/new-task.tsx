import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAuthority } from '../../agencies/queries.ts'
import { answerOf, api, ifMatch } from '../../api.ts'
import { useMe } from '../../me.ts'
import { EntryForm } from '../../ui/form.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded, Loading } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWrite } from '../../use-write.ts'
import { type PlanLine, type Task, usePlanLine, useTask } from '../queries.ts'
import { AmountFields } from './amount-fields.tsx'
import { OriginFields } from './origin-fields.tsx'
import { PartFields } from './part-fields.tsx'
import { PreviewSide } from './preview-side.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { bodyOf, editOf, fromLine, fromTask, type TaskValues } from './values.ts'
import { WhenFields } from './when-fields.tsx'

/** A new task, in five steps on one column, with what would be drawn beside it. */
export function NewTaskPage() {
  const { t } = useTranslation('tasks')
  const { search } = useListSearch()
  const acting = useMe().data?.acting
  const own = useAuthority(acting?.authorityId ?? '')
  const lineId = search['line'] ?? ''
  const line = usePlanLine(lineId)
  if (!acting || !own.data || (lineId !== '' && line.isPending)) return <Loading />
  const initial: TaskValues = {
    origin: 'plan',
    leadAuthorityId: acting.authorityId,
    strataBy: 'whole',
    designKind: 'ratio',
    matching: 'subjects',
    loadCap: 20,
    drawnListPublished: true,
    drawType: 'UNTARGETED',
    drawLevel: 'county',
    inspectLevel: 'county',
    methods: ['ON_SITE'],
    scope: { divisions: [own.data.divisionCode] },
    parts: [{ authorityId: acting.authorityId, members: 2 }],
    ...(line.data ? { ...fromLine(line.data), planLineId: line.data.id } : {}),
  }
  return (
    <article className="new-task-page">
      <PageHead title={t('task.form.new')} above={<Link to="/tasks">{t('task.title')}</Link>} />
      <TaskForm key={lineId} initial={initial} line={line.data} />
    </article>
  )
}

/** A draft is changed in the same form. */
export function EditTaskPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useTask(id)}>{(task) => <EditTask task={task} />}</Loaded>
}

function EditTask({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const line = usePlanLine(task.planLineId ?? '')
  if (task.planLineId !== null && line.isPending) return <Loading />
  return (
    <article className="new-task-page">
      <PageHead
        title={t('task.form.edit')}
        above={
          <Link to="/tasks/$id" params={{ id: task.id }}>
            {task.name}
          </Link>
        }
      />
      <TaskForm initial={fromTask(task)} line={line.data} task={task} />
    </article>
  )
}

function TaskForm({
  initial,
  line,
  task,
}: {
  readonly initial: TaskValues
  readonly line: PlanLine | undefined
  readonly task?: Task
}) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const [form] = Form.useForm<TaskValues>()
  const [values, setValues] = useState(initial)
  const see = (id: string) => void navigate({ to: '/tasks/$id', params: { id } })
  const save = useWrite<TaskValues, { readonly id: string }>(
    (sent, headers) =>
      task
        ? answerOf(
            api.PATCH('/api/v1/tasks/{id}', {
              params: { path: { id: task.id } },
              headers: ifMatch(task.version),
              body: editOf(sent),
            }),
          )
        : answerOf(api.POST('/api/v1/tasks', { body: bodyOf(sent), headers })),
    { onDone: ({ id }) => see(id), says: task ? 'saved' : 'created' },
  )
  const isFixed = values.origin === 'plan' && line !== undefined
  // Fields that are not shown keep what they were.
  const whole = (sent: TaskValues): TaskValues => ({
    ...initial,
    ...sent,
    scope: { ...initial.scope, ...sent.scope },
  })
  return (
    <div className="new-task">
      <EntryForm<TaskValues>
        form={form}
        verb={t(task ? 'task.form.save_edit' : 'task.form.save')}
        initial={initial}
        isBusy={save.isPending}
        error={save.error}
        onChange={(changed) => setValues(whole(changed))}
        onSubmit={(sent) => save.mutate(whole(sent))}
        onLeave={() => (task ? see(task.id) : void navigate({ to: '/tasks' }))}
      >
        <OriginFields values={values} line={line} isEdit={task !== undefined} />
        <ScopeFields line={isFixed ? line : undefined} values={values} />
        <AmountFields values={values} />
        {task ? null : <PartFields isFixed={isFixed} values={values} />}
        <WhenFields isFixed={isFixed} values={values} />
      </EntryForm>
      <PreviewSide values={useSettled(values)} taskId={task?.id} />
    </div>
  )
}

/** What was written once one stops writing. */
function useSettled(values: TaskValues): TaskValues {
  const [settled, setSettled] = useState(values)
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(values), 400)
    return () => clearTimeout(waiting)
  }, [values])
  return useDeferredValue(settled)
}
