import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Badge, Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Row } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'
import { useWord } from '../ui/word.ts'

type Notification = Row<'/api/v1/notifications'>

/** What happened that concerns me; a pointer to where it stands. */
export function NotificationBell() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const notifications = useQuery({
    queryKey: ['notifications'],
    queryFn: () => answerOf(api.GET('/api/v1/notifications')),
    refetchInterval: 60_000,
  })
  const unread = notifications.data?.unread ?? 0
  return (
    <>
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread ? t('notifications.unread', { count: unread }) : t('notifications.title')}
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={t('notifications.title')} size={400}>
        <Loaded query={notifications}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState sentence={t('notifications.none')} />
            ) : (
              <ul className="notification-list">
                {items.map((item) => (
                  <NotificationRow key={item.id} item={item} onOpened={() => setOpen(false)} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Drawer>
    </>
  )
}

function NotificationRow({ item, onOpened }: { readonly item: Notification; readonly onOpened: () => void }) {
  const { instant } = useFormat()
  const navigate = useNavigate()
  const word = useWord('notifications.codes')
  const read = useWrite(
    () => answerOf(api.POST('/api/v1/notifications/{id}/reading', { params: { path: { id: item.id } } })),
    {
      changes: [['notifications']],
    },
  )
  const open = () => {
    if (!item.read) read.mutate(undefined)
    if (item.link) void navigate({ to: item.link })
    onOpened()
  }
  return (
    <li>
      <button type="button" className={item.read ? 'is-read' : 'is-unread'} onClick={open}>
        <span>{word(item.code, item.params)}</span>
        <span className="fine">{instant(item.at)}</span>
      </button>
    </li>
  )
}
