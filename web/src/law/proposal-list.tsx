import { Link } from '@tanstack/react-router'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { ProblemError, useSentence } from '../ui/problem.tsx'
import { StateTag, type StateKind } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type Proposal, type ProposalState, useProposals } from './queries.ts'
import { addressOf } from './address.ts'
import { useValueText } from './value-text.ts'

const STATES: readonly ProposalState[] = ['proposed', 'effective', 'rejected']
const KINDS: Readonly<Record<ProposalState, StateKind>> = {
  proposed: 'underWay',
  effective: 'done',
  rejected: 'refused',
}

/** What places proposed to change in the law's parameters, and what became of it. */
export function ProposalList() {
  const { t } = useTranslation('law')
  const { t: ui } = useTranslation()
  const { lang, day, instant } = useFormat()
  const { search, change } = useListSearch()
  const valueText = useValueText()
  const proposals = useProposals(STATES.find((state) => state === search['state']))
  return (
    <ListPage<Proposal>
      title={t('proposals.title')}
      lead={t('proposals.lead')}
      query={proposals}
      keyOf={({ id }) => id}
      isFixed
      empty={t('proposals.empty')}
      filters={
        <ChoiceFilter
          label={t('state')}
          value={search['state']}
          choices={[
            { value: '', label: ui('ui.all') },
            ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          ]}
          onChange={(state) => change({ state })}
        />
      }
      columns={[
        {
          key: 'parameter',
          width: 150,
          title: t('parameter'),
          isName: true,
          show: (each) => (
            <Link
              to="/law/parameters/$group/$name"
              params={addressOf(each.parameter)}
              search={{ division: each.division }}
            >
              {each.label[lang]}
            </Link>
          ),
        },
        {
          key: 'value',
          width: 190,
          title: t('proposals.change'),
          show: (each) => (
            <>
              {each.replaces ? (
                <span className="fine">
                  {valueText({ value: each.replaces.value, unit: each.unit, list: null })} →{' '}
                </span>
              ) : null}
              <strong className="value">
                {valueText({ value: each.value, unit: each.unit, list: null })}
              </strong>
            </>
          ),
        },
        { key: 'division', title: t('division'), width: 90, show: (each) => each.divisionName },
        { key: 'from', title: t('from'), width: 125, show: (each) => day(each.from) },
        {
          key: 'source',
          title: t('source'),
          show: (each) => (
            <span className="source">
              {[each.source.document, each.source.article].filter(Boolean).join(' ')}
              <span className="fine note">“{each.source.phrase}”</span>
            </span>
          ),
        },
        {
          key: 'state',
          width: 90,
          title: t('state'),
          show: (each) => <StateTag kind={KINDS[each.state]} word={t(`states.${each.state}`)} />,
        },
        {
          key: 'who',
          width: 150,
          title: t('proposals.proposed'),
          show: (each) => t('proposals.by', { who: each.proposedBy.name, at: instant(each.proposedAt) }),
        },
        { key: 'act', title: t('act'), width: 140, show: (each) => <Decide proposal={each} /> },
      ]}
    />
  )
}

type Verb = 'approval' | 'rejection'

function Decide({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const { modal, message } = App.useApp()
  const sentence = useSentence()
  const decide = useWrite(
    (verb: Verb, headers) => {
      const options = {
        params: { path: { id: proposal.id } },
        headers: { ...headers, ...ifMatch(proposal.version) },
      }
      return verb === 'approval'
        ? answerOf(api.POST('/api/v1/law/entries/{id}/approval', options))
        : answerOf(api.POST('/api/v1/law/entries/{id}/rejection', options))
    },
    { changes: [['law'], ['todo']] },
  )
  const ask = (verb: Verb) =>
    modal.confirm({
      title: t(`proposals.sure.${verb}`, {
        parameter: proposal.label[lang],
        division: proposal.divisionName,
      }),
      okText: t(`proposals.verbs.${verb}`),
      onOk: () =>
        decide.mutate(verb, {
          onError: (error) =>
            void message.error(error instanceof ProblemError ? sentence(error) : error.message),
        }),
    })
  if (proposal.state !== 'proposed') return null
  return (
    <div className="acts">
      <ActButton
        size="small"
        type="primary"
        refused={proposal.can.approve}
        loading={decide.isPending}
        onClick={() => ask('approval')}
      >
        {t('proposals.verbs.approval')}
      </ActButton>
      <ActButton size="small" refused={proposal.can.reject} onClick={() => ask('rejection')}>
        {t('proposals.verbs.rejection')}
      </ActButton>
    </div>
  )
}
