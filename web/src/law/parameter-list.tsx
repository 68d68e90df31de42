import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { PageHead } from '../ui/page-head.tsx'
import { Rows } from '../ui/rows.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { PlaceFilter, usePlace } from './place-filter.tsx'
import { type Parameter, useParameters } from './queries.ts'
import { addressOf } from './address.ts'
import { byGroup } from './by-group.ts'
import { SourceText } from './source-text.tsx'
import { useValueText } from './value-text.ts'

/** Every legal parameter in force for a division on a day: what it says, where it comes from, what it overrides. */
export function ParameterList() {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const { search, change } = useListSearch()
  const place = usePlace()
  const parameters = useParameters(place)
  const sought = search['q']?.toLowerCase() ?? ''
  const fits = ({ key, label }: Parameter) =>
    key.includes(sought) || label[lang].toLowerCase().includes(sought)
  return (
    <article className="list-page">
      <PageHead title={t('title')} lead={t('lead')} />
      <div className="filters">
        <PlaceFilter />
        <TextFilter label={t('parameter')} value={search['q']} onChange={(q) => change({ q })} />
      </div>
      {place.division === '' ? <EmptyState sentence={t('choose_division')} /> : null}
      {place.division === '' ? null : (
        <Loaded query={parameters}>
          {({ items, chain }) => (
            <>
              <p className="fine">{t('chain', { chain: chain.map(({ name }) => name).join(' › ') })}</p>
              {[...byGroup(items.filter(fits))].map(([group, members]) => (
                <section key={group}>
                  <h2>{t(`groups.${group as 'tasks'}`, { defaultValue: group })}</h2>
                  <ParameterRows parameters={members} />
                </section>
              ))}
            </>
          )}
        </Loaded>
      )}
    </article>
  )
}

function ParameterRows({ parameters }: { readonly parameters: readonly Parameter[] }) {
  const { t } = useTranslation('law')
  const { lang, day } = useFormat()
  const { search } = useListSearch()
  const valueText = useValueText()
  const here = {
    ...(search['division'] ? { division: search['division'] } : {}),
    ...(search['on'] ? { on: search['on'] } : {}),
  }
  return (
    <Rows<Parameter>
      items={parameters}
      keyOf={({ key }) => key}
      isFixed
      columns={[
        {
          key: 'label',
          title: t('parameter'),
          isName: true,
          width: 260,
          show: ({ key, label }) => (
            <Link to="/law/parameters/$group/$name" params={addressOf(key)} search={here}>
              {label[lang]}
            </Link>
          ),
        },
        {
          key: 'value',
          title: t('value'),
          width: 200,
          show: ({ inForce, unit, list }) =>
            inForce ? (
              <strong className="value">{valueText({ value: inForce.value, unit, list })}</strong>
            ) : (
              <span className="fine">{t('not_set')}</span>
            ),
        },
        {
          key: 'kind',
          title: t('kind'),
          width: 110,
          show: ({ inForce }) => (inForce ? t(`kinds.${inForce.kind}`) : '–'),
        },
        { key: 'level', title: t('level'), width: 110, show: ({ inForce }) => inForce?.divisionName ?? '–' },
        {
          key: 'from',
          title: t('from'),
          width: 130,
          show: ({ inForce }) => (inForce ? day(inForce.from) : '–'),
        },
        {
          key: 'source',
          title: t('source'),
          show: ({ inForce }) => (inForce ? <SourceText source={inForce.source} /> : '–'),
        },
        {
          key: 'overridden',
          title: t('overrides'),
          width: 90,
          isNumber: true,
          show: ({ overridden }) =>
            overridden.length === 0 ? '–' : t('overrides_count', { count: overridden.length }),
        },
      ]}
    />
  )
}
