import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../audit/traces.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage } from '../ui/record-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { AmendmentsTab } from './amendments-tab.tsx'
import { ChecksTab } from './checks-tab.tsx'
import { DutyClock } from './duty-clock.tsx'
import { FilingsTab } from './filings-tab.tsx'
import { LinesTab } from './lines-tab.tsx'
import { PlanAct, type PlanVerb } from './plan-act.tsx'
import { TitleForm } from './plan-form.tsx'
import { PlanFacts } from './plan-facts.tsx'
import { ProposalForm } from './proposal-form.tsx'
import { type Plan, usePlan } from './queries.ts'
import { ReturnedNotice } from './returned-notice.tsx'
import { PlanState } from './words.tsx'

/** One plan: where it stands and by when, its tasks, what the checks say, its amendments and filings. */
export function PlanRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={usePlan(id)}>{(plan) => <Record plan={plan} />}</Loaded>
}

const STEPS = ['draft', 'inReview', 'approved', 'published'] as const
type Verb = PlanVerb | 'proposal' | 'title'

/** The acts of a state, the next one first. */
const ACTS: Readonly<Record<Plan['state'], readonly (readonly [verb: Verb, can: keyof Plan['can']])[]>> = {
  draft: [
    ['proposal', 'propose'],
    ['invitation', 'invite'],
    ['title', 'edit'],
    ['discarding', 'discard'],
  ],
  inReview: [
    ['approval', 'approve'],
    ['return', 'return'],
    ['withdrawal', 'withdraw'],
  ],
  approved: [['return', 'return']],
  published: [['closure', 'close']],
  closed: [],
  discarded: [],
}

function Record({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const navigate = useNavigate()
  const [verb, setVerb] = useState<Verb | undefined>()
  const close = () => setVerb(undefined)
  const isOver = plan.state === 'discarded'
  return (
    <>
      <RecordPage
        title={plan.title}
        above={<Link to="/plans">{t('title')}</Link>}
        state={<PlanState state={plan.state} />}
        {...(isOver
          ? {}
          : {
              steps: {
                names: STEPS.map((step) => t(`steps.${step}`)),
                current: plan.state === 'closed' ? STEPS.length : STEPS.indexOf(plan.state as 'draft'),
              },
            })}
        clock={
          <>
            <ReturnedNotice plan={plan} />
            <DutyClock plan={plan} />
          </>
        }
        acts={
          <>
            {plan.state === 'approved' ? (
              <ActButton
                type="primary"
                refused={plan.can.publish}
                onClick={() => void navigate({ to: '/plans/$id/publication', params: { id: plan.id } })}
              >
                {t('verbs.publication')}
              </ActButton>
            ) : null}
            {ACTS[plan.state].map(([each, can], at) => (
              <ActButton
                key={each}
                type={at === 0 && each !== 'return' && each !== 'closure' ? 'primary' : 'default'}
                refused={plan.can[can]}
                onClick={() => setVerb(each)}
              >
                {t(`verbs.${each}`)}
              </ActButton>
            ))}
          </>
        }
        tab={search['tab'] ?? 'lines'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'lines', label: t('tabs.lines', { count: plan.lines }), content: <LinesTab plan={plan} /> },
          ...(isOver ? [] : [{ key: 'checks', label: t('tabs.checks'), content: <ChecksTab plan={plan} /> }]),
          { key: 'amendments', label: t('tabs.amendments'), content: <AmendmentsTab plan={plan} /> },
          { key: 'filings', label: t('tabs.filings'), content: <FilingsTab plan={plan} /> },
          { key: 'about', label: t('tabs.about'), content: <PlanFacts plan={plan} /> },
          ...traces('plan', plan.id),
        ]}
      />
      <SideForm title={verb ? t(`verbs.${verb}`) : ''} isOpen={verb !== undefined} onClose={close}>
        {verb === 'proposal' ? <ProposalForm plan={plan} onDone={close} /> : null}
        {verb === 'title' ? <TitleForm plan={plan} onDone={close} /> : null}
        {verb !== undefined && verb !== 'proposal' && verb !== 'title' ? (
          <PlanAct plan={plan} verb={verb} onDone={close} />
        ) : null}
      </SideForm>
    </>
  )
}
