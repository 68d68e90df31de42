import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../ui/act-button.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { SideForm } from '../ui/side-form.tsx'
import { ConferenceForm } from './conference-form.tsx'
import { useConferences } from './queries.ts'

/** The joint conferences: one for each division that has one. */
export function ConferenceList() {
  const { t } = useTranslation('agencies')
  const { search, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const conferences = useConferences(search)
  return (
    <>
      <ListPage
        title={t('conferences.title')}
        lead={t('conferences.lead')}
        query={conferences}
        keyOf={({ id }) => id}
        empty={t('conferences.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        acts={
          <ActButton type="primary" refused={conferences.data?.can.create} onClick={() => setNew(true)}>
            {t('conferences.new')}
          </ActButton>
        }
        columns={[
          {
            key: 'name',
            title: t('conferences.name'),
            isName: true,
            show: (each) => (
              <Link to="/agencies/conferences/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
            ),
          },
          { key: 'division', title: t('division'), show: (each) => each.divisionName },
          { key: 'office', title: t('conferences.office'), show: (each) => each.officeAuthorityName },
          {
            key: 'oversight',
            title: t('conferences.oversight'),
            show: (each) => each.oversightAuthorityName ?? '–',
          },
        ]}
      />
      <SideForm title={t('conferences.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <ConferenceForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}
