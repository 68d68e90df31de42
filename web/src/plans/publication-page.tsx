import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { IrreversiblePage } from '../ui/irreversible-page.tsx'
import { Loaded } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'
import { type Plan, PLAN_CHANGES, usePlan } from './queries.ts'

/** 公布: a plan becomes public and enters the library; from then on only amendments change it. */
export function PublicationPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={usePlan(id)}>{(plan) => <Publication plan={plan} />}</Loaded>
}

function Publication({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { day } = useFormat()
  const navigate = useNavigate()
  const [where, setWhere] = useState('')
  const leave = () => void navigate({ to: '/plans/$id', params: { id: plan.id } })
  const publish = useWrite(
    (publishedIn: string, headers) =>
      answerOf(
        api.POST('/api/v1/plans/{id}/publication', {
          params: { path: { id: plan.id } },
          body: publishedIn === '' ? {} : { publishedIn },
          headers,
        }),
      ),
    { changes: PLAN_CHANGES, onDone: leave, says: 'done' },
  )
  const due = plan.libraryDueOn
  return (
    <IrreversiblePage
      title={t('publication.title', { plan: plan.title })}
      above={
        <Link to="/plans/$id" params={{ id: plan.id }}>
          {plan.title}
        </Link>
      }
      effects={[
        t('publication.lines', { lines: plan.lines, joint: plan.jointLines }),
        t('publication.fixed'),
        t('publication.tasks'),
        ...(due === null
          ? []
          : [t(plan.isLate ? 'publication.late' : 'publication.in_time', { due: day(due) })]),
      ]}
      seenBy={t('publication.seen_by')}
      afterwards={t('publication.afterwards')}
      verb={t('verbs.publication')}
      refused={plan.can.publish}
      isBusy={publish.isPending}
      error={publish.error}
      onConfirm={() => publish.mutate(where.trim())}
      onLeave={leave}
    >
      <Form layout="vertical" className="entry-form">
        <Form.Item
          label={t(plan.placeNeeded ? 'publication.where' : 'publication.where_optional')}
          htmlFor="publishedIn"
        >
          <Input
            id="publishedIn"
            maxLength={300}
            value={where}
            autoComplete="off"
            onChange={(event) => setWhere(event.target.value)}
          />
        </Form.Item>
      </Form>
    </IrreversiblePage>
  )
}
