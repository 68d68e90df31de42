import { Link } from '@tanstack/react-router'
import { Button, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { useLine } from './queries.ts'
import { type Overlap, TABLE_CHANGES, useOverlaps } from './table-queries.ts'

/** Pairs of tasks with the same subjects, those first by which most would be visited twice; where it may be, to be merged. */
export function OverlapPairs({ planId }: { readonly planId: string }) {
  const { t } = useTranslation('plans')
  const { number } = useFormat()
  const [merged, setMerged] = useState<Overlap | undefined>()
  return (
    <Loaded query={useOverlaps(planId)}>
      {({ items, about }) => (
        <div className="stack">
          {items.length === 0 ? (
            <EmptyState sentence={t('consolidation.no_overlaps')} />
          ) : (
            <p className="fine">
              {about.expectedDouble < 1
                ? t('consolidation.pairs_less', { count: about.pairs })
                : t('consolidation.pairs', {
                    count: about.pairs,
                    double: number(Math.round(about.expectedDouble)),
                  })}
            </p>
          )}
          {items.map((overlap, at) => (
            <Pair
              key={`${overlap.lines.map(({ id }) => id).join()}${at}`}
              overlap={overlap}
              onMerge={() => setMerged(overlap)}
            />
          ))}
          <SideForm
            title={t('consolidation.merge')}
            isOpen={merged !== undefined}
            onClose={() => setMerged(undefined)}
          >
            {merged ? <Merging planId={planId} overlap={merged} onDone={() => setMerged(undefined)} /> : null}
          </SideForm>
        </div>
      )}
    </Loaded>
  )
}

function Pair({ overlap, onMerge }: { readonly overlap: Overlap; readonly onMerge: () => void }) {
  const { t } = useTranslation('plans')
  const { number } = useFormat()
  const { lines, hidden, subjects, expectedDouble, offer } = overlap
  return (
    <div className="panel stack">
      <p>
        <strong>
          {expectedDouble < 1
            ? t('consolidation.said_less', { subjects: number(subjects) })
            : t('consolidation.said', { subjects: number(subjects), double: number(expectedDouble) })}
        </strong>
      </p>
      <ul>
        {lines.map(({ id, planId, number: at, taskName, authorityName, subjects: all }) => (
          <li key={id}>
            {authorityName}：
            <Link to="/plans/$id" params={{ id: planId }}>
              {t('consolidation.line', { number: at, name: taskName })}
            </Link>
            <span className="fine"> {t('consolidation.subjects', { count: all })}</span>
          </li>
        ))}
        {hidden > 0 ? <li className="fine">{t('consolidation.hidden')}</li> : null}
      </ul>
      {offer === 'merge' ? (
        <p>
          <Button onClick={onMerge}>{t('consolidation.merge')}</Button>
        </p>
      ) : null}
    </div>
  )
}

interface Values {
  readonly taskName: string
  readonly lead: string
  readonly ratio: number
}

interface MergingProps {
  readonly planId: string
  readonly overlap: Overlap
  readonly onDone: () => void
}

function Merging({ planId, overlap, onDone }: MergingProps) {
  const { t } = useTranslation('plans')
  const [first, second] = [useLine(overlap.lines[0]?.id ?? ''), useLine(overlap.lines[1]?.id ?? '')]
  const merge = useWrite(
    ({ taskName, lead, ratio }: Values, headers) =>
      answerOf(
        api.POST('/api/v1/plans/{id}/merges', {
          params: { path: { id: planId } },
          body: {
            lineIds: overlap.lines.map(({ id }) => id),
            taskName,
            leadAuthorityId: lead,
            ratio: Math.round(ratio * 100),
          },
          headers,
        }),
      ),
    { changes: TABLE_CHANGES, onDone },
  )
  return (
    <Loaded query={first}>
      {(one) => (
        <Loaded query={second}>
          {(other) => (
            <EntryForm<Values>
              verb={t('consolidation.merge')}
              initial={{
                taskName: `${one.taskName}、${other.taskName}`.slice(0, 200),
                lead: one.lead.id,
                ratio: Math.max(one.ratio ?? 0, other.ratio ?? 0, 1) / 100,
              }}
              isBusy={merge.isPending}
              error={merge.error}
              onSubmit={(values) => merge.mutate(values)}
              onLeave={onDone}
            >
              <p className="form-lead">{t('consolidation.merge_lead')}</p>
              <Field name="taskName" label={t('lines.task_name')}>
                <Input maxLength={200} />
              </Field>
              <Field name="lead" label={t('lines.lead')}>
                <Radio.Group
                  options={[one.lead, other.lead].map(({ id, name }) => ({ value: id, label: name }))}
                />
              </Field>
              <Field name="ratio" label={t('consolidation.ratio')}>
                <InputNumber min={0.01} max={100} step={0.5} suffix="%" />
              </Field>
            </EntryForm>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
