import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../audit/traces.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage } from '../ui/record-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { ConferenceForm } from './conference-form.tsx'
import { ConferenceMembers } from './conference-members.tsx'
import { LeadingGroup } from './leading-group.tsx'
import { type Conference, useConference } from './queries.ts'

/** One joint conference: its office, who oversees, its leading group, its members with their responsible deputies. */
export function ConferenceRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useConference(id)}>{(conference) => <Record conference={conference} />}</Loaded>
}

function Record({ conference }: { readonly conference: Conference }) {
  const { t } = useTranslation('agencies')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [isEditing, setEditing] = useState(false)
  return (
    <>
      <RecordPage
        title={conference.name}
        above={<Link to="/agencies/conferences">{t('conferences.title')}</Link>}
        acts={
          <ActButton refused={conference.can.edit} onClick={() => setEditing(true)}>
            {t('edit')}
          </ActButton>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About conference={conference} /> },
          ...traces('conference', conference.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={isEditing} onClose={() => setEditing(false)}>
        <ConferenceForm conference={conference} onDone={() => setEditing(false)} />
      </SideForm>
    </>
  )
}

function About({ conference }: { readonly conference: Conference }) {
  const { t } = useTranslation('agencies')
  const { oversightAuthorityId } = conference
  return (
    <div className="stack">
      <Facts
        facts={[
          { term: t('division'), value: `${conference.divisionName}（${conference.divisionCode}）` },
          {
            term: t('conferences.office'),
            value: (
              <Link to="/agencies/authorities/$id" params={{ id: conference.officeAuthorityId }}>
                {conference.officeAuthorityName}
              </Link>
            ),
          },
          {
            term: t('conferences.oversight'),
            value: oversightAuthorityId ? (
              <Link to="/agencies/authorities/$id" params={{ id: oversightAuthorityId }}>
                {conference.oversightAuthorityName}
              </Link>
            ) : null,
          },
        ]}
      />
      <LeadingGroup conference={conference} />
      <ConferenceMembers conference={conference} />
    </div>
  )
}
