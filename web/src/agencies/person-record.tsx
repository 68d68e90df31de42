import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../audit/traces.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage } from '../ui/record-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { GrantForm } from './grant-form.tsx'
import { GrantTable } from './grant-table.tsx'
import { LeavingForm } from './leaving-form.tsx'
import { Mobile } from './mobile.tsx'
import { PersonForm } from './person-form.tsx'
import { TransferForm } from './transfer-form.tsx'
import { type Person, useGrants, usePerson } from './queries.ts'

/** One person: where, as what, with which roles. */
export function PersonRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={usePerson(id)}>{(person) => <Record person={person} />}</Loaded>
}

function Record({ person }: { readonly person: Person }) {
  const { t } = useTranslation('agencies')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [open, setOpen] = useState<'edit' | 'grant' | 'leave' | 'transfer' | undefined>()
  const close = () => setOpen(undefined)
  return (
    <>
      <RecordPage
        title={person.name}
        above={<Link to="/agencies/people">{t('people.title')}</Link>}
        state={<PersonState person={person} />}
        acts={
          <>
            <ActButton type="primary" refused={person.can.grant} onClick={() => setOpen('grant')}>
              {t('grants.propose')}
            </ActButton>
            <ActButton refused={person.can.edit} onClick={() => setOpen('edit')}>
              {t('edit')}
            </ActButton>
            <ActButton refused={person.can.transfer} onClick={() => setOpen('transfer')}>
              {t('people.transfer')}
            </ActButton>
            <ActButton refused={person.can.leave} onClick={() => setOpen('leave')}>
              {t('people.leave')}
            </ActButton>
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About person={person} /> },
          ...traces('person', person.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={open === 'edit'} onClose={close}>
        <PersonForm person={person} onDone={close} />
      </SideForm>
      <SideForm title={t('grants.propose')} isOpen={open === 'grant'} onClose={close}>
        <GrantForm person={person} onDone={close} />
      </SideForm>
      <SideForm title={t('people.transfer')} isOpen={open === 'transfer'} onClose={close}>
        <TransferForm person={person} onDone={close} />
      </SideForm>
      <SideForm title={t('people.leave')} isOpen={open === 'leave'} onClose={close}>
        <LeavingForm person={person} onDone={close} />
      </SideForm>
    </>
  )
}

function About({ person }: { readonly person: Person }) {
  const { t } = useTranslation('agencies')
  const grants = useGrants({ person: person.id })
  return (
    <div className="stack">
      <PersonFacts person={person} />
      <h2>{t('tabs.grants')}</h2>
      <GrantTable query={grants} />
    </div>
  )
}

/** Where somebody works, as what. */
export function PersonFacts({ person }: { readonly person: Person }) {
  const { t } = useTranslation('agencies')
  return (
    <Facts
      facts={[
        {
          term: t('authority'),
          value: (
            <Link to="/agencies/authorities/$id" params={{ id: person.authorityId }}>
              {person.authorityName}
            </Link>
          ),
        },
        { term: t('unit'), value: person.unitName },
        { term: t('people.post'), value: person.post },
        { term: t('people.staff_number'), value: person.staffNumber },
        { term: t('people.mobile'), value: <Mobile person={person} /> },
      ]}
    />
  )
}

/** Whether somebody still works there. */
export function PersonState({ person: { leftOn } }: { readonly person: Person }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  return leftOn ? (
    <StateTag kind="ended" word={t('people.left_on', { day: day(leftOn) })} />
  ) : (
    <StateTag kind="done" word={t('people.here')} />
  )
}
