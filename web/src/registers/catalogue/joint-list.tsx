import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { CatalogueState } from './item-facts.tsx'
import { JointFacts, useAmount } from './joint-facts.tsx'
import { JointForm } from './joint-form.tsx'
import { type JointItem, useJointItems } from './queries.ts'
import { STATES, useCodes, useJoined } from './words.ts'

/** The joint items: who leads, who takes part, when and how much. */
export function JointList() {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const joint = useJointItems(search)
  const joined = useJoined()
  const modes = useCodes('joint-modes')
  const amount = useAmount()
  return (
    <>
      <ListPage<JointItem>
        title={t('joint.title')}
        lead={t('joint.lead')}
        query={joint}
        keyOf={({ id }) => id}
        empty={t('joint.empty')}
        isDimmed={({ state }) => state === 'ended' || state === 'discarded'}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        peek={(item) => <JointFacts joint={item} />}
        acts={
          <ActButton type="primary" refused={joint.data?.can.create} onClick={() => setNew(true)}>
            {t('joint.new')}
          </ActButton>
        }
        filters={
          <>
            <TextFilter label={t('name')} value={search['q']} onChange={(q) => change({ q })} />
            <ChoiceFilter
              label={t('state')}
              value={search['state']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
              ]}
              onChange={(state) => change({ state })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={[
          {
            key: 'name',
            title: t('joint.name'),
            isName: true,
            width: 300,
            show: ({ id, name }) => (
              <Link to="/registers/joint-items/$id" params={{ id }}>
                {name}
              </Link>
            ),
          },
          {
            key: 'lead',
            title: t('joint.lead_authority'),
            show: ({ leadAuthorityName }) => leadAuthorityName,
          },
          {
            key: 'participants',
            title: t('joint.participants'),
            show: ({ parts }) =>
              joined(parts.filter(({ isLead }) => !isLead).map(({ authorityName }) => authorityName)) || '–',
          },
          { key: 'mode', title: t('joint.mode'), show: ({ mode }) => modes.nameOf(mode) },
          { key: 'amount', title: t('joint.amount'), show: (item) => amount(item) },
          {
            key: 'months',
            title: t('joint.months'),
            show: ({ startMonth, endMonth }) => t('joint.month_range', { start: startMonth, end: endMonth }),
          },
          { key: 'state', title: t('state'), show: ({ state }) => <CatalogueState state={state} /> },
          { key: 'object', title: t('joint.object'), isSpare: true, show: ({ object }) => object },
          { key: 'focus', title: t('joint.focus'), isSpare: true, show: ({ focus }) => focus },
        ]}
      />
      <SideForm title={t('joint.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <JointForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}
