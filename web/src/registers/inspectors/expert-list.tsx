import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { ExpertForm } from './expert-form.tsx'
import { ExpertFacts, ExpertState } from './expert-record.tsx'
import { type Expert, useExperts } from './queries.ts'

const KINDS = ['expert', 'supportStaff'] as const

/** 专家和辅助人员: they assist, and never count towards a team. */
export function ExpertList() {
  const { t } = useTranslation('inspectors')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const experts = useExperts(search)
  const kinds = KINDS.map((value) => ({ value, label: t(`experts.kinds.${value}`) }))
  return (
    <>
      <ListPage<Expert>
        title={t('experts.title')}
        lead={t('experts.lead')}
        query={experts}
        keyOf={({ id }) => id}
        empty={t('experts.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ endedOn }) => endedOn !== null}
        peek={(expert) => <ExpertFacts expert={expert} />}
        acts={
          <ActButton type="primary" refused={experts.data?.can.create ?? null} onClick={() => setNew(true)}>
            {t('experts.new')}
          </ActButton>
        }
        filters={
          <>
            <TextFilter
              label={t('name')}
              placeholder={t('experts.search')}
              value={search['q']}
              onChange={(q) => change({ q })}
            />
            <ChoiceFilter
              label={t('experts.kind')}
              value={search['kind']}
              choices={[{ value: '', label: t('all') }, ...kinds]}
              onChange={(kind) => change({ kind })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
            <ChoiceFilter
              label={t('state')}
              value={search['ended']}
              choices={[
                { value: '', label: t('experts.in_register') },
                { value: 'true', label: t('experts.ended') },
              ]}
              onChange={(ended) => change({ ended })}
            />
          </>
        }
        columns={[
          {
            key: 'name',
            title: t('name'),
            isName: true,
            show: (each) => (
              <Link to="/registers/experts/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
            ),
          },
          { key: 'kind', title: t('experts.kind'), show: (each) => t(`experts.kinds.${each.kind}`) },
          { key: 'of', title: t('experts.organisation'), show: (each) => each.organisation ?? '–' },
          {
            key: 'fields',
            title: t('experts.fields'),
            show: (each) => each.fields.join(t('comma')) || '–',
          },
          { key: 'authority', title: t('authority'), show: (each) => each.authorityName },
          { key: 'state', title: t('state'), show: (each) => <ExpertState expert={each} /> },
        ]}
      />
      <SideForm title={t('experts.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <ExpertForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}
