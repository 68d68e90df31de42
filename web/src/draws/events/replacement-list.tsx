import { Link } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCodes } from '../../registers/catalogue/words.ts'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { CodeFilter } from '../../ui/code-filter.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { PageHead } from '../../ui/page-head.tsx'
import type { Column } from '../../ui/rows.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { MyPosts } from './my-posts.tsx'
import { type Replacement, useReplacements } from './queries.ts'
import { RatesTable } from './rates-table.tsx'
import { STATE_TAGS } from './states.ts'

const VIEWS = ['mine', 'all', 'rates'] as const

/** /draws/replacements: where I was drawn, what became of each application, and how often people are replaced. */
export function ReplacementList() {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const contents = { mine: <Mine />, all: <All />, rates: <Rates /> }
  return (
    <article>
      <PageHead title={t('events.title')} lead={t('events.title_lead')} />
      <Tabs
        activeKey={search['show'] ?? 'mine'}
        onChange={(show) => change({ show })}
        destroyOnHidden
        items={VIEWS.map((key) => ({ key, label: t(`events.views.${key}`), children: contents[key] }))}
      />
    </article>
  )
}

function Mine() {
  const { t } = useTranslation('draws')
  return (
    <>
      <MyPosts />
      <section aria-labelledby="my-applications">
        <h2 id="my-applications">{t('events.my_applications')}</h2>
        <Fates query={{ mine: 'true' }} />
      </section>
    </>
  )
}

const STATES = Object.keys(STATE_TAGS) as readonly Replacement['state'][]

function All() {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const { state, draw, authority, after } = search
  return (
    <>
      <div className="filters">
        <CodeFilter
          label={t('events.state')}
          value={state}
          codes={STATES}
          wordOf={(one) => t(`events.states.${one}`)}
          onChange={(next) => change({ state: next })}
        />
      </div>
      <Fates
        query={{
          ...(state === undefined ? {} : { state }),
          ...(draw === undefined ? {} : { draw }),
          ...(authority === undefined ? {} : { authority }),
          ...(after === undefined ? {} : { after }),
        }}
      />
    </>
  )
}

/** What became of each. */
function Fates({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const { onCursor } = useListSearch()
  const reasons = useCodes('replacement-reasons')
  const columns: readonly Column<Replacement>[] = [
    {
      key: 'person',
      title: t('events.person'),
      isName: true,
      show: ({ id, person }) => (
        <Link to="/draws/replacements/$id" params={{ id }}>
          {person.name}
        </Link>
      ),
    },
    { key: 'authority', title: t('events.authority'), show: ({ authority }) => authority.name },
    {
      key: 'task',
      title: t('events.task'),
      show: ({ task, draw }) => (
        <span className="wraps">
          {task} <span className="fine">{draw.name}</span>
        </span>
      ),
    },
    { key: 'reason', title: t('events.reason'), show: ({ reasonCode }) => reasons.nameOf(reasonCode) },
    { key: 'at', title: t('events.at'), show: ({ requested }) => instant(requested?.at) },
    {
      key: 'state',
      title: t('events.state'),
      show: ({ state }) => <StateTag kind={STATE_TAGS[state]} word={t(`events.states.${state}`)} />,
    },
  ]
  return (
    <List
      query={useReplacements(query)}
      columns={columns}
      keyOf={({ id }) => id}
      empty={t('events.no_applications')}
      cursor={query['after']}
      onCursor={onCursor}
    />
  )
}

function Rates() {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const thisYear = Number(todayInChina().slice(0, 4))
  const year = Number(search['year'] ?? thisYear)
  const by = search['by'] === 'authority' ? 'authority' : 'person'
  const years = [thisYear, thisYear - 1, thisYear - 2].map(String)
  return (
    <>
      <p className="fine">{t('events.rates.lead')}</p>
      <div className="filters">
        <ChoiceFilter
          label={t('events.rates.year')}
          value={String(year)}
          choices={years.map((value) => ({ value, label: value }))}
          onChange={(next) => change({ year: next })}
        />
        <ChoiceFilter
          label={t('events.rates.by')}
          value={by}
          choices={(['person', 'authority'] as const).map((value) => ({
            value,
            label: t(`events.rates.${value}`),
          }))}
          onChange={(next) => change({ by: next })}
        />
      </div>
      <RatesTable year={year} by={by} />
    </>
  )
}
