import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { useTraces } from '../audit/traces.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage, type Tab } from '../ui/record-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { ConsultationTab } from './consultation/consultation-tab.tsx'
import { type Task, useTask } from './queries.ts'
import { RulesTab } from './rules-tab.tsx'
import { SchemeTab } from './schemes/scheme-tab.tsx'
import { TaskFacts } from './task-facts.tsx'
import { TaskState } from './task-list.tsx'
import { WhatIf } from './what-if/what-if.tsx'

type Act = 'settle' | 'recall' | 'conclude' | 'cancel'
const STEPS = ['drafted', 'consulting', 'agreed'] as const

/** A task's page: where it stands, its next act, what it is, who takes part, and what it would do. */
export function TaskRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useTask(id)}>{(task) => <Record task={task} />}</Loaded>
}

function Record({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [act, setAct] = useState<Act | undefined>()
  const close = () => setAct(undefined)
  const current = STEPS.indexOf(task.state as (typeof STEPS)[number])
  const own: readonly Tab[] = [
    { key: 'about', label: t('task.tabs.about'), content: <TaskFacts task={task} /> },
    { key: 'consultation', label: t('consultation.title'), content: <ConsultationTab taskId={task.id} /> },
    { key: 'scheme', label: t('schemes.title'), content: <SchemeTab taskId={task.id} /> },
    { key: 'whatIf', label: t('task.tabs.whatIf'), content: <WhatIf task={task} /> },
    { key: 'rules', label: t('task.tabs.rules'), content: <RulesTab taskId={task.id} /> },
  ]
  return (
    <>
      <RecordPage
        title={task.name}
        above={<Link to="/tasks">{t('task.title')}</Link>}
        state={<TaskState task={task} />}
        acts={<Acts task={task} onAct={setAct} />}
        {...(current < 0
          ? {}
          : {
              steps: {
                names: [...STEPS.map((step) => t(`task.states.${step}`)), t('task.step_draw')],
                current,
              },
            })}
        {...(isAmended(task) ? { clock: <Amended task={task} /> } : {})}
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[...own, ...traces('task', task.id)]}
      />
      <SideForm title={act ? t(`task.acts.${act}`) : ''} isOpen={act !== undefined} onClose={close}>
        {act ? <ActForm task={task} act={act} onDone={close} /> : null}
      </SideForm>
    </>
  )
}

function Acts({ task, onAct }: { readonly task: Task; readonly onAct: (act: Act) => void }) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const params = { id: task.id }
  if (task.state === 'cancelled') return null
  return (
    <>
      {task.state === 'drafted' ? (
        <>
          {task.mode === null ? (
            <ActButton type="primary" refused={task.can.settle} onClick={() => onAct('settle')}>
              {t('task.acts.settle')}
            </ActButton>
          ) : (
            <ActButton
              type="primary"
              refused={task.can.dispatch}
              onClick={() => void navigate({ to: '/tasks/$id/dispatch', params })}
            >
              {t('task.acts.dispatch')}
            </ActButton>
          )}
          <ActButton refused={task.can.edit} onClick={() => void navigate({ to: '/tasks/$id/edit', params })}>
            {t('task.edit')}
          </ActButton>
        </>
      ) : null}
      {task.state === 'consulting' ? (
        <>
          <ActButton type="primary" refused={task.can.conclude} onClick={() => onAct('conclude')}>
            {t('task.acts.conclude')}
          </ActButton>
          <ActButton refused={task.can.recall} onClick={() => onAct('recall')}>
            {t('task.acts.recall')}
          </ActButton>
        </>
      ) : null}
      {task.state === 'agreed' ? <Draws task={task} /> : null}
      <ActButton refused={task.can.cancel} onClick={() => onAct('cancel')}>
        {t('task.acts.cancel')}
      </ActButton>
    </>
  )
}

/** What follows: its lists are frozen, and drawn from. The pages of 抽取 say who may. */
function Draws({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  return (
    <>
      <ActButton
        type="primary"
        onClick={() => void navigate({ to: '/draws/new', search: { task: task.id } })}
      >
        {t('task.acts.freeze')}
      </ActButton>
      <ActButton onClick={() => void navigate({ to: '/draws', search: { task: task.id } })}>
        {t('task.acts.draws')}
      </ActButton>
    </>
  )
}

function ActForm({
  task,
  act,
  onDone,
}: {
  readonly task: Task
  readonly act: Act
  readonly onDone: () => void
}) {
  const { t } = useTranslation('tasks')
  const send = useWrite<{ readonly reason?: string }, unknown>(
    (values, headers) => sendAct(task, act, values, headers),
    {
      onDone,
      says: 'done',
    },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`task.acts.${act}`)}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={(values) => send.mutate(values)}
      onLeave={onDone}
    >
      {act === 'cancel' ? (
        <Field name="reason" label={t('task.cancel_reason')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : (
        <p className="form-lead">{t(`task.${act}_what`)}</p>
      )}
    </EntryForm>
  )
}

function sendAct(
  { id, version }: Task,
  act: Act,
  { reason = '' }: { readonly reason?: string },
  headers: { readonly 'Idempotency-Key': string },
): Promise<unknown> {
  const params = { path: { id } }
  switch (act) {
    case 'settle':
      return answerOf(
        api.POST('/api/v1/tasks/{id}/settlement', {
          params,
          headers: { ...headers, ...ifMatch(version) },
        } as never),
      )
    case 'recall':
      return answerOf(api.POST('/api/v1/tasks/{id}/recall', { params, headers }))
    case 'conclude':
      return answerOf(api.POST('/api/v1/tasks/{id}/conclusion', { params, headers }))
    case 'cancel':
      return answerOf(api.POST('/api/v1/tasks/{id}/cancellation', { params, headers, body: { reason } }))
  }
}

function isAmended({ line, state }: Task): boolean {
  return state === 'drafted' && line !== null && line.currentVersion !== line.version
}

/** The plan was changed since: an edit takes it up. */
function Amended({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  return (
    <Alert
      type="warning"
      showIcon
      title={t('task.line_changed')}
      action={
        <Link to="/plans/$id" params={{ id: task.line?.planId ?? '' }}>
          {t('task.line_see')}
        </Link>
      }
    />
  )
}
