import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { CHANGES } from './queries.ts'
import { SentFields } from './sent-fields.tsx'

type Asked = Body<'/api/v1/tasks/{id}/participations/{authorityId}', 'put'>
type Values = Omit<Asked, 'itemIds'> & { readonly authorityId: string }

/** Puts an authority among those who are asked when the task goes out. */
export function InviteForm({ taskId, onDone }: { readonly taskId: string; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const invite = useWrite(
    ({ authorityId, ...body }: Values) => {
      const params = { path: { id: taskId, authorityId } }
      return answerOf(api.PUT('/api/v1/tasks/{id}/participations/{authorityId}', { params, body }))
    },
    { changes: CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<Values>
      verb={t('consultation.invite')}
      initial={{ members: 2 }}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={(values) => invite.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('consultation.invite_what')}</p>
      <Field name="authorityId" label={t('consultation.authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} />
      </Field>
      <SentFields />
    </EntryForm>
  )
}
