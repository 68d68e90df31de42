// What a page shows while there is nothing to show: it loads, it is empty, it failed.

import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError, Reason, type Refused } from './problem.tsx'

/** Shows what a query brought; before that its skeleton, and on failure why and how to try again. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly children: (value: T) => ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  return <Loading />
}

/** Whether the server said that this is not for the person at the screen. */
export function isForbidden({ error, data }: UseQueryResult): boolean {
  return data === undefined && error instanceof ProblemError && error.status === 403
}

/** Grey lines, and a word for those who do not see them. */
export function Loading() {
  const { t } = useTranslation()
  return (
    <div role="status" className="loading">
      <span className="visually-hidden">{t('ui.loading')}</span>
      <Skeleton active paragraph={{ rows: 4 }} title={false} />
    </div>
  )
}

/** One calm sentence, and perhaps what to do. */
export function EmptyState({ sentence, action }: { readonly sentence: string; readonly action?: ReactNode }) {
  return (
    <div className="empty-state">
      <p>{sentence}</p>
      {action}
    </div>
  )
}

/** Why something failed, with the number under which the log has it. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const refused: Refused = error instanceof ProblemError ? error : { code: 'unexpected' }
  // Asking again would bring the same answer.
  const isFinal = error instanceof ProblemError && (error.status === 403 || error.status === 404)
  const requestId = error instanceof ProblemError ? error.requestId : undefined
  return (
    <Alert
      type={isFinal ? 'warning' : 'error'}
      showIcon
      className="failure"
      title={<Reason refused={refused} />}
      description={requestId ? <span className="fine">{t('ui.request_id', { requestId })}</span> : undefined}
      action={
        onRetry && !isFinal ? (
          <Button size="small" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        ) : undefined
      }
    />
  )
}
