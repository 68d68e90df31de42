import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Failure } from '../../ui/notices.tsx'
import { QrCode } from '../../ui/qr.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import { PutOut } from './put-out.tsx'
import type { Ceremony, Room } from './queries.ts'

// What no other device can reach.
const LOCAL = /^(?:localhost|127\.|\[::1\])/

interface RoomPanelProps {
  readonly draw: Draw
  readonly ceremony: Ceremony
  readonly room: Room | undefined
}

/** How one comes in, who is in, and what each has added. */
export function RoomPanel({ draw, ceremony, room }: RoomPanelProps) {
  const { t } = useTranslation('draws')
  const code = ceremony.room?.endedAt === null ? ceremony.room.code : undefined
  return (
    <section className="ceremony-room" aria-labelledby="ceremony-room">
      <h2 id="ceremony-room">{t('ceremony.room')}</h2>
      {code === undefined ? (
        <Opening draw={draw} ceremony={ceremony} />
      ) : (
        <>
          <Entrance code={code} />
          <NewCode draw={draw} ceremony={ceremony} />
          <Observers room={room} />
          <PutOut draw={draw} ceremony={ceremony} room={room} />
        </>
      )}
    </section>
  )
}

function Opening({ draw, ceremony }: Omit<RoomPanelProps, 'room'>) {
  const { t } = useTranslation('draws')
  const open = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/room', { params: { path: { id: draw.id } }, headers })),
    { changes: [['draws']], says: 'done' },
  )
  return (
    <>
      <p>{t('ceremony.room_lead')}</p>
      {open.error ? <Failure error={open.error} /> : null}
      <ActButton
        type="primary"
        refused={ceremony.can.openRoom}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        {t('ceremony.open_room')}
      </ActButton>
    </>
  )
}

/** Where places were taken that nobody sits on, or a code went too far: the old one lets nobody in any more. */
function NewCode({ draw, ceremony }: Omit<RoomPanelProps, 'room'>) {
  const { t } = useTranslation('draws')
  const renew = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/room/code', { params: { path: { id: draw.id } }, headers })),
    { changes: [['draws']], says: 'done' },
  )
  return (
    <details>
      <summary>{t('ceremony.new_code')}</summary>
      <p>{t('ceremony.new_code_lead')}</p>
      {renew.error ? <Failure error={renew.error} /> : null}
      <ActButton refused={ceremony.can.renewCode} loading={renew.isPending} onClick={() => renew.mutate()}>
        {t('ceremony.make_new_code')}
      </ActButton>
    </details>
  )
}

function Entrance({ code }: { readonly code: string }) {
  const { t } = useTranslation('draws')
  const address = `${window.location.origin}/c/${code}`
  return (
    <div className="ceremony-entrance">
      <QrCode text={address} label={t('ceremony.qr', { address })} />
      <div>
        <p className="ceremony-code" aria-label={t('ceremony.code', { code: [...code].join(' ') })}>
          {code}
        </p>
        <p className="fine">{address}</p>
        {LOCAL.test(window.location.hostname) ? (
          <Alert type="warning" showIcon message={t('ceremony.local_address')} />
        ) : null}
        <p>
          <a href={`/c/${code}/stage`} target="_blank" rel="noreferrer">
            {t('ceremony.stage')}
          </a>
        </p>
      </div>
    </div>
  )
}

function Observers({ room }: { readonly room: Room | undefined }) {
  const { t } = useTranslation('draws')
  const roles = useCodes('observers')
  if (!room) return null
  const given = new Map(room.contributions.map((each) => [each.id, each]))
  if (room.observers.length === 0) return <p>{t('ceremony.nobody')}</p>
  return (
    <table className="ceremony-observers">
      <caption>
        {t('ceremony.counts', { observers: room.observers.length, contributions: room.contributions.length })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('ceremony.number')}</th>
          <th scope="col">{t('ceremony.who')}</th>
          <th scope="col">{t('ceremony.added')}</th>
        </tr>
      </thead>
      <tbody>
        {room.observers.map(({ number, role, name, contributed }) => {
          const added = contributed === null ? undefined : given.get(contributed)
          return (
            <tr key={number}>
              <td>{number}</td>
              <td>
                {role === 'OTHER' ? t('ceremony.other_role') : roles.nameOf(role)}
                {name === null ? null : <span className="fine"> {name}</span>}
              </td>
              <td>
                {added ? (added.note ?? added.value) : <span className="fine">{t('ceremony.silent')}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
