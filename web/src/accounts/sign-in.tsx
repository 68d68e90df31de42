// The door. It tells known from unknown users by nothing.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Divider, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { useSystem } from '../me.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'
import { Door } from './door.tsx'

type Credentials = Body<'/api/v1/session'>

/** Username, password, code; or the government's identity provider where there is one. */
export function SignIn() {
  const { t } = useTranslation('accounts')
  const navigate = useNavigate()
  const client = useQueryClient()
  const { from } = useSearch({ from: '/sign-in' })
  const signIn = useWrite((body: Credentials) => answerOf(api.POST('/api/v1/session', { body })), {
    changes: [],
    onDone: ({ stage }) => {
      client.removeQueries({ queryKey: ['me'] })
      void (stage === 'enrol'
        ? navigate({ to: '/enrolment' })
        : navigate({ href: safe(from), replace: true }))
    },
  })
  const submit = ({ username, password, code }: Credentials) =>
    signIn.mutate({
      username: username.trim(),
      password,
      ...(code?.trim() ? { code: code.replaceAll(/\s/g, '') } : {}),
    })
  return (
    <Door title={t('sign_in.title')}>
      <EntryForm<Credentials>
        verb={t('sign_in.verb')}
        isBusy={signIn.isPending}
        error={signIn.error}
        onSubmit={submit}
        className="wide-acts"
      >
        <Field name="username" label={t('sign_in.username')}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
        </Field>
        <Field name="password" label={t('sign_in.password')}>
          <Input.Password autoComplete="current-password" />
        </Field>
        <Field name="code" label={t('sign_in.code')} help={t('sign_in.code_help')} isOptional>
          <Input autoComplete="one-time-code" inputMode="numeric" className="code" />
        </Field>
      </EntryForm>
      <IdentityProvider from={safe(from)} />
    </Door>
  )
}

function IdentityProvider({ from }: { readonly from: string }) {
  const { t } = useTranslation('accounts')
  const system = useSystem()
  if (!system.data?.oidc) return null
  return (
    <>
      <Divider plain>{t('sign_in.or')}</Divider>
      <Button block href={`/api/v1/oidc/start?returnTo=${encodeURIComponent(from)}`}>
        {t('sign_in.provider')}
      </Button>
    </>
  )
}

/** Only an address of this console: `//elsewhere` and `https://elsewhere` lead home. */
function safe(from: string | undefined): string {
  return from && /^\/(?![/\\])/.test(from) ? from : '/'
}
