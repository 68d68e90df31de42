import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import type { Draw } from '../queries.ts'
import type { Ceremony, Room } from './queries.ts'

interface NextPanelProps {
  readonly draw: Draw
  readonly ceremony: Ceremony
  readonly room: Room | undefined
}

/** Where everything is settled, the machine may be started; it chooses nothing any more. */
export function NextPanel({ draw, ceremony, room }: NextPanelProps) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  if (draw.state !== 'closed') return null
  const missing = (room?.presses ?? []).filter(({ done }) => !done).map(({ authority }) => authority)
  const isSettled = ceremony.sources.every(({ state }) => state === 'settled')
  return (
    <section aria-labelledby="ceremony-next">
      <h2 id="ceremony-next">{t('ceremony.next')}</h2>
      <p>{t(isSettled ? 'ceremony.all_settled' : 'ceremony.some_open')}</p>
      {isSettled && missing.length > 0 ? (
        <p>{t('ceremony.presses_missing', { names: missing.join(t('freeze.comma')) })}</p>
      ) : null}
      {isSettled ? (
        <ActButton
          type="primary"
          refused={draw.can.press}
          onClick={() => void navigate({ to: '/draws/$id/press', params: { id: draw.id } })}
        >
          {t('ceremony.to_press')}
        </ActButton>
      ) : null}
    </section>
  )
}
