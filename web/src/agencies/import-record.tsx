import { Link, useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { Failure, Loaded } from '../ui/notices.tsx'
import { RecordPage } from '../ui/record-page.tsx'
import { useWrite } from '../use-write.ts'
import { ImportState } from './import-page.tsx'
import { ImportRows } from './import-rows.tsx'
import { type OrganisationImport, useImport } from './queries.ts'

/** What an upload would do, row by row, and the one step that does it. */
export function ImportRecord() {
  const { id = '' } = useParams({ strict: false })
  const { search } = useListSearch()
  return <Loaded query={useImport(id, search)}>{(upload) => <Record upload={upload} />}</Loaded>
}

type Verb = 'application' | 'discarding'

function Record({ upload }: { readonly upload: OrganisationImport }) {
  const { t } = useTranslation('agencies')
  const { modal } = App.useApp()
  const act = useWrite((verb: Verb, headers) => {
    const options = { params: { path: { id: upload.id } }, headers }
    return verb === 'application'
      ? answerOf(api.POST('/api/v1/organisation-imports/{id}/application', options))
      : answerOf(api.POST('/api/v1/organisation-imports/{id}/discarding', options))
  })
  const ask = (verb: Verb) =>
    modal.confirm({
      title: t(`imports.sure.${verb}`, { count: upload.counts.rows }),
      okText: t(`imports.verbs.${verb}`),
      onOk: () => act.mutate(verb),
    })
  return (
    <RecordPage
      title={upload.fileName}
      above={<Link to="/agencies/imports">{t('imports.title')}</Link>}
      state={<ImportState state={upload.state} />}
      steps={{
        names: [t('imports.steps.uploaded'), t('imports.steps.checked'), t('imports.steps.applied')],
        current: upload.state === 'applied' ? 3 : 2,
      }}
      acts={
        upload.state === 'checked' ? (
          <>
            <ActButton
              type="primary"
              loading={act.isPending}
              refused={upload.can.apply}
              onClick={() => ask('application')}
            >
              {t('imports.verbs.application')}
            </ActButton>
            <ActButton refused={upload.can.discard} onClick={() => ask('discarding')}>
              {t('imports.verbs.discarding')}
            </ActButton>
          </>
        ) : null
      }
      tabs={[
        {
          key: 'about',
          label: t('tabs.about'),
          content: (
            <div className="stack">
              {act.error ? <Failure error={act.error} /> : null}
              <Summary upload={upload} />
              <Rows upload={upload} />
            </div>
          ),
        },
      ]}
    />
  )
}

function Summary({ upload }: { readonly upload: OrganisationImport }) {
  const { t } = useTranslation('agencies')
  const { instant, number } = useFormat()
  const { counts, unusedColumns } = upload
  return (
    <Facts
      facts={[
        { term: t('imports.rows'), value: number(counts.rows) },
        { term: t('imports.results.new'), value: number(counts.new) },
        { term: t('imports.results.changed'), value: number(counts.changed) },
        { term: t('imports.results.same'), value: number(counts.same) },
        { term: t('imports.results.conflict'), value: number(counts.conflict) },
        ...(unusedColumns.length > 0 ? [{ term: t('imports.unused'), value: unusedColumns.join('、') }] : []),
        { term: t('division'), value: `${upload.divisionName}（${upload.divisionCode}）` },
        { term: t('imports.who'), value: `${upload.uploadedBy.name}，${instant(upload.uploadedAt)}` },
        ...(upload.appliedBy
          ? [
              {
                term: t('imports.applied_at'),
                value: `${upload.appliedBy.name}，${instant(upload.appliedAt)}`,
              },
            ]
          : []),
      ]}
    />
  )
}

const RESULTS = ['conflict', 'new', 'changed', 'same'] as const

function Rows({ upload }: { readonly upload: OrganisationImport }) {
  const { t } = useTranslation('agencies')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  return (
    <section>
      <div className="section-head">
        <h2>{t('imports.report')}</h2>
        <a href={`/api/v1/organisation-imports/${upload.id}/report.csv`} download>
          {t('imports.download')}
        </a>
      </div>
      <div className="filters">
        <ChoiceFilter
          label={t('imports.result')}
          value={search['result']}
          choices={[
            { value: '', label: ui('ui.all') },
            ...RESULTS.map((value) => ({ value, label: t(`imports.results.${value}`) })),
          ]}
          onChange={(result) => change({ result })}
        />
      </div>
      <ImportRows page={upload.rows} cursor={search['after']} onCursor={onCursor} />
    </section>
  )
}
