import { useTranslation } from 'react-i18next'
import { itemLabel } from '../registers/catalogue/queries.ts'
import { useJoined } from '../registers/catalogue/words.ts'
import { Facts } from '../ui/facts.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import type { Line } from './queries.ts'
import { useAmount, useFrequency, useLevels, useLineCodes, usePeriod, ScopeText } from './words.tsx'

/** A line of a plan in full: what is drawn, from whom, by whom, when and how. */
export function LineFacts({ line }: { readonly line: Line }) {
  const { t } = useTranslation('plans')
  const joined = useJoined()
  const amount = useAmount()
  const frequency = useFrequency()
  const levels = useLevels()
  const period = usePeriod()
  const { modes, methods } = useLineCodes()
  return (
    <div className="stack">
      {line.unmatched ? (
        <p>
          <StateTag kind="soon" word={t('lines.unmatched')} /> {line.unmatched}
        </p>
      ) : null}
      <Facts
        facts={[
          { term: t('lines.code'), value: line.code },
          {
            term: t('lines.draw_type'),
            value: `${t(`draw_types.${line.drawType}`)} · ${t(`tiers.${line.tier}`)}`,
          },
          { term: t('field'), value: t(`fields.${line.field}`) },
          { term: t('lines.object'), value: line.object },
          { term: t('lines.scope'), value: <ScopeText scope={line.scope} /> },
          { term: t('lines.amount'), value: amount(line) },
          { term: t('lines.frequency'), value: frequency(line) },
          { term: t('lines.period'), value: period(line) },
          { term: t('lines.mode'), value: line.mode === null ? t('lines.alone') : modes.nameOf(line.mode) },
          { term: t('lines.methods'), value: joined(line.methods.map(methods.nameOf)) || null },
          { term: t('lines.levels'), value: levels(line) },
          { term: t('lines.guided_by'), value: line.guidedBy },
          { term: t('lines.unit'), value: line.unit },
          { term: t('lines.cross_region'), value: line.crossRegion ? t('lines.yes') : null },
          { term: t('lines.requirement'), value: line.requirement },
          { term: t('lines.remark'), value: line.remark },
        ].filter(({ value }) => value !== null)}
      />
      {line.content ? (
        <section>
          <h2 className="section-title">{t('lines.content')}</h2>
          <p className="as-written">{line.content}</p>
        </section>
      ) : null}
      <section>
        <h2 className="section-title">{t('lines.parts')}</h2>
        <ul className="joint-parts">
          {line.parts.map((part) => (
            <li key={part.authorityId}>
              <span className="row-name">{part.authorityName}</span>{' '}
              {part.isLead ? <span className="fine">{t('lines.lead')}</span> : null}
              {part.items.length === 0 ? (
                <p className="fine">{t('lines.no_items')}</p>
              ) : (
                <ul>
                  {part.items.map((item) => (
                    <li key={item.id}>{itemLabel({ ...item, subItem: null })}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
