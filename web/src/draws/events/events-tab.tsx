import { Link, useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Failure, Loaded } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import { type DrawEvent, type DrawRequest, type Events, useEvents } from './queries.ts'
import { RecusalForm } from './recusal-form.tsx'
import { SkipForm, SkipWarning } from './skip-form.tsx'

/** What happened after the certificate, which stays as it is: the list of today is the certificate's and these. */
export function EventsTab({ draw }: { readonly draw: Draw }) {
  return <Loaded query={useEvents(draw.id)}>{(events) => <Content draw={draw} events={events} />}</Loaded>
}

function Content({ draw, events }: { readonly draw: Draw; readonly events: Events }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'skip' | 'recusal' | undefined>()
  const close = () => setAsking(undefined)
  return (
    <>
      <p className="fine">{t('events.lead', { most: events.maxSkips ?? '–' })}</p>
      {draw.state === 'certified' ? (
        <p className="acts draw-acts">
          <ActButton refused={events.can.skip} onClick={() => setAsking('skip')}>
            {t('events.propose_skip')}
          </ActButton>
          <ActButton refused={events.can.request} onClick={() => setAsking('recusal')}>
            {t('events.recusal.title')}
          </ActButton>
          <Link to="/draws/replacements" search={{ show: 'all', draw: draw.id }}>
            {t('events.of_draw')}
          </Link>
        </p>
      ) : null}
      {events.events.length === 0 ? (
        <EmptyState sentence={t('events.none')} />
      ) : (
        <>
          {events.events.map(({ n, stale }) =>
            stale ? (
              <Alert
                key={n}
                className="draw-stale"
                type="error"
                showIcon
                title={<Reason refused={stale} />}
              />
            ) : null,
          )}
          <EventRows events={events.events} />
        </>
      )}
      {events.requests.length > 0 ? (
        <section aria-labelledby="draw-requests">
          <h2 id="draw-requests">{t('events.requests')}</h2>
          {events.requests.map((request) => (
            <Request key={request.id} request={request} mode={draw.mode} />
          ))}
        </section>
      ) : null}
      <SideForm title={t('events.propose_skip')} isOpen={asking === 'skip'} onClose={close}>
        <SkipForm draw={draw} onDone={close} />
      </SideForm>
      <SideForm title={t('events.recusal.title')} isOpen={asking === 'recusal'} onClose={close}>
        <RecusalForm
          draw={draw}
          onDone={(id) => {
            close()
            if (id !== undefined) void navigate({ to: '/draws/replacements/$id', params: { id } })
          }}
        />
      </SideForm>
    </>
  )
}

function EventRows({ events }: { readonly events: readonly DrawEvent[] }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const columns: readonly Column<DrawEvent>[] = [
    {
      key: 'what',
      title: t('events.what'),
      isName: true,
      show: (one) => (
        <>
          {one.n}. {t(`events.types.${one.type}`)}
        </>
      ),
    },
    {
      key: 'reason',
      title: t('events.reason'),
      show: ({ reason }) => (reason ? t(`events.reasons.${reason}` as never) : '–'),
    },
    { key: 'leaves', title: t('events.leaves'), show: (one) => <Who code={one.alias ?? one.code} /> },
    { key: 'enters', title: t('events.enters'), show: (one) => <Enters one={one} /> },
    {
      key: 'by',
      title: t('events.by_two'),
      show: ({ by, approvedBy }) => t('events.two', { by, approvedBy }),
    },
    { key: 'at', title: t('events.at'), show: ({ at }) => instant(at) },
    {
      key: 'hash',
      title: t('events.hash'),
      show: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}…</code>,
    },
  ]
  return <Rows items={events} columns={columns} keyOf={({ n }) => String(n)} />
}

function Who({ code }: { readonly code: string | null }) {
  if (code === null || code === '') return '–'
  return <code title={code}>{code.length > 20 ? `${code.slice(0, 8)}…` : code}</code>
}

function Enters({ one }: { readonly one: DrawEvent }) {
  const { t } = useTranslation('draws')
  if (one.type !== 'skip' && one.type !== 'substitute') return '–'
  if (one.stale) return t('events.unseen')
  if (one.entered === null) return t('events.waiting_for_source')
  return one.entered === '' ? t('events.nobody_left') : <Who code={one.entered} />
}

const TAGS = { proposed: 'underWay', approved: 'done', rejected: 'refused', withdrawn: 'ended' } as const

/** One proposal, with what may be done about it. */
function Request({ request, mode }: { readonly request: DrawRequest; readonly mode: Draw['mode'] }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const { id, can } = request
  const decide = useWrite(
    (verb: 'approval' | 'rejection' | 'withdrawal', headers) =>
      answerOf(api.POST(`/api/v1/draw-requests/{id}/${verb}`, { params: { path: { id } }, headers })),
    { changes: [['draws']], says: 'done' },
  )
  return (
    <section className="draw-request">
      <p>
        <StateTag kind={TAGS[request.state]} word={t(`events.request_states.${request.state}`)} />{' '}
        <strong>
          {t(`events.types.${request.kind}`)} {request.code}
        </strong>{' '}
        {t(`events.reasons.${request.reason}`)}
      </p>
      <p>{request.statement}</p>
      <p className="fine">
        {t('events.proposed_by', { who: request.proposedBy.name, at: instant(request.proposedAt) })}{' '}
        {request.decidedBy
          ? t('events.decided_by', { who: request.decidedBy.name, at: instant(request.decidedAt) })
          : null}{' '}
        <a href={`/api/v1/draw-requests/${id}/evidence`}>{t('events.read_evidence')}</a>
      </p>
      {request.state === 'proposed' && request.kind === 'skip' ? <SkipWarning mode={mode} /> : null}
      {request.state === 'proposed' ? (
        <p className="acts">
          <ActButton
            type="primary"
            refused={can.approve}
            loading={decide.isPending}
            onClick={() => decide.mutate('approval')}
          >
            {t('events.agree')}
          </ActButton>
          <ActButton refused={can.reject} onClick={() => decide.mutate('rejection')}>
            {t('events.disagree')}
          </ActButton>
          <ActButton refused={can.withdraw} onClick={() => decide.mutate('withdrawal')}>
            {t('events.take_back')}
          </ActButton>
        </p>
      ) : null}
      {decide.error ? <Failure error={decide.error} /> : null}
    </section>
  )
}
