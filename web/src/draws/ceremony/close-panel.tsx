import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Failure } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import type { Ceremony } from './queries.ts'

interface ClosePanelProps {
  readonly draw: Draw
  readonly ceremony: Ceremony
}

/** Contributions stop, preflight runs, the oversight authority signs the hash that it sees. */
export function ClosePanel({ draw, ceremony }: ClosePanelProps) {
  const { t } = useTranslation('draws')
  const { close, countersignature } = ceremony
  return (
    <section aria-labelledby="ceremony-close">
      <h2 id="ceremony-close">{t('ceremony.close')}</h2>
      {countersignature.needed ? <Countersignature draw={draw} ceremony={ceremony} /> : null}
      {close === null ? (
        <Begin draw={draw} ceremony={ceremony} />
      ) : (
        <Closing draw={draw} ceremony={ceremony} />
      )}
    </section>
  )
}

function Countersignature({ draw, ceremony }: ClosePanelProps) {
  const { t } = useTranslation('draws')
  const sign = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/countersignature', { params: { path: { id: draw.id } }, headers }),
      ),
    { changes: [['draws']], says: 'done' },
  )
  if (ceremony.countersignature.signed) return <p>{t('ceremony.countersigned')}</p>
  return (
    <>
      <p>{t('ceremony.countersignature_lead')}</p>
      {sign.error ? <Failure error={sign.error} /> : null}
      <ActButton refused={ceremony.can.countersign} loading={sign.isPending} onClick={() => sign.mutate()}>
        {t('ceremony.countersign')}
      </ActButton>
    </>
  )
}

function Begin({ draw, ceremony }: ClosePanelProps) {
  const { t } = useTranslation('draws')
  const begin = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/closing', { params: { path: { id: draw.id } }, headers })),
    { changes: [['draws']] },
  )
  return (
    <>
      <p>{t('ceremony.close_lead')}</p>
      {begin.error ? <Failure error={begin.error} /> : null}
      <ActButton
        type="primary"
        refused={ceremony.can.closing}
        loading={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {t('ceremony.begin_close')}
      </ActButton>
    </>
  )
}

function Closing({ draw, ceremony }: ClosePanelProps) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const { close, state } = ceremony
  if (!close) return null
  return (
    <>
      <p>
        {t('ceremony.stopped', { at: instant(close.at), by: close.by ?? '' })}{' '}
        {state === 'closing' ? null : t('ceremony.close_signed', { by: close.signedBy ?? '' })}
      </p>
      <p>
        {t('ceremony.close_hash')}
        <code className="ceremony-hash">{inGroups(close.hash)}</code>
      </p>
      {state === 'closing' ? (
        <>
          <Preflight close={close} />
          <SignClose draw={draw} ceremony={ceremony} hash={close.hash} />
        </>
      ) : null}
    </>
  )
}

function Preflight({ close }: { readonly close: NonNullable<Ceremony['close']> }) {
  const { t } = useTranslation('draws')
  if (close.preflight === 'running') return <JobProgress doing={t('ceremony.preflight_running')} isRunning />
  if (close.preflight === 'passed')
    return <Alert type="success" showIcon title={t('ceremony.preflight_passed')} />
  return (
    <Alert
      type="error"
      showIcon
      title={close.failure ? <Reason refused={close.failure} /> : t('ceremony.preflight_failed')}
    />
  )
}

function SignClose({ draw, ceremony, hash }: ClosePanelProps & { readonly hash: string }) {
  const { t } = useTranslation('draws')
  const params = { path: { id: draw.id } }
  const sign = useWrite<void, unknown>(
    (_, headers) => answerOf(api.POST('/api/v1/draws/{id}/close', { params, body: { hash }, headers })),
    { changes: [['draws']], says: 'done' },
  )
  const reopen = useWrite<void, unknown>(
    (_, headers) => answerOf(api.POST('/api/v1/draws/{id}/reopening', { params, headers })),
    { changes: [['draws']] },
  )
  const error = sign.error ?? reopen.error
  return (
    <>
      <p>{t('ceremony.sign_lead')}</p>
      {error ? <Failure error={error} /> : null}
      <div className="acts">
        <ActButton
          type="primary"
          refused={ceremony.can.close}
          loading={sign.isPending}
          onClick={() => sign.mutate()}
        >
          {t('ceremony.sign_close')}
        </ActButton>
        <ActButton refused={ceremony.can.reopen} loading={reopen.isPending} onClick={() => reopen.mutate()}>
          {t('ceremony.reopen')}
        </ActButton>
      </div>
    </>
  )
}

/** Sixteen groups of four: two people compare it aloud. */
export function inGroups(hash: string): string {
  return (hash.match(/.{4}/g) ?? []).join(' ')
}
