import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { inGroups } from './close-panel.tsx'
import type { CeremonySource, Room } from './queries.ts'

interface OutsidersEntryProps {
  readonly drawId: string
  readonly source: CeremonySource
  readonly room: Room | undefined
  readonly eventN: number
}

/** Two of those in the room sign the record on their own devices; others are asked where a phone fails. */
export function OutsidersEntry({ drawId, source, room, eventN }: OutsidersEntryProps) {
  const { t } = useTranslation('draws')
  const roles = useCodes('observers')
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [isAnew, setAnew] = useState(false)
  const name = useWrite<readonly number[], unknown>(
    (observers, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/values/{source}/outsiders', {
          params: { path: { id: drawId, source: source.id } },
          body: { observers: [...observers], ...(eventN === 0 ? {} : { eventN }) },
          headers,
        }),
      ),
    { changes: [['draws']], says: 'done', onDone: () => setAnew(false) },
  )
  if (source.state === 'signing' && !isAnew)
    return (
      <>
        <p>
          {t('ceremony.record')}
          <code className="ceremony-hash">{inGroups(source.recordHash ?? '')}</code>
        </p>
        <ul>
          {source.by.map((mark) => (
            <li key={mark}>
              {t(source.signed.includes(mark) ? 'ceremony.has_signed' : 'ceremony.signs', {
                number: Number(mark.slice(1)),
              })}
            </li>
          ))}
        </ul>
        <ActButton refused={source.can.nameOutsiders} onClick={() => setAnew(true)}>
          {t('ceremony.name_others')}
        </ActButton>
      </>
    )
  const observers = room?.observers ?? []
  return (
    <>
      <p>{t('ceremony.outsiders_lead')}</p>
      {observers.length < 2 ? <p role="status">{t('ceremony.too_few')}</p> : null}
      <Checkbox.Group
        className="ceremony-choice"
        value={[...chosen]}
        onChange={(values) => setChosen(values as number[])}
        options={observers.map(({ number, role, name: called }) => ({
          value: number,
          label: t('ceremony.observer', {
            number,
            role: role === 'OTHER' ? t('ceremony.other_role') : roles.nameOf(role),
            name: called ?? '',
          }),
          disabled: chosen.length === 2 && !chosen.includes(number),
        }))}
      />
      {name.error ? <Failure error={name.error} /> : null}
      <div className="acts">
        <ActButton
          type="primary"
          refused={chosen.length === 2 ? source.can.nameOutsiders : { code: 'value.two_outsiders' }}
          loading={name.isPending}
          onClick={() => name.mutate(chosen)}
        >
          {t('ceremony.name_outsiders')}
        </ActButton>
      </div>
    </>
  )
}
