import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import type { Draw } from '../queries.ts'
import { inGroups } from './close-panel.tsx'
import { type Ceremony, useCeremony } from './queries.ts'
import { useSourceWords } from './source-words.ts'

/** What the room gave, as the draw's page keeps it. */
export function CeremonyTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const ceremony = useCeremony(draw.id)
  if (draw.commitHash === null) return <EmptyState sentence={t('ceremony.before_commit')} />
  return <Loaded query={ceremony}>{(run) => <Kept draw={draw} ceremony={run} />}</Loaded>
}

function Kept({ draw, ceremony }: { readonly draw: Draw; readonly ceremony: Ceremony }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const words = useSourceWords()
  const { room, close, sources } = ceremony
  const isVoid = draw.state === 'void'
  return (
    <>
      <Facts
        facts={[
          {
            term: t('ceremony.room'),
            value: room
              ? t(room.endedAt === null ? 'ceremony.room_open' : 'ceremony.room_ended', {
                  code: room.code,
                  at: instant(room.endedAt ?? room.openedAt),
                })
              : t('ceremony.no_room'),
          },
          {
            term: t('ceremony.close'),
            value: close
              ? `${t('ceremony.stopped', { at: instant(close.at), by: close.by ?? '' })} ${close.signedBy ? t('ceremony.close_signed', { by: close.signedBy }) : ''}`
              : null,
          },
          {
            term: t('ceremony.close_hash'),
            value: close ? <code className="ceremony-hash">{inGroups(close.hash)}</code> : null,
          },
          ...sources.map((source) => ({
            term: words.title(source),
            value:
              source.value === null ? (
                t(isVoid ? 'ceremony.never' : `ceremony.value_states.${source.state}`)
              ) : (
                <>
                  <code className="ceremony-hash">{words.value(source)}</code>{' '}
                  {t(`ceremony.value_states.${source.state}`)}
                </>
              ),
          })),
        ]}
      />
      {isVoid ? null : (
        <p>
          <Link to="/draws/$id/ceremony" params={{ id: draw.id }}>
            {t('ceremony.to_room')}
          </Link>
        </p>
      )}
    </>
  )
}
