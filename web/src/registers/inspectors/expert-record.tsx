import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ExpertEndingForm, ExpertForm } from './expert-form.tsx'
import { ProtectedValue } from './protected-value.tsx'
import { type Expert, useExpert } from './queries.ts'

/** One expert, or member of the support staff. */
export function ExpertRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useExpert(id)}>{(expert) => <Record expert={expert} />}</Loaded>
}

function Record({ expert }: { readonly expert: Expert }) {
  const { t } = useTranslation('inspectors')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [open, setOpen] = useState<'edit' | 'end' | undefined>()
  const close = () => setOpen(undefined)
  return (
    <>
      <RecordPage
        title={expert.name}
        above={<Link to="/registers/experts">{t('experts.title')}</Link>}
        state={<ExpertState expert={expert} />}
        acts={
          <>
            <ActButton type="primary" refused={expert.can.edit} onClick={() => setOpen('edit')}>
              {t('edit')}
            </ActButton>
            <ActButton refused={expert.can.end} onClick={() => setOpen('end')}>
              {t('experts.end')}
            </ActButton>
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <ExpertFacts expert={expert} /> },
          ...traces('technicalExpert', expert.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={open === 'edit'} onClose={close}>
        <ExpertForm expert={expert} onDone={close} />
      </SideForm>
      <SideForm title={t('experts.end')} isOpen={open === 'end'} onClose={close}>
        <ExpertEndingForm expert={expert} onDone={close} />
      </SideForm>
    </>
  )
}

/** What the register knows of somebody who assists. */
export function ExpertFacts({ expert }: { readonly expert: Expert }) {
  const { t } = useTranslation('inspectors')
  const path = { id: expert.id }
  return (
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
  )
}

/** Whether somebody still stands in the register. */
export function ExpertState({ expert: { endedOn } }: { readonly expert: Expert }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  return endedOn === null ? (
    <StateTag kind="done" word={t('experts.in_register')} />
  ) : (
    <StateTag kind="ended" word={t('experts.ended_on', { on: day(endedOn) })} />
  )
}
