import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { findSubjects } from '../registers/subjects/queries.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { type Task, useExclusions } from './queries.ts'

type Values = Body<'/api/v1/tasks/{id}/exclusions'>

/** Who is left out by name, each with the reason and what shows it. */
export function NamedExclusions({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const { day } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const named = useExclusions(task.id).data?.items ?? []
  const back = useWrite(
    (subjectId: string, headers) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/exclusions/{subjectId}/withdrawal', {
          params: { path: { id: task.id, subjectId } },
          headers,
        }),
      ),
    { changes: [['tasks'], ['task-previews']] },
  )
  return (
    <section>
      <h2 className="section-head">{t('task.named.title')}</h2>
      {named.length === 0 ? <p className="fine">{t('task.named.none')}</p> : null}
      <ul className="plain-list">
        {named.map((each) => (
          <li key={each.subjectId} className={each.withdrawnAt ? 'dimmed' : undefined}>
            <strong>{each.subjectName}</strong> <span className="number fine">{each.subjectCode}</span>：
            {each.reason}（{each.evidence}）
            <span className="fine"> {t('task.named.by', { name: each.namedBy, at: day(each.namedAt) })}</span>{' '}
            {each.withdrawnAt ? (
              <span className="fine">{t('task.named.was')}</span>
            ) : task.can.exclude === null ? (
              <Button type="link" size="small" onClick={() => back.mutate(each.subjectId)}>
                {t('task.named.back')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ActButton refused={task.can.exclude} onClick={() => setOpen(true)}>
        {t('task.named.add')}
      </ActButton>
      <SideForm title={t('task.named.add')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ExclusionForm taskId={task.id} onDone={() => setOpen(false)} />
      </SideForm>
    </section>
  )
}

function ExclusionForm({ taskId, onDone }: { readonly taskId: string; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const save = useWrite<Values, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/exclusions', { params: { path: { id: taskId } }, body, headers }),
      ),
    { changes: [['tasks'], ['task-previews']], onDone, says: 'done' },
  )
  return (
    <EntryForm<Values>
      verb={t('task.named.add')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="subjectId" label={t('task.named.subject')}>
        <RemotePicker about={['subjects']} find={findSubjects} />
      </Field>
      <Field name="reason" label={t('task.named.reason')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
      <Field name="evidence" label={t('task.named.evidence')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}
