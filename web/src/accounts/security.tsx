// My own account: password, recovery codes, where I am signed in.

import { useQuery } from '@tanstack/react-query'
import { App, Button, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Row } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { List } from '../ui/list-page.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useWrite } from '../use-write.ts'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

type Session = Row<'/api/v1/me/sessions'>

/** 账号与安全. */
export function Security() {
  const { t } = useTranslation('accounts')
  return (
    <article className="narrow">
      <PageHead title={t('security.title')} />
      <section>
        <h2>{t('security.sessions')}</h2>
        <Sessions />
      </section>
      <section>
        <h2>{t('security.password')}</h2>
        <Password />
      </section>
      <section>
        <h2>{t('security.recovery')}</h2>
        <NewRecoveryCodes />
      </section>
    </article>
  )
}

function Sessions() {
  const { t } = useTranslation('accounts')
  const { instant } = useFormat()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => answerOf(api.GET('/api/v1/me/sessions')),
  })
  const endOthers = useWrite(() => answerOf(api.DELETE('/api/v1/me/sessions')), { changes: [['sessions']] })
  return (
    <>
      <p>{t('security.sessions_what')}</p>
      <List<Session>
        query={sessions}
        keyOf={({ id }) => id}
        empty={t('security.no_sessions')}
        columns={[
          { key: 'device', title: t('security.device'), show: (each) => each.device, isName: true },
          { key: 'address', title: t('security.address'), show: (each) => each.address },
          { key: 'since', title: t('security.since'), show: (each) => instant(each.createdAt) },
          { key: 'seen', title: t('security.seen'), show: (each) => instant(each.seenAt) },
          { key: 'act', title: t('security.act'), show: (each) => <EndSession session={each} /> },
        ]}
      />
      <Popconfirm
        title={t('security.end_others_sure')}
        onConfirm={() => endOthers.mutate(undefined)}
        okText={t('security.end_others')}
      >
        <Button loading={endOthers.isPending}>{t('security.end_others')}</Button>
      </Popconfirm>
    </>
  )
}

function EndSession({ session }: { readonly session: Session }) {
  const { t } = useTranslation('accounts')
  const end = useWrite(
    () => answerOf(api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id: session.id } } })),
    { changes: [['sessions']] },
  )
  if (session.current) return <span className="fine">{t('security.this_one')}</span>
  return (
    <Button size="small" loading={end.isPending} onClick={() => end.mutate(undefined)}>
      {t('security.end')}
    </Button>
  )
}

function Password() {
  const { t } = useTranslation('accounts')
  const { message } = App.useApp()
  const [round, setRound] = useState(0)
  const done = () => {
    setRound(round + 1)
    void message.success(t('security.password_changed'))
  }
  return <PasswordForm key={round} onDone={done} />
}

function NewRecoveryCodes() {
  const { t } = useTranslation('accounts')
  const [codes, setCodes] = useState<readonly string[] | undefined>()
  const make = useWrite(
    (_: undefined, headers) => answerOf(api.POST('/api/v1/me/recovery-codes', { body: {}, headers })),
    {
      changes: [],
      onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
    },
  )
  return (
    <>
      <p>{t('security.recovery_what')}</p>
      <Button loading={make.isPending} onClick={() => make.mutate(undefined)}>
        {t('security.recovery_verb')}
      </Button>
      <Modal
        open={codes !== undefined}
        title={t('security.recovery')}
        footer={null}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
      >
        <RecoveryCodes codes={codes ?? []}>
          {(isKept) => (
            <Button type="primary" disabled={!isKept} onClick={() => setCodes(undefined)}>
              {t('recovery.done')}
            </Button>
          )}
        </RecoveryCodes>
      </Modal>
    </>
  )
}
