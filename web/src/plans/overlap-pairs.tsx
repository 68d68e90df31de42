import type { UseQueryResult } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
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
import { type Offer, type Overlap, type Overlaps, TABLE_CHANGES } from './table-queries.ts'

/** Pairs of tasks with the same subjects, those first by which most would be visited twice; each as one visit, where it may be. */
export function OverlapPairs({ query }: { readonly query: UseQueryResult<Overlaps> }) {
  const { t } = useTranslation('plans')
  const { number } = useFormat()
  const [made, setMade] = useState<{ readonly overlap: Overlap; readonly offer: Offer } | undefined>()
  const close = () => setMade(undefined)
  return (
    <Loaded query={query}>
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
              onMake={(offer) => setMade({ overlap, offer })}
            />
          ))}
          <SideForm
            title={made ? t(`overlaps.acts.${made.offer.act}`) : ''}
            isOpen={made !== undefined}
            onClose={close}
          >
            {made?.offer.act === 'merge' ? (
              <Merging planId={made.offer.planId} overlap={made.overlap} onDone={close} />
            ) : null}
            {made && made.offer.act !== 'merge' ? (
              <Joining overlap={made.overlap} offer={made.offer} onDone={close} />
            ) : null}
          </SideForm>
        </div>
      )}
    </Loaded>
  )
}

function Pair({ overlap, onMake }: { readonly overlap: Overlap; readonly onMake: (offer: Offer) => void }) {
  const { t } = useTranslation('plans')
  const { number } = useFormat()
  const { lines, hidden, subjects, expectedDouble, offers } = overlap
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
        {lines.map(({ id, planId, planTitle, number: at, taskName, authorityName, subjects: all }) => (
          <li key={id}>
            {authorityName}：
            <Link to="/plans/$id" params={{ id: planId }}>
              {t('consolidation.line', { number: at, name: taskName })}
            </Link>
            <span className="fine">
              {' '}
              {planTitle} · {t('consolidation.subjects', { count: all })}
            </span>
          </li>
        ))}
        {hidden > 0 ? <li className="fine">{t('consolidation.hidden')}</li> : null}
      </ul>
      {offers.length > 0 ? (
        <div className="acts">
          {offers.map((offer) => (
            <Button key={`${offer.act}${offer.lineId ?? ''}`} onClick={() => onMake(offer)}>
              {t(`overlaps.acts.${offer.act}`)}
              {offer.lineId !== null && offers.length > 1
                ? t('overlaps.of_line', { number: lines.find(({ id }) => id === offer.lineId)?.number })
                : ''}
            </Button>
          ))}
        </div>
      ) : hidden === 0 ? (
        <p className="fine">{t('overlaps.no_offer')}</p>
      ) : null}
    </div>
  )
}

/** A task of one's own takes in what the other authority does at the same subjects. */
function Joining({
  overlap,
  offer,
  onDone,
}: {
  readonly overlap: Overlap
  readonly offer: Offer
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const own = overlap.lines.find(({ id }) => id === offer.lineId)
  const other = overlap.lines.find(({ id }) => id !== offer.lineId)
  const join = useWrite(
    ({ reason }: { readonly reason: string }, headers) =>
      answerOf(
        api.POST('/api/v1/plan-lines/{id}/joining', {
          params: { path: { id: own?.id ?? '' } },
          body: { lineId: other?.id ?? '', reason },
          headers,
        }),
      ),
    {
      changes: TABLE_CHANGES,
      onDone: ({ planId }) => {
        onDone()
        void navigate({
          to: '/plans/$id',
          params: { id: planId },
          search: offer.act === 'amend' ? { tab: 'amendments' } : { tab: 'lines', line: own?.id ?? '' },
        })
      },
      says: 'done',
    },
  )
  return (
    <EntryForm<{ readonly reason: string }>
      verb={t(`overlaps.acts.${offer.act}`)}
      initial={{ reason: t('overlaps.reason', { subjects: overlap.subjects }) }}
      isBusy={join.isPending}
      error={join.error}
      onSubmit={(values) => join.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">
        {t(`overlaps.effects.${offer.act as 'join' | 'amend'}`, {
          own: own?.taskName,
          other: other?.taskName,
          authority: other?.authorityName,
        })}
      </p>
      <Field name="reason" label={t('reason')}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Field>
    </EntryForm>
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
    { changes: TABLE_CHANGES, onDone, says: 'done' },
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
