import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../api.ts'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { type BulkAct, ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { type AskedGrant, GrantAct, sendGrantAct } from './grant-act.tsx'
import { isOver, useGrantColumns } from './grant-table.tsx'
import { AuthorityFilter } from './person-list.tsx'
import { type Grant, useGrants } from './queries.ts'

const STATES = ['proposed', 'effective', 'rejected', 'withdrawn'] as const

/** Who holds which role, and what waits for a second person. */
export function GrantList() {
  const { t } = useTranslation('agencies')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const [asked, setAsked] = useState<AskedGrant | undefined>()
  const columns = useGrantColumns(setAsked)
  const bulk = useBulkDecisions()
  return (
    <>
      <ListPage<Grant>
        title={t('grants.title')}
        lead={t('grants.lead')}
        query={useGrants(search)}
        keyOf={({ id }) => id}
        empty={t('grants.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={isOver}
        bulk={bulk}
        filters={
          <>
            <ChoiceFilter
              label={t('state')}
              value={search['state']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...STATES.map((value) => ({ value, label: t(`grants.states.${value}`) })),
              ]}
              onChange={(state) => change({ state })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={columns}
      />
      <GrantAct asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

/** Several waiting grants decided at once, each as if it were opened. */
function useBulkDecisions(): readonly BulkAct<Grant>[] {
  const { t } = useTranslation('agencies')
  const send = (verb: AskedGrant['verb']) => (grant: Grant, reason: string) =>
    sendGrantAct({ grant, verb }, { reason }, { 'Idempotency-Key': newKey() })
  return [
    {
      key: 'approval',
      verb: t('grants.verbs.approval'),
      says: (count) => t('grants.bulk.approval', { count }),
      refused: ({ can }) => can.approve,
      act: send('approval'),
    },
    {
      key: 'rejection',
      verb: t('grants.verbs.rejection'),
      says: (count) => t('grants.bulk.rejection', { count }),
      refused: ({ can }) => can.reject,
      asks: t('grants.why'),
      act: send('rejection'),
      isDangerous: true,
    },
  ]
}
