import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Rows } from '../ui/rows.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { byGroup } from './by-group.ts'
import { type Compared, type ComparedPlace, type Comparison, useComparison } from './queries.ts'
import { ComparedPlaces } from './compared-places.tsx'
import { SourceText } from './source-text.tsx'
import { useValueText } from './value-text.ts'

/** What several places say of the same, beside each other: what an upper level reads before it makes one rule for all. */
export function ComparisonPage() {
  const { t } = useTranslation('law')
  const { search, change } = useListSearch()
  const comparison = useComparison(search['places'])
  return (
    <article className="list-page">
      <PageHead
        title={t('comparison.title')}
        lead={t('comparison.lead')}
        acts={<Button onClick={() => globalThis.print()}>{t('comparison.print')}</Button>}
      />
      <Loaded query={comparison}>
        {(answer) => (
          <>
            <ComparedPlaces places={answer.places} withRules={answer.withRules} />
            {answer.places.length === 0 ? (
              <EmptyState sentence={t('comparison.choose')} />
            ) : (
              <>
                <div className="filters">
                  <TextFilter label={t('parameter')} value={search['q']} onChange={(q) => change({ q })} />
                  <Button onClick={() => change({ all: search['all'] === undefined ? '1' : undefined })}>
                    {t(search['all'] === undefined ? 'comparison.all' : 'comparison.differing')}
                  </Button>
                </div>
                <ComparedGroups answer={answer} />
              </>
            )}
          </>
        )}
      </Loaded>
    </article>
  )
}

function ComparedGroups({ answer: { items, places } }: { readonly answer: Comparison }) {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const { search } = useListSearch()
  const sought = search['q']?.toLowerCase() ?? ''
  // One place differs from nothing: then everything that it says is shown.
  const isShown = ({ differs, inForce }: Compared) =>
    search['all'] !== undefined || (places.length === 1 ? inForce[0] !== null : differs)
  const shown = items.filter(
    (item) => isShown(item) && (item.key.includes(sought) || item.label[lang].toLowerCase().includes(sought)),
  )
  if (shown.length === 0) return <EmptyState sentence={t('comparison.same')} />
  return [...byGroup(shown)].map(([group, members]) => (
    <section key={group}>
      <h2>{t(`groups.${group as 'tasks'}`, { defaultValue: group })}</h2>
      <ComparedRows items={members} places={places} />
    </section>
  ))
}

function ComparedRows({
  items,
  places,
}: {
  readonly items: readonly Compared[]
  readonly places: readonly ComparedPlace[]
}) {
  const { t } = useTranslation('law')
  const { lang, day } = useFormat()
  const valueText = useValueText()
  const eventText = (startsAt: string) => valueText({ value: startsAt, unit: 'code', list: 'start-events' })
  return (
    <Rows<Compared>
      items={items}
      keyOf={({ key }) => key}
      isFixed
      columns={[
        {
          key: 'label',
          title: t('parameter'),
          isName: true,
          width: 160,
          show: ({ label }) => label[lang],
        },
        ...places.map(({ division, name, on }, at) => ({
          key: `${division}@${on}`,
          title: t('comparison.place', { name, day: day(on) }),
          show: ({ inForce, unit, list }: Compared) => {
            const own = inForce[at]
            if (!own) return <span className="fine">{t('not_set')}</span>
            return (
              <>
                <div>
                  <strong className="value">{valueText({ value: own.value, unit, list })}</strong>
                </div>
                {own.startsAt ? (
                  <span className="fine note">
                    {t('comparison.from_event', { event: eventText(own.startsAt) })}
                  </span>
                ) : null}
                <span className="fine note">
                  <SourceText source={own.source} />
                </span>
              </>
            )
          },
        })),
      ]}
    />
  )
}
