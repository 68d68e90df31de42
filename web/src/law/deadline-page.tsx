import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DayInput } from '../ui/day-input.tsx'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { PlaceFilter, usePlace } from './place-filter.tsx'
import { useDeadline, useParameters } from './queries.ts'
import { SourceText } from './source-text.tsx'
import { useValueText } from './value-text.ts'

/** When something is due that begins on a day: counted by the server, with the rule. */
export function DeadlinePage() {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const { search, change } = useListSearch()
  const place = usePlace()
  const parameters = useParameters({ division: place.division })
  const clocks = (parameters.data?.items ?? []).filter(
    ({ unit, inForce }) => inForce && (unit === 'working_day' || unit === 'year'),
  )
  const { key, start } = search
  const asked = key && start && place.division ? { division: place.division, key, start } : undefined
  return (
    <article className="narrow">
      <PageHead title={t('deadline.title')} lead={t('deadline.lead')} />
      <div className="filters">
        <PlaceFilter isDayless />
        <label className="wide">
          {t('deadline.clock')}
          <Select
            aria-label={t('deadline.clock')}
            {...(key ? { value: key } : {})}
            showSearch={{ optionFilterProp: 'label' }}
            options={clocks.map((each) => ({ value: each.key, label: each.label[lang] }))}
            onChange={(next: string) => change({ key: next })}
          />
        </label>
        <label>
          {t('deadline.start')}
          <DayInput value={start} onChange={(day) => change({ start: day })} label={t('deadline.start')} />
        </label>
      </div>
      {asked ? <Answer asked={asked} /> : <EmptyState sentence={t('deadline.ask')} />}
    </article>
  )
}

function Answer({
  asked,
}: {
  readonly asked: { readonly division: string; readonly key: string; readonly start: string }
}) {
  const { t } = useTranslation('law')
  const { day } = useFormat()
  const valueText = useValueText()
  return (
    <Loaded query={useDeadline(asked)}>
      {({ due, awaitsYear, notBefore, rule, unit, force, start }) => (
        <div className="stack" aria-live="polite">
          <p className="due">
            {due ? (
              t('deadline.due', { due: day(due) })
            ) : (
              <StateTag
                kind="notBegun"
                word={t('deadline.provisional', { year: awaitsYear ?? '', day: day(notBefore) })}
              />
            )}
          </p>
          {force === 'soft' ? <p>{t('deadline.soft')}</p> : null}
          <Facts
            facts={[
              { term: t('deadline.start'), value: day(start) },
              { term: t('deadline.length'), value: valueText({ value: rule.value, unit, list: null }) },
              { term: t('level'), value: rule.divisionName },
              { term: t('source'), value: <SourceText source={rule.source} /> },
            ]}
          />
        </div>
      )}
    </Loaded>
  )
}
