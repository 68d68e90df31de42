import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { todayInChina } from '../ui/format.ts'
import { IrreversiblePage } from '../ui/irreversible-page.tsx'
import { Loaded } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'
import { type Authority, useAuthority } from './queries.ts'

/** Closes an authority that was dissolved or merged: what it did stays, nothing new is done for it. */
export function ClosurePage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useAuthority(id)}>{(authority) => <Closure authority={authority} />}</Loaded>
}

function Closure({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const navigate = useNavigate()
  const [closedOn, setClosedOn] = useState(todayInChina())
  const leave = () => void navigate({ to: '/agencies/authorities/$id', params: { id: authority.id } })
  const close = useWrite(
    (body: Body<'/api/v1/authorities/{id}/closure'>, headers) =>
      answerOf(
        api.POST('/api/v1/authorities/{id}/closure', {
          params: { path: { id: authority.id } },
          body,
          headers,
        }),
      ),
    { onDone: leave },
  )
  return (
    <IrreversiblePage
      title={t('closure.title', { name: authority.name })}
      above={
        <Link to="/agencies/authorities/$id" params={{ id: authority.id }}>
          {authority.name}
        </Link>
      }
      effects={[t('closure.no_new'), t('closure.name_free'), t('closure.no_way_back')]}
      seenBy={t('closure.seen_by')}
      afterwards={t('closure.afterwards')}
      verb={t('authorities.close')}
      refused={authority.can.close}
      isBusy={close.isPending}
      error={close.error}
      onConfirm={() => close.mutate({ closedOn })}
      onLeave={leave}
    >
      <Form layout="vertical" className="entry-form">
        <Form.Item label={t('authorities.close_day')} htmlFor="closedOn">
          <DayInput
            id="closedOn"
            value={closedOn}
            isClearable={false}
            onChange={(day) => setClosedOn(day ?? todayInChina())}
          />
        </Form.Item>
      </Form>
    </IrreversiblePage>
  )
}
