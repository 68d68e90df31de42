import { useTranslation } from 'react-i18next'
import { StateTag } from '../ui/state-tag.tsx'
import type { ListedDraw } from './queries.ts'

export const DRAW_STATES = [
  'freezing',
  'frozen',
  'committed',
  'closing',
  'closed',
  'drawing',
  'certified',
  'void',
  'discarded',
] as const
const KINDS = {
  freezing: 'notBegun',
  frozen: 'notBegun',
  committed: 'underWay',
  closing: 'underWay',
  closed: 'underWay',
  drawing: 'underWay',
  certified: 'done',
  void: 'refused',
  discarded: 'ended',
} as const

/** Where a draw stands; one that has no certificate in time is said to have none. */
export function DrawState({ draw }: { readonly draw: Pick<ListedDraw, 'state' | 'isWithheld'> }) {
  const { t } = useTranslation('draws')
  return draw.isWithheld ? (
    <StateTag kind="overdue" word={t('draws.withheld')} />
  ) : (
    <StateTag kind={KINDS[draw.state]} word={t(`draws.states.${draw.state}`)} />
  )
}
