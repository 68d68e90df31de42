import { Link, useNavigate } from '@tanstack/react-router'
import { Form, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { type Task, useTask } from '../../tasks/queries.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Failure, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWrite } from '../../use-write.ts'

const CAPS = ['1/4', '1/2', '1/1'] as const

/** /draws/new?task=…: the lists of an agreed task are frozen. */
export function FreezePage() {
  const { search } = useListSearch()
  const { task: id } = search
  return id === undefined || id === '' ? <WhichTask /> : <OfTask id={id} />
}

function OfTask({ id }: { readonly id: string }) {
  return <Loaded query={useTask(id)}>{(task) => <Freeze task={task} />}</Loaded>
}

/** Lists are frozen of a task: whoever comes without one is led to where tasks are. */
function WhichTask() {
  const { t } = useTranslation('draws')
  return (
    <article>
      <PageHead title={t('draws.freeze_lists')} />
      <p>
        {t('freeze.asking.which')} <Link to="/tasks">{t('freeze.asking.to_tasks')}</Link>
      </p>
    </article>
  )
}

function Freeze({ task }: { readonly task: Task }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  const [sealed, setSealed] = useState(!task.drawnListPublished)
  const [maxConflicts, setCap] = useState<(typeof CAPS)[number]>('1/4')
  const freeze = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/draws', {
          params: { path: { id: task.id } },
          body: { sealed, maxConflicts },
          headers,
        }),
      ),
    { onDone: ({ id }) => void navigate({ to: '/draws/$id', params: { id } }) },
  )
  const refused = task.state === 'agreed' ? null : { code: 'draw.task_not_agreed' }
  return (
    <article className="irreversible">
      <PageHead
        title={t('freeze.asking.title', { name: task.name })}
        above={
          <Link to="/tasks/$id" params={{ id: task.id }}>
            {task.number}
          </Link>
        }
      />
      <p>{t('freeze.asking.lead')}</p>
      <Form layout="vertical">
        <Form.Item
          label={t('freeze.asking.sealed')}
          extra={t(task.drawnListPublished ? 'freeze.asking.sealed_closed' : 'freeze.asking.sealed_hint')}
        >
          <Radio.Group
            value={sealed}
            onChange={(event) => setSealed(event.target.value as boolean)}
            options={[
              { value: false, label: t('freeze.asking.sealed_no') },
              { value: true, label: t('freeze.asking.sealed_yes'), disabled: task.drawnListPublished },
            ]}
          />
        </Form.Item>
        <Form.Item
          label={t('freeze.asking.conflicts')}
          htmlFor="maxConflicts"
          extra={t('freeze.asking.conflicts_hint')}
        >
          <Select
            id="maxConflicts"
            value={maxConflicts}
            onChange={setCap}
            options={CAPS.map((value) => ({ value, label: t(`freeze.asking.conflict_cap.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {freeze.error ? <Failure error={freeze.error} /> : null}
      <div className="acts">
        <ActButton
          type="primary"
          refused={refused}
          loading={freeze.isPending}
          onClick={() => freeze.mutate(undefined)}
        >
          {t('freeze.asking.verb')}
        </ActButton>
        <Link to="/tasks/$id" params={{ id: task.id }}>
          {t('freeze.asking.leave')}
        </Link>
      </div>
    </article>
  )
}
