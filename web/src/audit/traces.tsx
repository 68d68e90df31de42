import { useTranslation } from 'react-i18next'
import { useListSearch } from '../ui/list-search.ts'
import { EventTable } from './event-table.tsx'
import { useEvents } from './queries.ts'

/** 留痕: what was done to one record, refused attempts too. */
export function Traces({ type, id }: { readonly type: string; readonly id: string }) {
  const { t } = useTranslation('audit')
  const { search, onCursor } = useListSearch()
  const events = useEvents({ objectType: type, objectId: id, after: search['after'] })
  return <EventTable query={events} empty={t('none_here')} cursor={search['after']} onCursor={onCursor} />
}
