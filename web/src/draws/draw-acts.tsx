import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useWrite } from '../use-write.ts'
import type { Draw } from './queries.ts'

/** The one act that is next, and beside it the way out. */
export function DrawActs({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  const params = { id: draw.id }
  const isUnderWay = draw.state === 'committed' || draw.state === 'closing' || draw.state === 'closed'
  return (
    <>
      {draw.state === 'frozen' ? (
        <ActButton
          type="primary"
          refused={draw.can.commit}
          onClick={() => void navigate({ to: '/draws/$id/commitment', params })}
        >
          {t('draws.acts.commit')}
        </ActButton>
      ) : null}
      {isUnderWay ? (
        <ActButton
          type="primary"
          refused={null}
          onClick={() => void navigate({ to: '/draws/$id/ceremony', params })}
        >
          {t('draws.acts.ceremony')}
        </ActButton>
      ) : null}
      {draw.state === 'closed' ? (
        <ActButton refused={draw.can.press} onClick={() => void navigate({ to: '/draws/$id/press', params })}>
          {t('draws.acts.press')}
        </ActButton>
      ) : null}
      {isUnderWay ? (
        <ActButton refused={draw.can.void} onClick={() => void navigate({ to: '/draws/$id/void', params })}>
          {t('draws.acts.void')}
        </ActButton>
      ) : null}
      <Discard draw={draw} />
    </>
  )
}

/** Gives up what was frozen and not committed. */
function Discard({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const send = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/discarding', { params: { path: { id: draw.id } }, headers })),
    { says: 'done' },
  )
  if (draw.state !== 'freezing' && draw.state !== 'frozen') return null
  return (
    <ActButton refused={draw.can.discard} loading={send.isPending} onClick={() => send.mutate()}>
      {t('draws.acts.discard')}
    </ActButton>
  )
}
