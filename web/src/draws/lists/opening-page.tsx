import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useFormat } from '../../ui/format.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { Loaded } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draw, useDraw } from '../queries.ts'

const HOLDERS = ['authority', 'oversight'] as const

/** /draws/$id/opening: a list that did not open by itself at its time is opened by a person, on record. */
export function OpeningPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDraw(id)}>{(draw) => <Page draw={draw} />}</Loaded>
}

function Page({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { number, instant } = useFormat()
  const navigate = useNavigate()
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({})
  // Only where the server cannot read its own copies are the two asked who keep them.
  const isLost = draw.failure?.code === 'draw.secret_lost'
  const back = () => void navigate({ to: '/draws/$id', params: { id: draw.id } })
  const open = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/opening', {
          params: { path: { id: draw.id } },
          headers,
          body: isLost ? { secrets: HOLDERS.map((id) => ({ id, value: (secrets[id] ?? '').trim() })) } : {},
        }),
      ),
    { changes: [['draws']], onDone: back, says: 'done' },
  )
  return (
    <IrreversiblePage
      title={t('opening.title', { name: draw.task.name })}
      above={
        <Link to="/draws/$id" params={{ id: draw.id }}>
          {draw.name}
        </Link>
      }
      effects={[
        t('opening.list', { drawn: number(draw.drawn ?? 0) }),
        t('opening.secrets'),
        t('opening.due', { at: instant(draw.openAt) }),
      ]}
      seenBy={t('opening.seen_by')}
      afterwards={t('opening.afterwards')}
      verb={t('opening.verb')}
      refused={draw.can.open}
      isBusy={open.isPending}
      error={open.error}
      onConfirm={() => open.mutate(undefined)}
      onLeave={back}
    >
      {isLost ? (
        <Form layout="vertical">
          {HOLDERS.map((holder) => (
            <Form.Item
              key={holder}
              label={t(`opening.holders.${holder}`)}
              htmlFor={`secret-${holder}`}
              help={t('opening.secret_help')}
            >
              <Input.Password
                id={`secret-${holder}`}
                autoComplete="off"
                maxLength={64}
                value={secrets[holder] ?? ''}
                onChange={({ target }) => setSecrets({ ...secrets, [holder]: target.value })}
              />
            </Form.Item>
          ))}
        </Form>
      ) : null}
    </IrreversiblePage>
  )
}
