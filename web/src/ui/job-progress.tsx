import { Progress } from 'antd'
import { useTranslation } from 'react-i18next'

interface JobProgressProps {
  /** What it is doing, as a phrase. */
  readonly doing: string
  /** Absent where it cannot be counted. */
  readonly done?: number | undefined
  /** Absent where nobody knows how much there is. */
  readonly all?: number | undefined
  /** How an amount is written, with its unit. */
  readonly show?: ((amount: number) => string) | undefined
  readonly isRunning: boolean
}

/** How far long work is; spoken politely by a screen reader, at most at each whole tenth. */
export function JobProgress({ doing, done = 0, all, show = String, isRunning }: JobProgressProps) {
  const { t } = useTranslation()
  const percent = all ? Math.floor((Math.min(done, all) / all) * 100) : 0
  const sentence = all
    ? t('ui.progress_of', { doing, done: show(done), all: show(all) })
    : done > 0
      ? t('ui.progress', { doing, done: show(done) })
      : doing
  return (
    <div className="job-progress">
      <Progress
        percent={percent}
        showInfo={Boolean(all)}
        status={isRunning ? 'active' : 'normal'}
        aria-label={doing}
      />
      <p>{sentence}</p>
      <p className="visually-hidden" role="status">
        {all ? t('ui.progress_spoken', { doing, percent: Math.floor(percent / 10) * 10 }) : doing}
      </p>
    </div>
  )
}
