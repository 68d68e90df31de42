import { Alert, Input, Modal } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkAct } from './bulk-bar.tsx'
import { JobProgress } from './job-progress.tsx'
import { ProblemError, Reason, type Refused } from './problem.tsx'
import { proveAgain } from './prove-again.ts'

interface BulkDialogProps<Item> {
  readonly act: BulkAct<Item>
  readonly items: readonly Item[]
  readonly nameOf: (item: Item) => ReactNode
  /** `isDone`: whether anything was tried. */
  readonly onClose: (isDone: boolean) => void
}

interface Failed<Item> {
  readonly item: Item
  readonly why: Refused
}

interface Course<Item> {
  readonly done: number
  readonly failed: readonly Failed<Item>[]
  readonly isRunning: boolean
}

/** Before the act: to how many, and whom not. While it runs: how far. After it: what came of it. */
export function BulkDialog<Item>({ act, items, nameOf, onClose }: BulkDialogProps<Item>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const left = items.flatMap((item) => {
    const why = act.refused?.(item)
    return why ? [{ item, why }] : []
  })
  const able = items.filter((item) => !left.some((each) => each.item === item))
  const { course, start, stop } = useCourse(act, able)
  const isReady = able.length > 0 && (!act.asks || reason.trim().length > 1)
  const isOver = course !== undefined && !course.isRunning
  return (
    <Modal
      open
      title={act.verb}
      className="bulk-dialog"
      mask={{ closable: false }}
      onCancel={() => (course?.isRunning ? stop() : onClose(course !== undefined))}
      okText={isOver ? t('ui.close') : t('ui.bulk.do', { verb: act.verb, count: able.length })}
      okButtonProps={{
        danger: act.isDangerous === true && !isOver,
        disabled: !isOver && !isReady,
        loading: course?.isRunning ?? false,
      }}
      cancelText={t(course?.isRunning ? 'ui.bulk.stop' : 'ui.cancel')}
      cancelButtonProps={{ hidden: isOver }}
      onOk={() => (isOver ? onClose(true) : void start(reason.trim()))}
    >
      {course ? (
        <Report act={act} course={course} all={able.length} nameOf={nameOf} />
      ) : (
        <>
          <p>{act.says(able.length)}</p>
          <LeftOut left={left} nameOf={nameOf} />
          {act.asks ? (
            <label className="bulk-reason">
              {act.asks}
              <Input.TextArea
                rows={2}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </label>
          ) : null}
        </>
      )}
    </Modal>
  )
}

function LeftOut<Item>({ left, nameOf }: { readonly left: readonly Failed<Item>[] } & Naming<Item>) {
  const { t } = useTranslation()
  if (left.length === 0) return null
  return (
    <Alert
      type="warning"
      title={t('ui.bulk.left_out', { count: left.length })}
      description={<FailedList failed={left} nameOf={nameOf} />}
    />
  )
}

interface Naming<Item> {
  readonly nameOf: (item: Item) => ReactNode
}

interface ReportProps<Item> extends Naming<Item> {
  readonly act: BulkAct<Item>
  readonly course: Course<Item>
  readonly all: number
}

function Report<Item>({ act, course: { done, failed, isRunning }, all, nameOf }: ReportProps<Item>) {
  const { t } = useTranslation()
  if (isRunning)
    return <JobProgress doing={act.verb} done={done + failed.length} all={all} isRunning={isRunning} />
  const untouched = all - done - failed.length
  return (
    <div role="status">
      <p>{t('ui.bulk.done', { count: done })}</p>
      {untouched > 0 ? <p>{t('ui.bulk.untouched', { count: untouched })}</p> : null}
      {failed.length > 0 ? (
        <Alert
          type="error"
          title={t('ui.bulk.failed', { count: failed.length })}
          description={<FailedList failed={failed} nameOf={nameOf} />}
        />
      ) : null}
    </div>
  )
}

function FailedList<Item>({ failed, nameOf }: { readonly failed: readonly Failed<Item>[] } & Naming<Item>) {
  return (
    <ul className="bulk-failed">
      {failed.map(({ item, why }, at) => (
        <li key={at}>
          {nameOf(item)} <Reason refused={why} />
        </li>
      ))}
    </ul>
  )
}

/** Does the act to one after the other. What is done stays done when it is stopped. */
function useCourse<Item>(act: BulkAct<Item>, items: readonly Item[]) {
  const [course, setCourse] = useState<Course<Item> | undefined>()
  const isStopped = useRef(false)
  const start = async (reason: string): Promise<void> => {
    let now: Course<Item> = { done: 0, failed: [], isRunning: true }
    setCourse(now)
    for (const item of items) {
      if (isStopped.current) break
      const why = await tried(() => act.act(item, reason))
      now = why ? { ...now, failed: [...now.failed, { item, why }] } : { ...now, done: now.done + 1 }
      setCourse(now)
    }
    setCourse({ ...now, isRunning: false })
  }
  return { course, start, stop: () => void (isStopped.current = true) }
}

/** Why it did not work; nothing where it did. Where the server wants the password again, it is asked for once. */
async function tried(send: () => Promise<unknown>): Promise<Refused | undefined> {
  try {
    await send()
    return undefined
  } catch (error) {
    if (!(error instanceof ProblemError)) return { code: 'unexpected' }
    if (error.code !== 'reauthentication_needed' || !(await proveAgain())) return error
    return tried(send)
  }
}
