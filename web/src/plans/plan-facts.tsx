import { useTranslation } from 'react-i18next'
import { useJoined } from '../registers/catalogue/words.ts'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { StateTag } from '../ui/state-tag.tsx'
import { useWord } from '../ui/word.ts'
import { KindText } from './plan-list.tsx'
import type { Plan } from './queries.ts'

/** Who made the plan, who decided, when and where it was published, which warnings were answered. */
export function PlanFacts({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { day, instant } = useFormat()
  const joined = useJoined()
  const check = useWord('', 'problems')
  const by = (who: Plan['proposedBy'], at: string | null) =>
    who && at ? t('by_at', { who: who.name, at: instant(at) }) : null
  return (
    <div className="stack">
      <Facts
        facts={[
          { term: t('authority'), value: plan.authority.name },
          { term: t('kind'), value: <KindText plan={plan} /> },
          { term: t('field'), value: t(`fields.${plan.field}`) },
          { term: t('parties'), value: joined(plan.parties.map(({ name }) => name)) },
          { term: t('proposed'), value: by(plan.proposedBy, plan.proposedAt) },
          { term: t('decided'), value: by(plan.decidedBy, plan.decidedAt) },
          { term: t('decision_note'), value: plan.decisionNote },
          {
            term: t('published_on'),
            value: plan.publishedOn ? (
              <>
                {day(plan.publishedOn)} {plan.isLate ? <StateTag kind="overdue" word={t('late')} /> : null}
              </>
            ) : null,
          },
          { term: t('published_in'), value: plan.publishedIn },
          { term: t('library_due'), value: plan.libraryDueOn ? day(plan.libraryDueOn) : null },
          { term: t('end_reason'), value: plan.endReason },
        ].filter(({ value }) => value !== null)}
      />
      {plan.acknowledged.length > 0 ? (
        <section>
          <h2 className="section-title">{t('answers')}</h2>
          <ul>
            {plan.acknowledged.map(({ code, reason, lineId }, at) => (
              <li key={`${code}${lineId ?? ''}${at}`}>
                {t('answer', { check: check(`check.${code}`), reason })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
