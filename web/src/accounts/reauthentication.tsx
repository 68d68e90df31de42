import { Input, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { answerProveAgain } from '../ui/prove-again.ts'
import { useWrite } from '../use-write.ts'

type Proof = Body<'/api/v1/me/reauthentication'>

/** "Is it still you?": asked before a draw, a publication, a reveal of personal data, a change of one's own keys. */
export function ReauthenticationDialog() {
  const { t } = useTranslation('accounts')
  const [isOpen, setOpen] = useState(false)
  const settle = useRef<(isProved: boolean) => void>(() => {})
  useEffect(
    () =>
      answerProveAgain(
        () =>
          new Promise((resolve) => {
            settle.current = resolve
            setOpen(true)
          }),
      ),
    [],
  )
  const end = (isProved: boolean) => {
    setOpen(false)
    settle.current(isProved)
  }
  const prove = useWrite((body: Proof) => answerOf(api.POST('/api/v1/me/reauthentication', { body })), {
    changes: [],
    onDone: () => end(true),
  })
  return (
    <Modal open={isOpen} title={t('prove.title')} footer={null} onCancel={() => end(false)} destroyOnHidden>
      <p>{t('prove.why')}</p>
      <EntryForm<Proof>
        verb={t('prove.verb')}
        isBusy={prove.isPending}
        error={prove.error}
        onSubmit={(body) => prove.mutate(body)}
        onLeave={() => end(false)}
      >
        <Field name="password" label={t('sign_in.password')}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Field>
        <Field name="code" label={t('prove.code')}>
          <Input autoComplete="one-time-code" inputMode="numeric" className="code" />
        </Field>
      </EntryForm>
    </Modal>
  )
}
