import { App, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, ifMatch } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { findCounties, type Subject } from './queries.ts'
import { fieldOfRefusal } from './refused-at.ts'

export type SubjectAct = 'remove' | 'return' | 'move' | 'addAuthority' | 'removeAuthority'

interface Values {
  readonly reason: string
  readonly divisionCode?: string
  readonly authorityId?: string
}

interface ActProps {
  readonly subject: Subject
  readonly act: SubjectAct
  readonly onDone: () => void
}

/** What is done about a subject with a reason: all but adding an authority waits for a second person. */
export function SubjectActForm({ subject, act, onDone }: ActProps) {
  const { t } = useTranslation('subjects')
  const { message } = App.useApp()
  const { t: ui } = useTranslation()
  const save = useWrite<Values, unknown>((values, headers) => send(subject, act, values, headers), {
    changes: [['subjects'], ['subject-changes'], ['started']],
    onDone: () => {
      void message.success(ui(`ui.said.${act === 'addAuthority' ? 'saved' : 'proposed'}`))
      onDone()
    },
  })
  return (
    <EntryForm<Values>
      verb={t(`acts.${act}`)}
      isBusy={save.isPending}
      error={save.error}
      refusedAt={fieldOfRefusal}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <p>{t(`act_help.${act}`)}</p>
      {act === 'move' ? (
        <Field name="divisionCode" label={t('fields.divisionCode')}>
          <RemotePicker about={['counties']} find={findCounties} />
        </Field>
      ) : null}
      {act === 'addAuthority' ? (
        <Field name="authorityId" label={t('fields.authorityIds')}>
          <RemotePicker about={['authorities']} find={findAuthorities} />
        </Field>
      ) : null}
      {act === 'removeAuthority' ? (
        <Field name="authorityId" label={t('fields.authorityIds')}>
          <Select options={subject.authorities.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
      ) : null}
      <Field name="reason" label={t('reason')} help={t('reason_help')}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Field>
    </EntryForm>
  )
}

function send(
  { id, version }: Subject,
  act: SubjectAct,
  { reason, divisionCode = '', authorityId = '' }: Values,
  headers: { readonly 'Idempotency-Key': string },
): Promise<unknown> {
  const params = { path: { id } }
  switch (act) {
    case 'remove':
      return answerOf(api.POST('/api/v1/subjects/{id}/removal', { params, body: { reason }, headers }))
    case 'return':
      return answerOf(api.POST('/api/v1/subjects/{id}/return', { params, body: { reason }, headers }))
    case 'move':
      return answerOf(
        api.PATCH('/api/v1/subjects/{id}', {
          params,
          body: { divisionCode, reason },
          headers: ifMatch(version),
        }),
      )
    case 'addAuthority':
      return answerOf(
        api.POST('/api/v1/subjects/{id}/authorities', { params, body: { authorityId, reason }, headers }),
      )
    case 'removeAuthority':
      return answerOf(
        api.POST('/api/v1/subjects/{id}/authority-removals', {
          params,
          body: { authorityId, reason },
          headers,
        }),
      )
  }
}
