import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DivisionFilter } from '../agencies/division-filter.tsx'
import { CodeFilter, YearFilter } from '../ui/code-filter.tsx'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import type { Column } from '../ui/rows.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { DRAW_STATES, DrawState } from './draw-state.tsx'
import { type ListedDraw, useDraws } from './queries.ts'

/** 抽取: where each of them stands. */
export function DrawList() {
  const { t } = useTranslation('draws')
  const { search, onCursor } = useListSearch()
  return (
    <ListPage<ListedDraw>
      title={t('draws.title')}
      lead={t('draws.lead')}
      query={useDraws(search)}
      keyOf={({ id }) => id}
      empty={t('draws.empty')}
      cursor={search['after']}
      onCursor={onCursor}
      isDimmed={({ state }) => state === 'discarded'}
      filters={<Filters />}
      columns={useColumns()}
    />
  )
}

function Filters() {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  return (
    <>
      <TextFilter label={t('draws.q')} value={search['q']} onChange={(q) => change({ q })} />
      <YearFilter
        label={t('draws.fields.year')}
        value={search['year']}
        onChange={(year) => change({ year })}
      />
      <CodeFilter
        label={t('draws.fields.state')}
        value={search['state']}
        codes={DRAW_STATES}
        wordOf={(state) => t(`draws.states.${state}`)}
        onChange={(state) => change({ state })}
      />
      <DivisionFilter value={search['division']} onChange={(division) => change({ division })} />
    </>
  )
}

function useColumns(): readonly Column<ListedDraw>[] {
  const { t } = useTranslation('draws')
  const { number, instant } = useFormat()
  return [
    {
      key: 'task',
      title: t('draws.fields.task'),
      isName: true,
      show: (each) => (
        <Link className="wraps" to="/draws/$id" params={{ id: each.id }}>
          {each.task.name}
        </Link>
      ),
    },
    { key: 'name', title: t('draws.fields.name'), isSpare: true, show: (each) => each.name },
    {
      key: 'lead',
      title: t('draws.fields.lead'),
      show: (each) => <span className="wraps">{each.lead.name}</span>,
    },
    { key: 'state', title: t('draws.fields.state'), show: (each) => <DrawState draw={each} /> },
    {
      key: 'rows',
      title: t('draws.fields.rows'),
      show: ({ population, drawn }) =>
        population === null ? (
          '–'
        ) : (
          <span className="number">
            {t('draws.rows', { population: number(population), drawn: number(drawn ?? 0) })}
          </span>
        ),
    },
    {
      key: 'sealed',
      title: t('draws.fields.sealed'),
      isSpare: true,
      show: ({ isSealed }) => t(isSealed ? 'draws.sealed' : 'draws.open'),
    },
    {
      key: 'closeBy',
      title: t('draws.fields.closeBy'),
      show: ({ closeBy }) => (closeBy ? instant(closeBy) : '–'),
    },
  ]
}
