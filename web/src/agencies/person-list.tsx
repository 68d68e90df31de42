import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { PersonForm } from './person-form.tsx'
import { PersonFacts, PersonState } from './person-record.tsx'
import { findAuthorities, type Person, useAuthority, usePeople } from './queries.ts'

/** Everybody who works for an authority within reach. */
export function PersonList() {
  const { t } = useTranslation('agencies')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  return (
    <>
      <ListPage<Person>
        title={t('people.title')}
        lead={t('people.lead')}
        query={usePeople(search)}
        keyOf={({ id }) => id}
        empty={t('people.empty')}
        isDimmed={({ leftOn }) => Boolean(leftOn)}
        cursor={search['after']}
        onCursor={onCursor}
        peek={(person) => <PersonFacts person={person} />}
        acts={
          <Button type="primary" onClick={() => setNew(true)}>
            {t('people.new')}
          </Button>
        }
        filters={
          <>
            <TextFilter label={t('people.name')} value={search['q']} onChange={(q) => change({ q })} />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={[
          {
            key: 'name',
            title: t('people.name'),
            isName: true,
            show: (each) => (
              <Link to="/agencies/people/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
            ),
          },
          {
            key: 'authority',
            title: t('authority'),
            show: (each) => (
              <Link to="/agencies/authorities/$id" params={{ id: each.authorityId }}>
                {each.authorityName}
              </Link>
            ),
          },
          { key: 'unit', title: t('unit'), show: (each) => each.unitName ?? '–' },
          { key: 'post', title: t('people.post'), show: (each) => each.post ?? '–' },
          { key: 'number', title: t('people.staff_number'), show: (each) => each.staffNumber ?? '–' },
          { key: 'state', title: t('state'), show: (each) => <PersonState person={each} /> },
        ]}
      />
      <SideForm title={t('people.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <PersonForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

/** An authority by a few letters of its name. */
export function AuthorityFilter({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const { t } = useTranslation('agencies')
  const known = useAuthority(value ?? '')
  return (
    <label>
      {t('authority')}
      <RemotePicker
        about={['authorities']}
        find={findAuthorities}
        value={value}
        onChange={onChange}
        shown={known.data?.name}
        label={t('authority')}
        isClearable
      />
    </label>
  )
}
