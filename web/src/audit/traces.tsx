import { useTranslation } from 'react-i18next'
import { useMay } from '../may.ts'
import type { Tab } from '../ui/record-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { EventTable } from './event-table.tsx'
import { useEvents } from './queries.ts'

/** The tab 留痕 of a record, for those who oversee; nothing for the others. */
export function useTraces(): (type: string, id: string) => readonly Tab[] {
  const { t } = useTranslation('audit')
  const may = useMay()
  return (type, id) =>
    may('/audit/events')
      ? [{ key: 'traces', label: t('traces'), content: <Traces type={type} id={id} /> }]
      : []
}

/** What was done to one record, refused attempts too. */
function Traces({ type, id }: { readonly type: string; readonly id: string }) {
  const { t } = useTranslation('audit')
  const { search, onCursor } = useListSearch()
  const events = useEvents({ objectType: type, objectId: id, after: search['after'] })
  return <EventTable query={events} empty={t('none_here')} cursor={search['after']} onCursor={onCursor} />
}
