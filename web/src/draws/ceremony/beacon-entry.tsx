import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import type { CeremonySource } from './queries.ts'

interface BeaconEntryProps {
  readonly drawId: string
  readonly source: CeremonySource
  readonly eventN: number
}

/** A beacon is fetched by the server; where it has no network, its signature is copied from a device that has. */
export function BeaconEntry({ drawId, source, eventN }: BeaconEntryProps) {
  const { t } = useTranslation('draws')
  const [signature, setSignature] = useState('')
  const give = useWrite<string, unknown>(
    (text, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/values/{source}/beacon', {
          params: { path: { id: drawId, source: source.id } },
          body: { signature: text, ...(eventN === 0 ? {} : { eventN }) },
          headers,
        }),
      ),
    { changes: [['draws']], says: 'saved' },
  )
  return (
    <details className="ceremony-entry">
      <summary>{t('ceremony.beacon_by_hand')}</summary>
      <p>{t('ceremony.beacon_lead', { round: source.round ?? 0 })}</p>
      <label htmlFor={`beacon-${source.id}`}>{t('ceremony.beacon_signature')}</label>
      <Input.TextArea
        id={`beacon-${source.id}`}
        className="ceremony-typing"
        rows={2}
        autoComplete="off"
        value={signature}
        onChange={({ target }) => setSignature(target.value)}
      />
      {give.error ? <Failure error={give.error} /> : null}
      <ActButton
        type="primary"
        refused={source.can.giveBeacon}
        loading={give.isPending}
        onClick={() => give.mutate(signature)}
      >
        {t('ceremony.give_beacon')}
      </ActButton>
    </details>
  )
}
