import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useJob } from '../../operations/queries.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Failure } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { useWord } from '../../ui/word.ts'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import { FindingsList } from './findings-list.tsx'
import { FrozenFigures } from './frozen-figures.tsx'
import { useFindings } from './queries.ts'

/** 冻结: how far it is; then what was frozen, and what stands in the way of a commitment. */
export function FreezeTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  if (draw.state === 'freezing') return <Freezing draw={draw} />
  return (
    <>
      {draw.state === 'discarded' && draw.failure ? (
        <Alert
          type="error"
          showIcon
          title={t('freeze.gone')}
          description={<Reason refused={{ code: draw.failure.code, params: draw.failure.params }} />}
        />
      ) : null}
      {draw.figures ? (
        <>
          <p className="fine">{t('freeze.as_of', { at: instant(draw.snapshotAt) })}</p>
          <Found draw={draw} />
          <FrozenFigures figures={draw.figures} />
        </>
      ) : null}
    </>
  )
}

function Found({ draw }: { readonly draw: Draw }) {
  const found = useFindings(draw.id, draw.version).data
  return found ? <FindingsList findings={found.findings} /> : null
}

function Freezing({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const doing = useWord('freeze.doing', 'draws')
  // The work of others shows no more than that it goes on.
  const job = useJob(draw.jobId ?? '').data
  const step = job?.state === 'waiting' ? 'waits' : (job?.step ?? 'freezing')
  const show = (count: number) => t('freeze.households', { count: number(count) as never })
  const stop = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/jobs/{id}/cancellation', {
          params: { path: { id: draw.jobId ?? '' } },
          headers,
        }),
      ),
    { changes: [['jobs'], ['draws']] },
  )
  return (
    <section className="panel" aria-live="off">
      <JobProgress doing={doing(step)} done={job?.done} all={job?.total ?? undefined} show={show} isRunning />
      <p className="fine">{t('freeze.may_leave')}</p>
      {job ? (
        <ActButton loading={stop.isPending} refused={job.can.cancel} onClick={() => stop.mutate(undefined)}>
          {t('freeze.stop')}
        </ActButton>
      ) : null}
      {stop.error ? <Failure error={stop.error} /> : null}
    </section>
  )
}
