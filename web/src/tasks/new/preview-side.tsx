import { useTranslation } from 'react-i18next'
import { Failure, Loading } from '../../ui/notices.tsx'
import { ProblemError, Reason } from '../../ui/problem.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Figures } from '../figures.tsx'
import { type Scope, usePreview } from '../queries.ts'
import { useScopeSentence } from '../words.ts'
import { asPreview, bodyOf, type TaskValues } from './values.ts'

/** Beside the form: the scope as a sentence, the numbers as they are now, and everything that stands against them. */
export function PreviewSide({
  values,
  taskId,
}: {
  readonly values: TaskValues
  readonly taskId?: string | undefined
}) {
  const { t } = useTranslation('tasks')
  const body = bodyOf(values)
  const asked = asPreview(values, taskId)
  const preview = usePreview(asked)
  const sentence = useScopeSentence(body.scope as Scope | undefined)
  return (
    <aside className="new-task-side" aria-live="polite">
      <h2 className="section-head">{t('task.form.preview')}</h2>
      {sentence === '' ? null : <p>「{sentence}」</p>}
      {asked === undefined ? <p className="fine">{t('task.figures.none')}</p> : null}
      {preview.isError ? <Refusal error={preview.error} /> : null}
      {asked !== undefined && preview.isPending ? <Loading /> : null}
      {preview.data ? (
        <>
          <Figures figures={preview.data} />
          <h2 className="section-head">{t('task.form.against')}</h2>
          {preview.data.refusals.length === 0 ? (
            <StateTag kind="done" word={t('task.form.fine')} />
          ) : (
            <ul>
              {preview.data.refusals.map((refusal) =>
                refusal ? (
                  <li key={refusal.code}>
                    <Reason refused={refusal} />
                  </li>
                ) : null,
              )}
            </ul>
          )}
          <p className="fine">{t('task.form.counted_in', { ms: preview.data.ms })}</p>
        </>
      ) : null}
    </aside>
  )
}

/** While something is missing it is said, and is no failure. */
function Refusal({ error }: { readonly error: unknown }) {
  return error instanceof ProblemError && error.status < 500 ? (
    <p>
      <Reason refused={error} />
    </p>
  ) : (
    <Failure error={error} />
  )
}
