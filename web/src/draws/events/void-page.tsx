import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { Loaded } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draw, useDraw } from '../queries.ts'
import { ProofInput } from './proof-input.tsx'
import { type Events, useEvents } from './queries.ts'

/** /draws/$id/void: one proposes, the oversight decides, and everybody sees that it ended and why. */
export function VoidPage() {
  const { id = '' } = useParams({ strict: false })
  const draw = useDraw(id)
  const events = useEvents(id)
  return (
    <Loaded query={draw}>
      {(shown) => <Loaded query={events}>{(list) => <Page draw={shown} events={list} />}</Loaded>}
    </Loaded>
  )
}

function Page({ draw, events }: { readonly draw: Draw; readonly events: Events }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  const [statement, setStatement] = useState('')
  const [evidence, setEvidence] = useState<string>()
  // Before the close the lead may think better of it; after it only a value that never came ends a draw.
  const reason = draw.state === 'closed' ? 'beacon_absent' : 'cancelled'
  const isOpen = draw.state === 'committed' || draw.state === 'closing' || draw.state === 'closed'
  const back = () =>
    void navigate({ to: '/draws/$id', params: { id: draw.id }, search: { tab: 'events' } as never })
  const propose = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/requests', {
          params: { path: { id: draw.id } },
          headers,
          body: { kind: 'void', reason, statement, evidence: evidence ?? '' },
        }),
      ),
    { changes: [['draws']], onDone: back, says: 'proposed' },
  )
  return (
    <IrreversiblePage
      title={t('events.void.title', { name: draw.task.name })}
      above={
        <Link to="/draws/$id" params={{ id: draw.id }}>
          {draw.name}
        </Link>
      }
      effects={
        isOpen
          ? [t(`events.void.why.${reason}`), t('events.void.public'), t('events.void.number')]
          : [t('events.void.why.over')]
      }
      {...(isOpen ? { seenBy: t('events.void.seen_by'), afterwards: t('events.void.afterwards') } : {})}
      verb={t('events.void.verb')}
      refused={events.can.void}
      isBusy={propose.isPending}
      error={propose.error}
      onConfirm={() => propose.mutate(undefined)}
      onLeave={back}
    >
      {isOpen ? (
        <Form layout="vertical">
          <Form.Item label={t('events.statement')} htmlFor="void-statement">
            <Input.TextArea
              id="void-statement"
              rows={3}
              maxLength={1000}
              value={statement}
              onChange={(event) => setStatement(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('events.evidence')} htmlFor="void-evidence">
            <ProofInput
              id="void-evidence"
              {...(evidence === undefined ? {} : { value: evidence })}
              onChange={setEvidence}
            />
          </Form.Item>
        </Form>
      ) : null}
    </IrreversiblePage>
  )
}
