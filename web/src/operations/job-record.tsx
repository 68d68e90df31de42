import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { Failure, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useWrite } from '../use-write.ts'
import { JobState } from './job-list.tsx'
import { useJobWord } from './job-word.ts'
import { type Job, useJob } from './queries.ts'

/** One job: what it does now, how far, and at the end what came of it. */
export function JobRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useJob(id)}>{(job) => <Record job={job} />}</Loaded>
}

function Record({ job }: { readonly job: Job }) {
  const { t } = useTranslation('operations')
  const { instant } = useFormat()
  const word = useJobWord()
  const cancel = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/jobs/{id}/cancellation', { params: { path: { id: job.id } }, headers })),
    { changes: [['jobs']] },
  )
  const isRunning = job.state === 'running' || job.state === 'waiting'
  return (
    <article className="narrow">
      <PageHead
        title={word(job.kind)}
        above={<Link to="/operations/jobs">{t('jobs.title')}</Link>}
        beside={<JobState state={job.state} />}
        acts={
          isRunning ? (
            <ActButton
              loading={cancel.isPending}
              refused={job.can.cancel}
              onClick={() => cancel.mutate(undefined)}
            >
              {t('jobs.cancel')}
            </ActButton>
          ) : null
        }
      />
      {cancel.error ? <Failure error={cancel.error} /> : null}
      <JobProgress
        doing={word(job.step ?? job.kind)}
        done={job.done}
        all={job.total ?? undefined}
        isRunning={isRunning}
      />
      {job.failure ? <p role="alert">{t('jobs.failure', { message: job.failure.message })}</p> : null}
      <Facts
        facts={[
          { term: t('jobs.created'), value: instant(job.createdAt) },
          { term: t('jobs.started'), value: instant(job.startedAt) },
          { term: t('jobs.ended'), value: instant(job.endedAt) },
        ]}
      />
    </article>
  )
}
