import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { ExpertEndingForm, ExpertForm } from './expert-form.tsx'
import { ProtectedValue } from './protected-value.tsx'
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
        peek={(expert) => <ExpertAbout expert={expert} />}
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
          { key: 'name', title: t('name'), isName: true, show: (each) => each.name },
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

function ExpertState({ expert: { endedOn } }: { readonly expert: Expert }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  return endedOn === null ? (
    <StateTag kind="done" word={t('experts.in_register')} />
  ) : (
    <StateTag kind="ended" word={t('experts.ended_on', { on: day(endedOn) })} />
  )
}

function ExpertAbout({ expert }: { readonly expert: Expert }) {
  const { t } = useTranslation('inspectors')
  const [open, setOpen] = useState<'edit' | 'end' | undefined>()
  const close = () => setOpen(undefined)
  const path = { id: expert.id }
  return (
    <div className="stack">
      <div className="acts">
        <ActButton refused={expert.can.edit} onClick={() => setOpen('edit')}>
          {t('edit')}
        </ActButton>
        <ActButton refused={expert.can.end} onClick={() => setOpen('end')}>
          {t('experts.end')}
        </ActButton>
      </div>
      <Facts
        facts={[
          { term: t('state'), value: <ExpertState expert={expert} /> },
          { term: t('experts.kind'), value: t(`experts.kinds.${expert.kind}`) },
          { term: t('authority'), value: expert.authorityName },
          { term: t('experts.organisation'), value: expert.organisation },
          { term: t('experts.fields'), value: expert.fields.join(t('comma')) || null },
          { term: t('experts.qualification'), value: expert.qualification },
          {
            term: t('experts.contact'),
            value: (
              <ProtectedValue
                key={expert.id}
                masked={expert.contact}
                label={t('experts.contact')}
                refused={expert.can.reveal}
                ask={(purpose, headers) =>
                  answerOf(
                    api.POST('/api/v1/technical-experts/{id}/reveals', {
                      params: { path },
                      body: { purpose },
                      headers,
                    }),
                  )
                }
              />
            ),
          },
        ]}
      />
      <SideForm title={t('edit')} isOpen={open === 'edit'} onClose={close}>
        <ExpertForm expert={expert} onDone={close} />
      </SideForm>
      <SideForm title={t('experts.end')} isOpen={open === 'end'} onClose={close}>
        <ExpertEndingForm expert={expert} onDone={close} />
      </SideForm>
    </div>
  )
}
