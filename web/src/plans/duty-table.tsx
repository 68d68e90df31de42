import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCodes } from '../registers/catalogue/words.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { type Duty, useDuties } from './queries.ts'

/** What an authority owes in a year: by when, by which words, and when it was done. */
export function DutyTable({
  authority,
  year,
}: {
  readonly authority: string | undefined
  readonly year?: number
}) {
  const { t } = useTranslation('plans')
  const duties = useDuties(authority, year)
  if (authority === undefined) return null
  return (
    <Loaded query={duties}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState sentence={t('duties.none')} />
        ) : (
          <ul className="duties">
            {items.map((duty, at) => (
              <li key={`${duty.law}${duty.dueOn}${duty.body ?? ''}${at}`}>
                <DutyLine duty={duty} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function DutyLine({ duty }: { readonly duty: Duty }) {
  const { t } = useTranslation('plans')
  const { t: ui } = useTranslation()
  const { day } = useFormat()
  const bodies = useCodes('bodies')
  const count = Math.abs(duty.workingDays ?? 0)
  const due = day(duty.dueOn)
  const late = duty.isLate ? (count > 0 ? t('filings.late_days', { count }) : t('late')) : t('duties.in_time')
  const word = duty.doneOn
    ? t('duties.done', { on: day(duty.doneOn), late })
    : duty.isLate
      ? ui(count > 0 ? 'clock.late' : 'clock.overdue', { due, count })
      : ui(count > 0 ? 'clock.left' : 'clock.due', { due, count })
  const kind = duty.isLate ? 'overdue' : duty.doneOn ? 'done' : 'underWay'
  return (
    <>
      <span className="row-name">
        {t(`duties.${duty.kind}`)}
        {duty.body ? t('duties.with', { body: bodies.nameOf(duty.body) }) : ''}
        {duty.half === null ? '' : t(`duties.half_${duty.half === 1 ? 'first' : 'second'}`)}
      </span>{' '}
      <StateTag kind={kind} word={word} /> {duty.receipt ? <span>{duty.receipt}</span> : null}{' '}
      {duty.planId ? (
        <Link to="/plans/$id" params={{ id: duty.planId }} search={{ tab: 'filings' }}>
          {t('duties.open_plan')}
        </Link>
      ) : null}
      {duty.citation ? <Citation law={duty.citation} /> : null}
    </>
  )
}
