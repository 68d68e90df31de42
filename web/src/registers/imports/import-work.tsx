import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { type Job, useJob } from '../../operations/queries.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Failure } from '../../ui/notices.tsx'
import { useWord } from '../../ui/word.ts'
import { useWrite } from '../../use-write.ts'
import { bytesText } from './figures.ts'
import type { RegisterImport } from './queries.ts'

/** The steps behind the reading of a file: each is one piece, and only their number says how far it is. */
const COMPARING = ['duplicates', 'known', 'compare', 'gone', 'names']

/** What the server does with the file now, and how far it is. The page can be left meanwhile. */
export function ImportWork({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const word = useWord('working', 'imports')
  const step = useWord('steps_of_work', 'imports')
  // The work of others shows no more than that it goes on.
  const job = useJob(one.jobId ?? '').data
  const doing = job?.state === 'waiting' ? t('waits') : job?.step ? step(job.step) : word(one.state)
  return (
    <section className="panel" aria-live="off">
      <JobProgress doing={doing} {...useAmounts(job)} isRunning />
      <p className="fine">{t('may_leave')}</p>
      {job ? <StopWork job={job} /> : null}
    </section>
  )
}

function useAmounts(job: Job | undefined) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  if (!job?.step) return {}
  const place = COMPARING.indexOf(job.step)
  if (place >= 0)
    return { done: place, all: COMPARING.length, show: (count: number) => t('step_count', { count }) }
  if (job.step === 'settle') return {}
  const show = job.step === 'read' ? bytesText : number
  return { done: job.done, all: job.total ?? undefined, show }
}

function StopWork({ job }: { readonly job: Job }) {
  const { t } = useTranslation('imports')
  const stop = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/jobs/{id}/cancellation', { params: { path: { id: job.id } }, headers })),
    { changes: [['jobs'], ['registerImports']] },
  )
  return (
    <>
      <ActButton loading={stop.isPending} refused={job.can.cancel} onClick={() => stop.mutate(undefined)}>
        {t('stop')}
      </ActButton>
      {stop.error ? <Failure error={stop.error} /> : null}
    </>
  )
}
