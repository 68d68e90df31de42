// The first sign-in: a password of one's own where it is asked for, then the second factor, then the recovery codes.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { Loaded } from '../ui/notices.tsx'
import { QrCode } from '../ui/qr.tsx'
import { useWrite } from '../use-write.ts'
import { Door } from './door.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Sets up the code app. Until that is done nothing else of the console opens. */
export function Enrolment() {
  const { t } = useTranslation('accounts')
  const navigate = useNavigate()
  const client = useQueryClient()
  const [codes, setCodes] = useState<readonly string[] | undefined>()
  const enter = async () => {
    await client.resetQueries()
    await navigate({ to: '/', replace: true })
  }
  return (
    <Door title={t('enrolment.title')}>
      <Steps
        size="small"
        current={codes ? 1 : 0}
        items={[{ title: t('enrolment.step_app') }, { title: t('enrolment.step_recovery') }]}
        responsive={false}
      />
      {codes ? (
        <RecoveryCodes codes={codes}>
          {(isKept) => (
            <Button type="primary" block disabled={!isKept} onClick={() => void enter()}>
              {t('enrolment.enter')}
            </Button>
          )}
        </RecoveryCodes>
      ) : (
        <CodeApp onDone={setCodes} />
      )}
    </Door>
  )
}

function CodeApp({ onDone }: { readonly onDone: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('accounts')
  const secret = useQuery({
    queryKey: ['totp'],
    queryFn: () => answerOf(api.POST('/api/v1/me/totp', { body: {} })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const confirm = useWrite(
    ({ code }: { readonly code: string }) =>
      answerOf(api.POST('/api/v1/me/totp/confirmation', { body: { code: code.replaceAll(/\s/g, '') } })),
    { changes: [], onDone: ({ recoveryCodes }) => onDone(recoveryCodes) },
  )
  return (
    <Loaded query={secret}>
      {({ secret: text, uri }) => (
        <>
          <p>{t('enrolment.scan')}</p>
          <QrCode text={uri} label={t('enrolment.qr')} />
          <p>
            {t('enrolment.by_hand')}
            <code className="secret">{text.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <EntryForm<{ code: string }>
            verb={t('enrolment.confirm')}
            isBusy={confirm.isPending}
            error={confirm.error}
            onSubmit={(values) => confirm.mutate(values)}
            className="wide-acts"
          >
            <Field name="code" label={t('enrolment.code')} help={t('enrolment.code_help')}>
              <Input autoComplete="one-time-code" inputMode="numeric" className="code" autoFocus />
            </Field>
          </EntryForm>
        </>
      )}
    </Loaded>
  )
}
