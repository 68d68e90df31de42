import { useTranslation } from 'react-i18next'
import { useParameter } from '../../law/queries.ts'
import { useFormat } from '../../ui/format.ts'
import { Reason } from '../../ui/problem.tsx'
import { StateTag, type StateKind } from '../../ui/state-tag.tsx'
import type { Inspector } from './queries.ts'

const STATES: Readonly<Record<Inspector['state'], StateKind>> = {
  active: 'done',
  onLeave: 'underWay',
  suspended: 'refused',
  left: 'ended',
}

/** Whether an inspector is in office today. */
export function InspectorState({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  const { state, leaveUntil, endedOn } = inspector
  const word =
    state === 'onLeave'
      ? t('leave_until', { until: day(leaveUntil) })
      : state === 'left'
        ? t('left_on', { on: day(endedOn) })
        : t(`states.${state}`)
  return <StateTag kind={STATES[state]} word={word} />
}

const WARRANTS: Readonly<Record<Inspector['warrantState'], StateKind>> = {
  none: 'refused',
  notYet: 'notBegun',
  valid: 'done',
  expiring: 'soon',
  expired: 'overdue',
}

/** How the warrant stands today, with its last day. */
export function WarrantState({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  const { warrantState, warrantUntil } = inspector
  return (
    <span className="acts">
      <StateTag kind={WARRANTS[warrantState]} word={t(`warrants.${warrantState}`)} />
      {warrantUntil ? <span className="fine">{t('until', { until: day(warrantUntil) })}</span> : null}
    </span>
  )
}

/** Whether an inspector would be drawn today, and why not, with the law. */
export function DrawState({ inspector: { whyNotDraw, divisionCode } }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const key = whyNotDraw?.law?.key ?? ''
  const rule = useParameter(key, { division: key === '' ? '' : divisionCode })
  const citation = rule.data?.inForce?.source.citation
  if (!whyNotDraw) return <StateTag kind="done" word={t('draw_yes')} />
  return (
    <>
      <StateTag kind="refused" word={t('draw_no')} />
      <div className="fine">
        <Reason refused={{ ...whyNotDraw, law: citation ? { key, citation } : undefined }} />
      </div>
    </>
  )
}
