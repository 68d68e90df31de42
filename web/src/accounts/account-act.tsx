import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, type Row } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'

type Verb = 'suspension' | 'resumption' | 'reset'
type Values = Body<'/api/v1/accounts/{id}/reset'>

/** What is to be done to an account. */
export interface Asked {
  readonly account: Row<'/api/v1/accounts'>
  readonly verb: Verb
}

interface AccountActProps {
  readonly asked: Asked | undefined
  readonly onClose: () => void
  /** A reset gives a password for the first sign-in. */
  readonly onPassword: (password: string) => void
}

/** Suspends, resumes or resets an account, with the purpose that the trail keeps. */
export function AccountAct({ asked, onClose, onPassword }: AccountActProps) {
  const { t } = useTranslation('accounts')
  return (
    <SideForm
      title={asked ? t(`accounts.verbs.${asked.verb}`) : ''}
      isOpen={asked !== undefined}
      onClose={onClose}
    >
      {asked ? <ActForm asked={asked} onClose={onClose} onPassword={onPassword} /> : null}
    </SideForm>
  )
}

function ActForm({
  asked: { account, verb },
  onClose,
  onPassword,
}: AccountActProps & { readonly asked: Asked }) {
  const { t } = useTranslation('accounts')
  const { message } = App.useApp()
  const act = useWrite(
    async (body: Values, headers) => {
      const options = { params: { path: { id: account.id } }, body, headers }
      if (verb === 'reset')
        return onPassword((await answerOf(api.POST('/api/v1/accounts/{id}/reset', options))).password)
      if (verb === 'suspension') await answerOf(api.POST('/api/v1/accounts/{id}/suspension', options))
      else await answerOf(api.POST('/api/v1/accounts/{id}/resumption', options))
      void message.success(t(`accounts.done.${verb}`))
    },
    { changes: [['accounts']], onDone: onClose },
  )
  return (
    <EntryForm<Values>
      verb={t(`accounts.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(body) => act.mutate(body)}
      onLeave={onClose}
    >
      <p className="form-lead">{t(`accounts.sure.${verb}`, { username: account.username })}</p>
      <Field name="purpose" label={t('accounts.purpose')} help={t('accounts.purpose_help')}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Field>
    </EntryForm>
  )
}
