import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import type { Draw } from '../queries.ts'
import type { Ceremony } from './queries.ts'

/** Where everything is settled, the machine may be started; it chooses nothing any more. */
export function NextPanel({ draw, ceremony }: { readonly draw: Draw; readonly ceremony: Ceremony }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  if (draw.state !== 'closed') return null
  const isSettled = ceremony.sources.every(({ state }) => state === 'settled')
  return (
    <section aria-labelledby="ceremony-next">
      <h2 id="ceremony-next">{t('ceremony.next')}</h2>
      <p>{t(isSettled ? 'ceremony.all_settled' : 'ceremony.some_open')}</p>
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
