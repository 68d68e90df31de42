import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { ChecklistTab } from './checklist-tab.tsx'
import { type AskedItem, ItemAct, type ItemVerb } from './item-act.tsx'
import { CatalogueState, ItemFacts } from './item-facts.tsx'
import { ItemForm } from './item-form.tsx'
import { type Item, useItem } from './queries.ts'

/** One inspection item: what it says, its checklists, what was done to it. */
export function ItemRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useItem(id)}>{(item) => <Record item={item} />}</Loaded>
}

/** Taking back is offered to the proposer alone. */
const actsOf = ({ state, can }: Item) =>
  ACTS[state].filter(([verb]) => verb !== 'withdrawal' || can.withdraw === null)

/** The next act first, then what else can be done in each state. */
const ACTS: Readonly<Record<Item['state'], readonly (readonly [verb: ItemVerb, can: keyof Item['can']])[]>> =
  {
    draft: [
      ['proposal', 'propose'],
      ['discarding', 'discard'],
    ],
    proposed: [
      ['approval', 'approve'],
      ['rejection', 'reject'],
      ['withdrawal', 'withdraw'],
    ],
    effective: [
      ['revision', 'revise'],
      ['ending', 'end'],
    ],
    ended: [],
    discarded: [],
  }
const STEPS = ['draft', 'proposed', 'effective'] as const

function Record({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [asked, setAsked] = useState<AskedItem | undefined>()
  const [isEditing, setEditing] = useState(false)
  const leave = () => setEditing(false)
  const isOver = item.state === 'ended' || item.state === 'discarded'
  return (
    <>
      <RecordPage
        title={item.subItem ? `${item.name}：${item.subItem}` : item.name}
        above={<Link to="/registers/items">{t('items.title')}</Link>}
        state={<CatalogueState state={item.state} />}
        {...(item.state === 'discarded'
          ? {}
          : {
              steps: {
                names: [...STEPS.map((step) => t(`steps.${step}`)), ...(isOver ? [t('steps.ended')] : [])],
                current: isOver ? STEPS.length : STEPS.indexOf(item.state as (typeof STEPS)[number]),
              },
            })}
        acts={
          <>
            {item.state === 'draft' ? (
              <ActButton refused={item.can.edit} onClick={() => setEditing(true)}>
                {t('edit')}
              </ActButton>
            ) : null}
            {actsOf(item).map(([verb, can], at) => (
              <ActButton
                key={verb}
                type={at === 0 ? 'primary' : 'default'}
                refused={item.can[can]}
                onClick={() => setAsked({ item, verb })}
              >
                {t(`items.verbs.${verb}`)}
              </ActButton>
            ))}
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <ItemFacts item={item} /> },
          { key: 'checklists', label: t('tabs.checklists'), content: <ChecklistTab item={item} /> },
          ...traces('item', item.id),
        ]}
      />
      <ItemAct asked={asked} onClose={() => setAsked(undefined)} />
      <SideForm title={t('edit')} isOpen={isEditing} onClose={leave}>
        <ItemForm item={item} onDone={leave} />
      </SideForm>
    </>
  )
}
