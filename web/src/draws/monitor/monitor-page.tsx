import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { DivisionFilter } from '../../agencies/division-filter.tsx'
import { type Answer, answerOf, api } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { useFormat } from '../../ui/format.ts'
import { queryOf, useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Questions } from './questions.tsx'

/** What the monitor found. */
export type Monitor = Answer<'/api/v1/public/monitor'>

/** Whether chance behaved as chance does: six questions, each with its answer and the table behind it. */
export function MonitorPage() {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const { division, from, to } = search
  const query = { ...(division ? { division } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const { i18n } = useTranslation()
  const lang: Record<string, string> = i18n.language === 'en' ? { lang: 'en' } : {}
  return (
    <article className="monitor-page">
      <PageHead
        title={t('certificate.monitor')}
        acts={
          <Button href={`/api/v1/public/monitor.html${queryOf({ ...query, ...lang })}`} target="_blank">
            {t('certificate.public_monitor')}
          </Button>
        }
      />
      <FilterBar
        filters={
          <>
            <DivisionFilter value={division} onChange={(code) => change({ division: code })} />
            <DayFilter name="from" />
            <DayFilter name="to" />
          </>
        }
      />
      <Loaded query={useMonitor(query)}>{(found) => <Found monitor={found} />}</Loaded>
    </article>
  )
}

function DayFilter({ name }: { readonly name: 'from' | 'to' }) {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const id = `monitor-${name}`
  return (
    <label htmlFor={id}>
      {t(`certificate.${name}`)}
      <DayInput
        id={id}
        label={t(`certificate.${name}`)}
        {...(search[name] ? { value: search[name] } : {})}
        onChange={(day) => change({ [name]: day ?? undefined })}
      />
    </label>
  )
}

function Found({ monitor }: { readonly monitor: Monitor }) {
  const { t } = useTranslation('publicDraws')
  const { day, number } = useFormat()
  const said = { from: day(monitor.from), to: day(monitor.to), draws: number(monitor.draws) }
  return (
    <>
      <p className="lead">{t(monitor.draws === 0 ? 'monitor.lead_none' : 'monitor.lead', said)}</p>
      <Questions monitor={monitor} />
    </>
  )
}

const useMonitor = (query: { readonly division?: string; readonly from?: string; readonly to?: string }) =>
  useQuery({
    queryKey: ['draws', 'monitor', query],
    queryFn: () => answerOf(api.GET('/api/v1/public/monitor', { params: { query } })),
  })
