import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'

type Values = Body<'/api/v1/me/password'>

/** A new password of one's own. The server says what is wrong with a weak one. */
export function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('accounts')
  const change = useWrite(
    (body: Values, headers) => answerOf(api.POST('/api/v1/me/password', { body, headers })),
    {
      changes: [['sessions']],
      onDone,
    },
  )
  return (
    <EntryForm<Values>
      verb={t('security.password_verb')}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={(body) => change.mutate(body)}
    >
      <Field name="password" label={t('security.password_now')}>
        <Input.Password autoComplete="current-password" />
      </Field>
      <Field name="newPassword" label={t('security.password_new')} help={t('security.password_help')}>
        <Input.Password autoComplete="new-password" />
      </Field>
    </EntryForm>
  )
}
