import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { itemLabel, type JointItem } from './queries.ts'
import { percent, useCodes, useJoined, useLevels } from './words.ts'

/** What a joint item says. */
export function JointFacts({ joint }: { readonly joint: JointItem }) {
  const { t } = useTranslation('catalogue')
  const { instant } = useFormat()
  const joined = useJoined()
  const levels = useLevels()
  const methods = useCodes('inspection-methods')
  const modes = useCodes('joint-modes')
  const amount = useAmount()
  const by = (who: JointItem['proposedBy'], at: string | null) =>
    who && at ? t('items.by_at', { who: who.name, at: instant(at) }) : null
  return (
    <div className="stack">
      <Facts
        facts={[
          { term: t('joint.lead_authority'), value: joint.leadAuthorityName },
          { term: t('joint.mode'), value: modes.nameOf(joint.mode) },
          { term: t('items.field'), value: t(`fields.${joint.field}`) },
          { term: t('joint.object'), value: joint.object },
          { term: t('joint.amount'), value: amount(joint) },
          {
            term: t('joint.months'),
            value: t('joint.month_range', { start: joint.startMonth, end: joint.endMonth }),
          },
          { term: t('items.methods'), value: joined(joint.methods.map(methods.nameOf)) },
          { term: t('items.levels'), value: levels(joint.implementingLevels) },
          { term: t('items.proposed'), value: by(joint.proposedBy, joint.proposedAt) },
          { term: t('items.decided'), value: by(joint.decidedBy, joint.decidedAt) },
          { term: t('items.decision_note'), value: joint.decisionNote },
          { term: t('items.end_reason'), value: joint.endReason },
        ].filter(({ value }) => value !== null)}
      />
      <section>
        <h2 className="section-title">{t('joint.focus')}</h2>
        <p className="as-written">{joint.focus}</p>
      </section>
      <section>
        <h2 className="section-title">{t('joint.parts')}</h2>
        <ul className="joint-parts">
          {joint.parts.map((part) => (
            <li key={part.authorityId}>
              <span className="row-name">{part.authorityName}</span>{' '}
              {part.isLead ? <span className="fine">{t('joint.lead_tag')}</span> : null}
              <Items items={part.items} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

/** The ratio, or the quantity. */
export function useAmount(): (joint: JointItem) => string {
  const { t } = useTranslation('catalogue')
  return ({ ratio, quantity }) =>
    ratio === null ? t('joint.households', { count: quantity ?? 0 }) : percent(ratio)
}

function Items({ items }: { readonly items: JointItem['parts'][number]['items'] }) {
  const { t } = useTranslation('catalogue')
  if (items.length === 0) return <p className="fine">{t('joint.no_items')}</p>
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>
          <Link to="/registers/items/$id" params={{ id: item.id }}>
            {itemLabel(item)}
          </Link>{' '}
          {item.usable ? null : <StateTag kind="refused" word={t('joint.not_usable')} />}
        </li>
      ))}
    </ul>
  )
}
