// The first sign-in: a password of one's own where it is asked for, then the second factor, then the recovery codes.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { Button, Input, Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { ME, useMe } from '../me.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { Loaded } from '../ui/notices.tsx'
import { QrCode } from '../ui/qr.tsx'
import { useWrite } from '../use-write.ts'
import { Door } from './door.tsx'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What is left to do after a first sign-in, in the server's order. Until then nothing else of the console opens. */
export function Enrolment() {
  const { t } = useTranslation('accounts')
  const navigate = useNavigate()
  const client = useQueryClient()
  const me = useMe()
  const [codes, setCodes] = useState<readonly string[] | undefined>()
  const goOn = async () => {
    await client.resetQueries({ queryKey: ME })
    await navigate({ to: '/', replace: true })
  }
  if (codes) return <KeepCodes codes={codes} onKept={() => void goOn()} />
  return (
    <Loaded query={me}>
      {({ steps }) => {
        const [step] = steps
        const onDone = () => void client.invalidateQueries({ queryKey: ME })
        if (step === undefined) return <Navigate to="/" replace />
        return (
          <Door title={t(`enrolment.steps.${step}`)}>
            <Steps
              size="small"
              responsive={false}
              items={[...steps, ...(steps.includes('setUpTotp') ? (['keepCodes'] as const) : [])].map(
                (each) => ({ title: t(`enrolment.short.${each}`) }),
              )}
            />
            {step === 'changePassword' ? (
              <PasswordForm onDone={onDone} />
            ) : step === 'giveCode' ? (
              <GiveCode onDone={onDone} />
            ) : (
              <CodeApp onDone={setCodes} />
            )}
          </Door>
        )
      }}
    </Loaded>
  )
}

function KeepCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { t } = useTranslation('accounts')
  return (
    <Door title={t('enrolment.steps.keepCodes')}>
      <RecoveryCodes codes={codes}>
        {(isKept) => (
          <Button type="primary" block disabled={!isKept} onClick={onKept}>
            {t('enrolment.enter')}
          </Button>
        )}
      </RecoveryCodes>
    </Door>
  )
}

function GiveCode({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('accounts')
  const give = useWrite(
    (body: Body<'/api/v1/me/second-factor'>) => answerOf(api.POST('/api/v1/me/second-factor', { body })),
    { changes: [], onDone },
  )
  return (
    <EntryForm<Body<'/api/v1/me/second-factor'>>
      verb={t('prove.verb')}
      isBusy={give.isPending}
      error={give.error}
      onSubmit={(body) => give.mutate(body)}
      className="wide-acts"
    >
      <Field name="code" label={t('sign_in.code')} help={t('enrolment.code_help')}>
        <Input autoComplete="one-time-code" inputMode="numeric" className="code" autoFocus />
      </Field>
    </EntryForm>
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
