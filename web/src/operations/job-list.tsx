import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { StateTag, type StateKind } from '../ui/state-tag.tsx'
import { type Job, useJobs } from './queries.ts'
import { useJobWord } from './job-word.ts'

/** Long work: what runs, how far it is, how it ended. It can be left and found again here. */
export function JobList() {
  const { t } = useTranslation('operations')
  const { instant } = useFormat()
  const { search, onCursor } = useListSearch()
  const word = useJobWord()
  return (
    <ListPage<Job>
      title={t('jobs.title')}
      lead={t('jobs.lead')}
      query={useJobs(search)}
      keyOf={({ id }) => id}
      empty={t('jobs.empty')}
      cursor={search['after']}
      onCursor={onCursor}
      columns={[
        {
          key: 'kind',
          title: t('jobs.kind'),
          isName: true,
          show: (job) => (
            <Link to="/operations/jobs/$id" params={{ id: job.id }}>
              {word(job.kind)}
            </Link>
          ),
        },
        { key: 'state', title: t('jobs.state'), show: (job) => <JobState state={job.state} /> },
        {
          key: 'done',
          title: t('jobs.done'),
          isNumber: true,
          show: ({ done, total }) =>
            total === null ? t('jobs.done_count', { done }) : t('jobs.done_of', { done, total }),
        },
        { key: 'created', title: t('jobs.created'), show: (job) => instant(job.createdAt) },
        { key: 'ended', title: t('jobs.ended'), show: (job) => instant(job.endedAt) },
      ]}
    />
  )
}

const KINDS: Readonly<Record<Job['state'], StateKind>> = {
  waiting: 'notBegun',
  running: 'underWay',
  done: 'done',
  failed: 'refused',
  cancelled: 'ended',
}

/** Where a job is. */
export function JobState({ state }: { readonly state: Job['state'] }) {
  const { t } = useTranslation('operations')
  return <StateTag kind={KINDS[state]} word={t(`jobs.states.${state}`)} />
}
