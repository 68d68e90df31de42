import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { type Duty, type Plan, useDuties } from './queries.ts'

/** The next legal day of a plan: how long still, by which rule. Nothing where nothing is owed, or another authority owes it. */
export function DutyClock({ plan }: { readonly plan: Plan }) {
  const duties = useDuties(plan.authority.id, plan.year)
  const open = duties.data?.items.find(
    ({ doneOn, planId, half }) => doneOn === null && planId === plan.id && half === plan.half,
  )
  return open && plan.state !== 'discarded' ? <DutyText duty={open} /> : null
}

/** 须于 6月30日前公布入库，还剩 12 个工作日. */
export function DutyText({ duty }: { readonly duty: Duty }) {
  const { t } = useTranslation('plans')
  const { t: ui } = useTranslation()
  const { day } = useFormat()
  const count = Math.abs(duty.workingDays ?? 0)
  const due = day(duty.dueOn)
  const word = duty.isLate
    ? ui(count > 0 ? 'clock.late' : 'clock.overdue', { due, count })
    : ui(count > 0 ? 'clock.left' : 'clock.due', { due, count })
  return (
    <span className="clock">
      <span>{t(`duties.${duty.kind}`)}</span>
      <StateTag kind={duty.isLate ? 'overdue' : 'underWay'} word={word} />
      {duty.citation ? <Citation law={duty.citation} /> : null}
    </span>
  )
}
