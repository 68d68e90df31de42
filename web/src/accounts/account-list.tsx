import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findPeople } from '../agencies/queries.ts'
import { answerOf, api, type Body, type Row } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { useWrite } from '../use-write.ts'
import { AccountAct, type Asked } from './account-act.tsx'
import { FirstPassword } from './first-password.tsx'
import { useAccounts } from './queries.ts'

type Account = Row<'/api/v1/accounts'>

/** Who can sign in. For system and security administrators. */
export function AccountList() {
  const { t } = useTranslation('accounts')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const [asked, setAsked] = useState<Asked | undefined>()
  const [password, setPassword] = useState<string | undefined>()
  return (
    <>
      <ListPage<Account>
        title={t('accounts.title')}
        lead={t('accounts.lead')}
        query={useAccounts(search)}
        keyOf={({ id }) => id}
        empty={t('accounts.empty')}
        isDimmed={({ state }) => state === 'suspended'}
        cursor={search['after']}
        onCursor={onCursor}
        acts={
          <Button type="primary" onClick={() => setNew(true)}>
            {t('accounts.new')}
          </Button>
        }
        filters={
          <TextFilter label={t('accounts.search')} value={search['q']} onChange={(q) => change({ q })} />
        }
        columns={[
          { key: 'username', title: t('sign_in.username'), isName: true, show: (each) => each.username },
          { key: 'authority', title: t('accounts.authority'), show: (each) => each.authority.name },
          {
            key: 'person',
            title: t('accounts.person'),
            show: (each) => (
              <Link to="/agencies/people/$id" params={{ id: each.person.id }}>
                {each.person.name}
              </Link>
            ),
          },
          {
            key: 'state',
            title: t('accounts.state'),
            show: ({ state }) => (
              <StateTag kind={state === 'active' ? 'done' : 'ended'} word={t(`accounts.states.${state}`)} />
            ),
          },
          {
            key: 'act',
            title: t('security.act'),
            show: (each) => <AccountActs account={each} onAct={setAsked} />,
          },
        ]}
      />
      <SideForm title={t('accounts.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <NewAccount
          onLeave={() => setNew(false)}
          onDone={(first) => {
            setNew(false)
            setPassword(first)
          }}
        />
      </SideForm>
      <AccountAct asked={asked} onClose={() => setAsked(undefined)} onPassword={setPassword} />
      <FirstPassword password={password} onClose={() => setPassword(undefined)} />
    </>
  )
}

function AccountActs({
  account,
  onAct,
}: {
  readonly account: Account
  readonly onAct: (act: Asked) => void
}) {
  const { t } = useTranslation('accounts')
  const other = account.state === 'active' ? 'suspension' : 'resumption'
  return (
    <div className="acts">
      <ActButton
        size="small"
        refused={other === 'suspension' ? account.can.suspend : account.can.resume}
        onClick={() => onAct({ account, verb: other })}
      >
        {t(`accounts.verbs.${other}`)}
      </ActButton>
      <ActButton size="small" refused={account.can.reset} onClick={() => onAct({ account, verb: 'reset' })}>
        {t('accounts.verbs.reset')}
      </ActButton>
    </div>
  )
}

type Values = Body<'/api/v1/accounts'>

function NewAccount({
  onDone,
  onLeave,
}: {
  readonly onDone: (password: string) => void
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('accounts')
  const create = useWrite(
    (body: Values, headers) => answerOf(api.POST('/api/v1/accounts', { body, headers })),
    {
      changes: [['accounts']],
      onDone: ({ password }) => onDone(password),
    },
  )
  return (
    <EntryForm<Values>
      verb={t('accounts.new')}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={(body) => create.mutate(body)}
      onLeave={onLeave}
    >
      <Field name="personId" label={t('accounts.person')} help={t('accounts.person_help')}>
        <RemotePicker about={['people']} find={(q) => findPeople(q)} />
      </Field>
      <Field name="username" label={t('sign_in.username')} help={t('accounts.username_help')}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
    </EntryForm>
  )
}
