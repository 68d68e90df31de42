import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type Column, Rows } from '../ui/rows.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { PlaceFilter, usePlace } from './place-filter.tsx'
import { ProposalForm } from './proposal-form.tsx'
import { type InForce, type ParameterHistory, useParameter } from './queries.ts'
import { SourceText } from './source-text.tsx'
import { useValueText } from './value-text.ts'

/** One parameter: the value in force here, what it prevailed over and why, and everything that was ever said of it. */
export function ParameterRecord() {
  const { t } = useTranslation('law')
  const { group = '', name = '' } = useParams({ strict: false })
  const { search } = useListSearch()
  const place = usePlace()
  const parameter = useParameter(`${group}.${name}`, place)
  const back = {
    ...(search['division'] ? { division: search['division'] } : {}),
    ...(search['on'] ? { on: search['on'] } : {}),
  }
  return (
    <article>
      <div className="above">
        <Link to="/law/parameters" search={back}>
          {t('title')}
        </Link>
      </div>
      {place.division === '' ? (
        <EmptyState sentence={t('choose_division')} />
      ) : (
        <Loaded query={parameter}>
          {(history) => <Record history={history} division={place.division} />}
        </Loaded>
      )}
    </article>
  )
}

function Record({ history, division }: { readonly history: ParameterHistory; readonly division: string }) {
  const { t } = useTranslation('law')
  const { lang, day } = useFormat()
  const valueText = useValueText()
  const [isProposing, setProposing] = useState(false)
  const { inForce, overridden, entries, unit, list } = history
  const columns = useEntryColumns(history)
  return (
    <>
      <PageHead
        title={history.label[lang]}
        acts={
          <Button type="primary" onClick={() => setProposing(true)}>
            {t('propose')}
          </Button>
        }
      />
      <div className="filters">
        <PlaceFilter />
      </div>
      {inForce ? (
        <Facts
          facts={[
            {
              term: t('value'),
              value: <strong className="value">{valueText({ value: inForce.value, unit, list })}</strong>,
            },
            { term: t('kind'), value: t(`kind_explained.${inForce.kind}`) },
            { term: t('level'), value: `${inForce.divisionName}（${inForce.division}）` },
            { term: t('from'), value: day(inForce.from) },
            { term: t('until'), value: inForce.until ? day(inForce.until) : t('open_end') },
            { term: t('source'), value: <SourceText source={inForce.source} /> },
            { term: t('key'), value: <code>{history.key}</code> },
          ]}
        />
      ) : (
        <EmptyState sentence={t('none_here')} />
      )}
      {overridden.length > 0 ? (
        <section>
          <h2>{t('overridden')}</h2>
          <Rows
            items={overridden}
            keyOf={entryKey}
            columns={[...columns, { key: 'why', title: t('why'), show: ({ why }) => t(`whys.${why}`) }]}
          />
        </section>
      ) : null}
      <section>
        <h2>{t('history')}</h2>
        <Rows items={entries} keyOf={entryKey} columns={columns} />
      </section>
      <SideForm title={t('propose')} isOpen={isProposing} onClose={() => setProposing(false)}>
        <ProposalForm parameter={history} division={division} onDone={() => setProposing(false)} />
      </SideForm>
    </>
  )
}

function useEntryColumns({ unit, list }: ParameterHistory): readonly Column<InForce>[] {
  const { t } = useTranslation('law')
  const { day } = useFormat()
  const valueText = useValueText()
  return [
    { key: 'value', title: t('value'), isName: true, show: ({ value }) => valueText({ value, unit, list }) },
    { key: 'kind', title: t('kind'), show: ({ kind }) => t(`kinds.${kind}`) },
    { key: 'level', title: t('level'), show: ({ divisionName }) => divisionName },
    {
      key: 'term',
      title: t('term'),
      show: ({ from, until }) => t(until ? 'from_to' : 'from_on', { from: day(from), until: day(until) }),
    },
    { key: 'source', title: t('source'), show: ({ source }) => <SourceText source={source} /> },
  ]
}

function entryKey({ division, from, value, source }: InForce): string {
  return `${division} ${from} ${String(value)} ${source.document}`
}
