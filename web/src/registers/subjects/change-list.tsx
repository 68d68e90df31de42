import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../api.ts'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useFormat } from '../../ui/format.ts'
import { type BulkAct, ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { sendDecision } from './change-act.tsx'
import { ChangeFields } from './change-fields.tsx'
import { ChangeFacts } from './change-record.tsx'
import { type Change, useChanges } from './queries.ts'
import { ChangeState } from './states.tsx'
import { DivisionFilter } from './subject-filters.tsx'

const KINDS = ['entered', 'changed', 'left', 'returned', 'moved'] as const
const STATES = ['proposed', 'effective', 'rejected', 'withdrawn'] as const
const SOURCES = ['hand', 'import', 'push', 'undo'] as const

/** 变动清单: what was changed and what waits for a second person. */
export function ChangeList() {
  const { t } = useTranslation('subjects')
  const { search, onCursor } = useListSearch()
  return (
    <ListPage<Change>
      title={t('changes.title')}
      lead={t('changes.lead')}
      query={useChanges(search)}
      keyOf={({ id }) => id}
      empty={t('changes.empty')}
      cursor={search['after']}
      onCursor={onCursor}
      isDimmed={({ state }) => state === 'rejected' || state === 'withdrawn'}
      peek={(change) => <ChangeFacts change={change} />}
      bulk={useBulkDecisions()}
      filters={<Filters />}
      columns={useColumns()}
    />
  )
}

function Filters() {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  const all = { value: '', label: t('all') }
  return (
    <>
      <ChoiceFilter
        label={t('state')}
        value={search['state']}
        choices={[all, ...STATES.map((value) => ({ value, label: t(`changes.states.${value}`) }))]}
        onChange={(state) => change({ state })}
      />
      <ChoiceFilter
        label={t('changes.what')}
        value={search['kind']}
        choices={[all, ...KINDS.map((value) => ({ value, label: t(`changes.kinds.${value}`) }))]}
        onChange={(kind) => change({ kind })}
      />
      <ChoiceFilter
        label={t('changes.source')}
        value={search['source']}
        choices={[all, ...SOURCES.map((value) => ({ value, label: t(`changes.sources.${value}`) }))]}
        onChange={(source) => change({ source })}
      />
      <DivisionFilter />
      <ChoiceFilter
        label={t('changes.kinds.returned')}
        value={search['returned']}
        choices={[all, { value: 'true', label: t('changes.returned_only') }]}
        onChange={(returned) => change({ returned })}
      />
    </>
  )
}

function useColumns(): readonly Column<Change>[] {
  const { t } = useTranslation('subjects')
  const { instant } = useFormat()
  return [
    {
      key: 'what',
      title: t('changes.what'),
      isName: true,
      show: (each) => (
        <Link to="/registers/changes/$id" params={{ id: each.id }}>
          {t(`changes.kinds.${each.kind}`)}
        </Link>
      ),
    },
    {
      key: 'subject',
      title: t('changes.subject'),
      show: (each) => (
        <span className="tight">
          <Link to="/registers/subjects/$id" params={{ id: each.subjectId }}>
            {each.subjectName}
          </Link>
          <span className="fine number">{each.subjectCode}</span>
        </span>
      ),
    },
    { key: 'state', title: t('state'), show: (each) => <Standing change={each} /> },
    { key: 'fields', title: t('changes.which'), show: (each) => <ChangeFields change={each} /> },
    { key: 'reason', title: t('reason'), show: (each) => each.reason ?? '–' },
    { key: 'at', title: t('changes.at'), show: (each) => instant(each.proposedAt) },
    { key: 'by', title: t('changes.by'), show: (each) => each.proposedBy?.name ?? '–' },
    {
      key: 'source',
      title: t('changes.source'),
      isSpare: true,
      show: (each) => t(`changes.sources.${each.source}`),
    },
    { key: 'division', title: t('fields.divisionCode'), isSpare: true, show: (each) => each.divisionName },
  ]
}

function Standing({ change: { state, returnedAfterDays: days } }: { readonly change: Change }) {
  const { t } = useTranslation('subjects')
  return (
    <span className="tight">
      <ChangeState state={state} />
      {days === null ? null : (
        <StateTag
          kind="soon"
          word={days === 0 ? t('changes.returned_same_day') : t('changes.returned_after', { days })}
        />
      )}
    </span>
  )
}

/** Several waiting changes decided at once, each as if it were opened. */
function useBulkDecisions(): readonly BulkAct<Change>[] {
  const { t } = useTranslation('subjects')
  const send = (verb: 'approval' | 'rejection') => (change: Change, reason: string) =>
    sendDecision({ change, verb }, { reason }, { 'Idempotency-Key': newKey() })
  return [
    {
      key: 'approval',
      verb: t('changes.verbs.approval'),
      says: (count) => t('changes.bulk.approval', { count }),
      refused: ({ can }) => can.approve,
      act: send('approval'),
    },
    {
      key: 'rejection',
      verb: t('changes.verbs.rejection'),
      says: (count) => t('changes.bulk.rejection', { count }),
      refused: ({ can }) => can.reject,
      asks: t('changes.why'),
      act: send('rejection'),
      isDangerous: true,
    },
  ]
}
