import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { BeaconEntry } from './beacon-entry.tsx'
import { OutsidersEntry } from './outsiders-entry.tsx'
import type { CeremonySource, Room } from './queries.ts'
import { useSourceWords } from './source-words.ts'
import { TypingEntry } from './typing-entry.tsx'

interface SourcePanelProps {
  readonly drawId: string
  readonly source: CeremonySource
  readonly room: Room | undefined
  readonly eventN?: number
}

/** One number that nobody could know: how it looks, who reads it, who signs. */
export function SourcePanel({ drawId, source, room, eventN = 0 }: SourcePanelProps) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const words = useSourceWords()
  const { state } = source
  return (
    <section aria-label={words.title(source)}>
      <h2>{words.title(source)}</h2>
      <p>
        <b>{t(`ceremony.value_states.${state}`)}</b>{' '}
        {state === 'waiting' ? t('ceremony.not_before', { at: instant(source.notBefore, 'second') }) : null}
      </p>
      <Differences source={source} />
      {source.value === null ? null : <p className="ceremony-value">{words.value(source)}</p>}
      {source.kind === 'drand' ? (
        state === 'settled' ? null : (
          <BeaconEntry drawId={drawId} source={source} eventN={eventN} />
        )
      ) : (
        <>
          {['waiting', 'typing', 'typedOnce', 'differed'].includes(state) ? (
            <TypingEntry key={source.attempt} drawId={drawId} source={source} eventN={eventN} />
          ) : null}
          {state === 'typed' || state === 'signing' ? (
            <OutsidersEntry drawId={drawId} source={source} room={room} eventN={eventN} />
          ) : null}
        </>
      )}
    </section>
  )
}

/** What two read differently stays to be seen by both, in red. */
function Differences({ source }: { readonly source: CeremonySource }) {
  const { t } = useTranslation('draws')
  return source.differences.map(({ attempt, readings }) => (
    <Alert
      key={attempt}
      type="error"
      showIcon
      title={t('ceremony.differed', { attempt })}
      description={
        <ul className="ceremony-readings">
          {readings.map(({ name, text }) => (
            <li key={name}>
              {name}：<code>{text}</code>
            </li>
          ))}
        </ul>
      }
    />
  ))
}
