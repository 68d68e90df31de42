import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { newKey } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useFormat } from '../../ui/format.ts'
import { type BulkAct, ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { type ItemVerb, sendItemAct } from './item-act.tsx'
import { CatalogueState, ItemFacts, useRatio } from './item-facts.tsx'
import { ItemForm } from './item-form.tsx'
import { citationLabel, type Item, useItems } from './queries.ts'
import { FIELDS, STATES, TIERS, useCodes, useJoined, useLevels } from './words.ts'

/** The whole list of inspection items, drawn and not drawn. */
export function ItemList() {
  const { t } = useTranslation('catalogue')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const items = useItems(search)
  const columns = useItemColumns()
  const bulk = useBulkDecisions()
  return (
    <>
      <ListPage<Item>
        title={t('items.title')}
        lead={t('items.lead')}
        query={items}
        keyOf={({ id }) => id}
        empty={t('items.empty')}
        isDimmed={({ state }) => state === 'ended' || state === 'discarded'}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        peek={(item) => <ItemFacts item={item} />}
        bulk={bulk}
        exportHref="/api/v1/items.csv"
        acts={
          <ActButton type="primary" refused={items.data?.can.create} onClick={() => setNew(true)}>
            {t('items.new')}
          </ActButton>
        }
        filters={<Filters />}
        columns={columns}
      />
      <SideForm title={t('items.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <ItemForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

function Filters() {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const { search, change } = useListSearch()
  const all = { value: '', label: ui('ui.all') }
  return (
    <>
      <TextFilter label={t('items.q')} value={search['q']} onChange={(q) => change({ q })} />
      <ChoiceFilter
        label={t('state')}
        value={search['state']}
        choices={[all, ...STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
        onChange={(state) => change({ state })}
      />
      <ChoiceFilter
        label={t('items.is_random')}
        value={search['random']}
        choices={[
          { value: '', label: t('items.all_random') },
          { value: 'true', label: t('items.random') },
          { value: 'false', label: t('items.not_random') },
        ]}
        onChange={(random) => change({ random })}
      />
      <ChoiceFilter
        label={t('items.field')}
        value={search['field']}
        choices={[all, ...FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))]}
        onChange={(field) => change({ field })}
      />
      <ChoiceFilter
        label={t('items.tier')}
        value={search['tier']}
        choices={[all, ...TIERS.map((value) => ({ value, label: t(`tiers.${value}`) }))]}
        onChange={(tier) => change({ tier })}
      />
      <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
    </>
  )
}

function useItemColumns(): readonly Column<Item>[] {
  const { t } = useTranslation('catalogue')
  const { day } = useFormat()
  const joined = useJoined()
  const levels = useLevels()
  const methods = useCodes('inspection-methods')
  const ratio = useRatio()
  return [
    { key: 'code', title: t('items.code'), show: ({ code }) => code },
    {
      key: 'name',
      title: t('items.name'),
      isName: true,
      width: 300,
      show: ({ id, name, subItem }) => (
        <Link to="/registers/items/$id" params={{ id }}>
          {subItem ? `${name}：${subItem}` : name}
        </Link>
      ),
    },
    { key: 'authority', title: t('authority'), show: ({ authorityName }) => authorityName },
    {
      key: 'random',
      title: t('items.is_random'),
      show: ({ isRandom }) => t(isRandom ? 'items.drawn' : 'items.not_random'),
    },
    { key: 'tier', title: t('items.tier'), show: ({ tier }) => t(`tiers_short.${tier}`) },
    { key: 'ratio', title: t('items.ratio'), show: (item) => (item.isRandom ? ratio(item) : '–') },
    { key: 'state', title: t('state'), show: ({ state }) => <CatalogueState state={state} /> },
    {
      key: 'frequency',
      title: t('items.frequency'),
      isSpare: true,
      show: ({ frequency }) => frequency ?? '–',
    },
    { key: 'field', title: t('items.field'), isSpare: true, show: ({ field }) => t(`fields.${field}`) },
    { key: 'object', title: t('items.object'), isSpare: true, show: ({ object }) => object },
    {
      key: 'methods',
      title: t('items.methods'),
      isSpare: true,
      show: (item) => joined(item.methods.map(methods.nameOf)) || '–',
    },
    {
      key: 'levels',
      title: t('items.levels'),
      isSpare: true,
      show: ({ implementingLevels }) => levels(implementingLevels) || '–',
    },
    {
      key: 'bases',
      title: t('items.bases'),
      isSpare: true,
      show: ({ bases }) => joined(bases.map(citationLabel)) || '–',
    },
    {
      key: 'effective',
      title: t('items.effective_from'),
      isSpare: true,
      show: ({ effectiveFrom }) => day(effectiveFrom),
    },
  ]
}

/** Several proposed items decided at once, each as if it were opened. */
function useBulkDecisions(): readonly BulkAct<Item>[] {
  const { t } = useTranslation('catalogue')
  const send = (verb: ItemVerb) => (item: Item, reason: string) =>
    sendItemAct({ item, verb }, { reason }, { 'Idempotency-Key': newKey() })
  return [
    {
      key: 'approval',
      verb: t('items.verbs.approval'),
      says: (count) => t('items.bulk.approval', { count }),
      refused: ({ can }) => can.approve,
      act: send('approval'),
    },
    {
      key: 'rejection',
      verb: t('items.verbs.rejection'),
      says: (count) => t('items.bulk.rejection', { count }),
      refused: ({ can }) => can.reject,
      asks: t('reason'),
      act: send('rejection'),
      isDangerous: true,
    },
  ]
}
