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
import { type AskedGrant, GrantAct } from './grant-act.tsx'
import { GrantState } from './grant-table.tsx'
import { type Grant, useGrant } from './queries.ts'

/** One role grant: proposed by whom and why, decided by whom. */
export function GrantRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useGrant(id)}>{(grant) => <Record grant={grant} />}</Loaded>
}

function Record({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation('agencies')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [asked, setAsked] = useState<AskedGrant | undefined>()
  const isProposed = grant.state === 'proposed'
  const ended = grant.state === 'rejected' || grant.state === 'withdrawn'
  return (
    <>
      <RecordPage
        title={t('grants.about', { person: grant.personName, role: t(`roles.${grant.role}`) })}
        above={<Link to="/agencies/grants">{t('grants.title')}</Link>}
        state={<GrantState state={grant.state} />}
        steps={{
          names: [t('grants.states.proposed'), t(`grants.states.${isProposed ? 'effective' : grant.state}`)],
          current: isProposed ? 0 : 1,
        }}
        acts={
          ended ? null : (
            <>
              {isProposed ? (
                <>
                  <ActButton
                    type="primary"
                    refused={grant.can.approve}
                    onClick={() => setAsked({ grant, verb: 'approval' })}
                  >
                    {t('grants.verbs.approval')}
                  </ActButton>
                  <ActButton
                    refused={grant.can.reject}
                    onClick={() => setAsked({ grant, verb: 'rejection' })}
                  >
                    {t('grants.verbs.rejection')}
                  </ActButton>
                </>
              ) : null}
              <ActButton refused={grant.can.withdraw} onClick={() => setAsked({ grant, verb: 'withdrawal' })}>
                {t('grants.verbs.withdrawal')}
              </ActButton>
            </>
          )
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About grant={grant} /> },
          ...traces('grant', grant.id),
        ]}
      />
      <GrantAct asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

function About({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation('agencies')
  const { day, instant } = useFormat()
  const by = (who: Grant['proposedBy'], at: string | null) =>
    at ? t('grants.proposed_by', { who: who?.name ?? t('grants.at_birth'), at: instant(at) }) : null
  return (
    <Facts
      facts={[
        {
          term: t('grants.person'),
          value: (
            <Link to="/agencies/people/$id" params={{ id: grant.personId }}>
              {grant.personName}
            </Link>
          ),
        },
        {
          term: t('authority'),
          value: (
            <Link to="/agencies/authorities/$id" params={{ id: grant.authorityId }}>
              {grant.authorityName}
            </Link>
          ),
        },
        { term: t('division'), value: `${grant.divisionName}（${grant.divisionCode}）` },
        {
          term: t('grants.term'),
          value: t(grant.validUntil ? 'grants.from_to' : 'grants.from_on', {
            from: day(grant.validFrom),
            until: day(grant.validUntil),
          }),
        },
        { term: t('grants.reason'), value: grant.reason },
        { term: t('grants.proposed'), value: by(grant.proposedBy, grant.proposedAt) },
        { term: t('grants.decision'), value: by(grant.decidedBy, grant.decidedAt) },
        { term: t('grants.note'), value: grant.decisionNote },
        { term: t('grants.withdrawn'), value: by(grant.withdrawnBy, grant.withdrawnAt) },
        { term: t('grants.why'), value: grant.withdrawalReason },
      ].filter(({ value }) => value !== null)}
    />
  )
}
