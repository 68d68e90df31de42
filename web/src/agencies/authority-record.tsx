import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../audit/traces.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { List } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage } from '../ui/record-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { AuthorityForm } from './authority-form.tsx'
import { AuthorityState } from './authority-list.tsx'
import { GrantTable } from './grant-table.tsx'
import { PersonForm } from './person-form.tsx'
import { type Authority, type Person, useAuthority, useGrants, usePeople } from './queries.ts'
import { Units } from './units.tsx'

/** One authority: what it is, its units, its people, who holds which role in it, what was done to it. */
export function AuthorityRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useAuthority(id)}>{(authority) => <Record authority={authority} />}</Loaded>
}

function Record({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [isEditing, setEditing] = useState(false)
  const navigate = useNavigate()
  const leave = () => setEditing(false)
  return (
    <>
      <RecordPage
        title={authority.name}
        above={<Link to="/agencies/authorities">{t('authorities.title')}</Link>}
        state={<AuthorityState authority={authority} />}
        acts={
          <>
            <ActButton refused={authority.can.edit} onClick={() => setEditing(true)}>
              {t('edit')}
            </ActButton>
            <ActButton
              refused={authority.can.close}
              onClick={() =>
                void navigate({ to: '/agencies/authorities/$id/closure', params: { id: authority.id } })
              }
            >
              {t('authorities.close')}
            </ActButton>
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About authority={authority} /> },
          { key: 'units', label: t('tabs.units'), content: <Units authority={authority} /> },
          { key: 'people', label: t('tabs.people'), content: <People authority={authority} /> },
          { key: 'grants', label: t('tabs.grants'), content: <Grants authority={authority} /> },
          ...traces('authority', authority.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={isEditing} onClose={leave}>
        <AuthorityForm authority={authority} onDone={leave} />
      </SideForm>
    </>
  )
}

function About({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const { superiorId, superiorName } = authority
  return (
    <Facts
      facts={[
        { term: t('authorities.short_name'), value: authority.shortName },
        { term: t('division'), value: `${authority.divisionName}（${authority.divisionCode}）` },
        {
          term: t('authorities.superior'),
          value: superiorId ? (
            <Link to="/agencies/authorities/$id" params={{ id: superiorId }}>
              {superiorName ?? superiorId}
            </Link>
          ) : (
            '–'
          ),
        },
        {
          term: t('authorities.inspects'),
          value: t(authority.inspects ? 'authorities.inspects_yes' : 'authorities.inspects_no'),
        },
      ]}
    />
  )
}

function People({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const { search, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const people = usePeople({ authority: authority.id, after: search['after'] })
  return (
    <div className="stack">
      <div className="acts">
        <ActButton refused={authority.can.addPerson} onClick={() => setNew(true)}>
          {t('people.new')}
        </ActButton>
      </div>
      <List<Person>
        query={people}
        keyOf={({ id }) => id}
        empty={t('people.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ leftOn }) => Boolean(leftOn)}
        columns={[
          {
            key: 'name',
            title: t('name'),
            isName: true,
            show: (each) => (
              <Link to="/agencies/people/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
            ),
          },
          { key: 'unit', title: t('unit'), show: (each) => each.unitName ?? '–' },
          { key: 'post', title: t('people.post'), show: (each) => each.post ?? '–' },
          { key: 'number', title: t('people.staff_number'), show: (each) => each.staffNumber ?? '–' },
        ]}
      />
      <SideForm title={t('people.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <PersonForm authority={authority} onDone={() => setNew(false)} />
      </SideForm>
    </div>
  )
}

function Grants({ authority }: { readonly authority: Authority }) {
  const { search, onCursor } = useListSearch()
  const grants = useGrants({ authority: authority.id, after: search['after'] })
  return <GrantTable query={grants} cursor={search['after']} onCursor={onCursor} />
}
