import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Failure } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import type { Presses } from './queries.ts'

/** How far the draw is after the last press, and what stopped it. */
export function Machine({ draw, presses }: { readonly draw: Draw; readonly presses: Presses }) {
  const { t } = useTranslation('draws')
  const { job } = presses
  if (draw.state === 'certified') return <Alert type="success" showIcon title={t('drawing.certified')} />
  if (draw.state !== 'drawing') return null
  const isRunning = job?.state === 'waiting' || job?.state === 'running'
  return (
    <>
      {draw.failure ? <Alert type="error" showIcon title={<Reason refused={draw.failure} />} /> : null}
      {isRunning ? (
        <JobProgress
          doing={t(`drawing.steps.${stepOf(job.step)}`)}
          done={job.done}
          all={job.total ?? undefined}
          isRunning
        />
      ) : (
        <Resume draw={draw} presses={presses} />
      )}
      <p className="fine">{t('drawing.may_leave')}</p>
    </>
  )
}

const STEPS = ['witnesses', 'lists', 'drawing', 'rows', 'certified'] as const

function stepOf(step: string | null): (typeof STEPS)[number] {
  return STEPS.find((one) => one === step) ?? 'witnesses'
}

function Resume({ draw, presses }: { readonly draw: Draw; readonly presses: Presses }) {
  const { t } = useTranslation('draws')
  const send = useWrite<void, unknown>(
    (_, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/resumption', { params: { path: { id: draw.id } }, headers })),
    { changes: [['draws']] },
  )
  return (
    <>
      {send.error ? <Failure error={send.error} /> : null}
      <ActButton refused={presses.can.resume} loading={send.isPending} onClick={() => send.mutate()}>
        {t('drawing.resume')}
      </ActButton>
    </>
  )
}
