import { Link } from '@tanstack/react-router'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Failure } from '../ui/notices.tsx'
import { Paging } from '../ui/paging.tsx'
import { Rows } from '../ui/rows.tsx'
import { type StateKind, StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type ImportRow, type PlanImport, TABLE_CHANGES } from './table-queries.ts'

type Verb = 'application' | 'discarding'

const STATES: Readonly<Record<PlanImport['state'], StateKind>> = {
  checked: 'underWay',
  applied: 'done',
  discarded: 'ended',
}

/** What a table would do to the plan, row by row, and the one step that does it. */
export function PlanImportReport({ upload }: { readonly upload: PlanImport }) {
  const { t } = useTranslation('plans')
  const { modal } = App.useApp()
  const { counts } = upload
  const act = useWrite(
    (verb: Verb, headers) => {
      const options = { params: { path: { id: upload.id } }, headers }
      return verb === 'application'
        ? answerOf(api.POST('/api/v1/plan-imports/{id}/application', options))
        : answerOf(api.POST('/api/v1/plan-imports/{id}/discarding', options))
    },
    { changes: TABLE_CHANGES, says: 'done' },
  )
  const ask = (verb: Verb) =>
    modal.confirm({
      title: t(`tables.sure.${verb}`, { added: counts.new, changed: counts.changed }),
      okText: t(`tables.verbs.${verb}`),
      onOk: () => act.mutate(verb),
    })
  return (
    <div className="stack">
      <div className="section-head">
        <h2>
          {upload.fileName} <StateTag kind={STATES[upload.state]} word={t(`tables.states.${upload.state}`)} />
        </h2>
        {upload.state === 'checked' ? (
          <div className="acts">
            <ActButton
              type="primary"
              loading={act.isPending}
              refused={upload.can.apply}
              onClick={() => ask('application')}
            >
              {t('tables.verbs.application')}
            </ActButton>
            <ActButton refused={upload.can.discard} onClick={() => ask('discarding')}>
              {t('tables.verbs.discarding')}
            </ActButton>
          </div>
        ) : (
          <div className="acts">
            <Link to="/plans/$id/import" params={{ id: upload.planId }}>
              {t('tables.again')}
            </Link>
            <Link to="/plans/$id" params={{ id: upload.planId }}>
              {t('tables.back')}
            </Link>
          </div>
        )}
      </div>
      {act.error ? <Failure error={act.error} /> : null}
      <Summary upload={upload} />
      <RowList upload={upload} />
    </div>
  )
}

function Summary({ upload: { counts, unused, uploadedBy, uploadedAt } }: { readonly upload: PlanImport }) {
  const { t } = useTranslation('plans')
  const { instant, number } = useFormat()
  return (
    <Facts
      facts={[
        ...RESULTS.map((result) => ({ term: t(`tables.results.${result}`), value: number(counts[result]) })),
        ...(unused.length > 0 ? [{ term: t('tables.unused'), value: unused.join('、') }] : []),
        { term: t('tables.who'), value: `${uploadedBy.name}，${instant(uploadedAt)}` },
      ]}
    />
  )
}

const RESULTS = ['error', 'new', 'changed', 'same'] as const
const KINDS: Readonly<Record<ImportRow['result'], StateKind>> = {
  new: 'underWay',
  changed: 'soon',
  same: 'ended',
  error: 'refused',
}

function RowList({ upload }: { readonly upload: PlanImport }) {
  const { t } = useTranslation('plans')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const { items, next } = upload.rows
  return (
    <section className="stack">
      <div className="section-head">
        <h2>{t('tables.report')}</h2>
        <a href={`/api/v1/plan-imports/${upload.id}/report.csv`} download>
          {t('tables.download')}
        </a>
      </div>
      <div className="filters">
        <ChoiceFilter
          label={t('tables.result')}
          value={search['result']}
          choices={[
            { value: '', label: ui('ui.all') },
            ...RESULTS.map((value) => ({ value, label: t(`tables.results.${value}`) })),
          ]}
          onChange={(result) => change({ result })}
        />
      </div>
      {items.length === 0 ? (
        <EmptyState sentence={t('tables.no_rows')} />
      ) : (
        <>
          <Rows<ImportRow>
            items={items}
            keyOf={({ row }) => String(row)}
            columns={[
              { key: 'row', title: t('tables.row'), isNumber: true, width: 64, show: ({ row }) => row },
              {
                key: 'name',
                title: t('lines.task_name'),
                isName: true,
                width: 240,
                show: ({ name }) => name || '–',
              },
              {
                key: 'result',
                title: t('tables.result'),
                width: 90,
                show: ({ result }) => <StateTag kind={KINDS[result]} word={t(`tables.results.${result}`)} />,
              },
              { key: 'what', title: t('tables.what'), show: (row) => <What row={row} /> },
            ]}
          />
          <Paging items={items.length} next={next} cursor={search['after']} onCursor={onCursor} />
        </>
      )}
    </section>
  )
}

function What({ row: { reasons, changes } }: { readonly row: ImportRow }) {
  const { t } = useTranslation('plans')
  if (reasons.length === 0 && changes.length === 0) return '–'
  return (
    <>
      {reasons.map(({ code, severity, sentence }, at) => (
        <div key={`${code}${at}`} className={severity === 'error' ? 'conflict' : undefined}>
          {sentence}
        </div>
      ))}
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          {t('tables.change', {
            field,
            before: before || t('tables.nothing'),
            after: after || t('tables.nothing'),
          })}
        </div>
      ))}
    </>
  )
}
