import { useTranslation } from 'react-i18next'
import { StateTag, type StateKind } from '../../ui/state-tag.tsx'
import type { Participation } from './queries.ts'

const KINDS: Readonly<Record<Participation['state'], StateKind>> = {
  prepared: 'notBegun',
  invited: 'underWay',
  accepted: 'done',
  declined: 'refused',
  released: 'ended',
}

/** How an authority stands to an invitation; one whose day has passed is marked. */
export function AnswerState({
  state,
  isLate,
}: {
  readonly state: Participation['state']
  readonly isLate: boolean
}) {
  const { t } = useTranslation('tasks')
  const isOverdue = isLate && state === 'invited'
  const word = t(`consultation.states.${state}`)
  return (
    <StateTag
      kind={isOverdue ? 'overdue' : KINDS[state]}
      word={isLate && state !== 'released' ? t('consultation.late', { state: word }) : word}
    />
  )
}
