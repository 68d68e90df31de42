import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { type AskedDecision, DecisionForm } from './change-act.tsx'
import { ChangeFields } from './change-fields.tsx'
import { ImportLink } from './history.tsx'
import { type Change, useChange } from './queries.ts'
import { ChangeState } from './states.tsx'

/** One change: of whom, what, why, proposed and decided by whom. */
export function ChangeRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useChange(id)}>{(change) => <Record change={change} />}</Loaded>
}

function Record({ change }: { readonly change: Change }) {
  const { t } = useTranslation('subjects')
  const { search, change: go } = useListSearch()
  const traces = useTraces()
  const [verb, setVerb] = useState<AskedDecision['verb'] | undefined>()
  const close = () => setVerb(undefined)
  const isProposed = change.state === 'proposed'
  const kind = t(`changes.kinds.${change.kind}`)
  return (
    <>
      <RecordPage
        title={t('changes.about', { name: change.subjectName, kind })}
        above={<Link to="/registers/changes">{t('changes.title')}</Link>}
        state={<ChangeState state={change.state} />}
        steps={{
          names: [
            t('changes.states.proposed'),
            t(`changes.states.${isProposed ? 'effective' : change.state}`),
          ],
          current: isProposed ? 0 : 1,
        }}
        acts={
          isProposed ? (
            <>
              <ActButton type="primary" refused={change.can.approve} onClick={() => setVerb('approval')}>
                {t('changes.verbs.approval')}
              </ActButton>
              <ActButton refused={change.can.reject} onClick={() => setVerb('rejection')}>
                {t('changes.verbs.rejection')}
              </ActButton>
              {change.can.withdraw === null ? (
                <ActButton onClick={() => setVerb('withdrawal')}>{t('changes.verbs.withdrawal')}</ActButton>
              ) : null}
            </>
          ) : null
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => go({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <ChangeFacts change={change} /> },
          ...traces('subjectChange', change.id),
        ]}
      />
      <SideForm title={verb ? t(`changes.verbs.${verb}`) : ''} isOpen={verb !== undefined} onClose={close}>
        {verb ? <DecisionForm asked={{ change, verb }} onDone={close} /> : null}
      </SideForm>
    </>
  )
}

/** What a change is, beside the list and on its page. */
export function ChangeFacts({ change }: { readonly change: Change }) {
  const { t } = useTranslation('subjects')
  const { instant } = useFormat()
  const by = (who: Change['proposedBy'], at: string | null) =>
    at ? t('changes.decided_by', { who: who?.name ?? '', at: instant(at) }) : null
  return (
    <Facts
      facts={[
        {
          term: t('changes.subject'),
          value: (
            <Link to="/registers/subjects/$id" params={{ id: change.subjectId }}>
              {change.subjectName}
            </Link>
          ),
        },
        { term: t('fields.code'), value: <span className="number">{change.subjectCode}</span> },
        { term: t('fields.divisionCode'), value: `${change.divisionName}（${change.divisionCode}）` },
        {
          term: t('changes.which'),
          value: change.fields.length === 0 ? t('changes.nothing') : <ChangeFields change={change} />,
        },
        { term: t('reason'), value: change.reason },
        {
          term: t('changes.source'),
          value: change.importId ? (
            <ImportLink id={change.importId} />
          ) : (
            t(`changes.sources.${change.source}`)
          ),
        },
        { term: t('changes.by'), value: by(change.proposedBy, change.proposedAt) },
        { term: t('changes.decided'), value: by(change.decidedBy, change.decidedAt) },
        { term: t('changes.note'), value: change.decisionNote },
      ]}
    />
  )
}
