import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../ui/act-button.tsx'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { AuthorityForm } from './authority-form.tsx'
import { DivisionFilter } from './division-filter.tsx'
import { type Authority, useAuthorities } from './queries.ts'

/** The authorities that the person may see. */
export function AuthorityList() {
  const { t } = useTranslation('agencies')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const authorities = useAuthorities(search)
  return (
    <>
      <ListPage<Authority>
        title={t('authorities.title')}
        lead={t('authorities.lead')}
        query={authorities}
        keyOf={({ id }) => id}
        empty={t('authorities.empty')}
        isDimmed={({ closedOn }) => Boolean(closedOn)}
        cursor={search['after']}
        onCursor={onCursor}
        acts={
          <ActButton type="primary" refused={authorities.data?.can.create} onClick={() => setNew(true)}>
            {t('authorities.new')}
          </ActButton>
        }
        filters={
          <>
            <TextFilter label={t('name')} value={search['q']} onChange={(q) => change({ q })} />
            <DivisionFilter value={search['division']} onChange={(division) => change({ division })} />
          </>
        }
        columns={[
          {
            key: 'name',
            title: t('authority'),
            isName: true,
            show: (each) => (
              <Link to="/agencies/authorities/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
            ),
          },
          {
            key: 'division',
            title: t('division'),
            show: (each) => `${each.divisionName}（${each.divisionCode}）`,
          },
          { key: 'superior', title: t('authorities.superior'), show: (each) => each.superiorName ?? '–' },
          {
            key: 'inspects',
            title: t('authorities.inspects'),
            show: (each) => (each.inspects ? t('authorities.inspects_yes') : t('authorities.inspects_no')),
          },
          { key: 'state', title: t('state'), show: (each) => <AuthorityState authority={each} /> },
        ]}
      />
      <SideForm title={t('authorities.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <AuthorityForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

/** Whether an authority still exists, and since when not. */
export function AuthorityState({ authority: { closedOn } }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  return closedOn ? (
    <StateTag kind="ended" word={t('authorities.closed_on', { day: day(closedOn) })} />
  ) : (
    <StateTag kind="done" word={t('authorities.open')} />
  )
}
