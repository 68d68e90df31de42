// What is written of a visit: declared, confirmed by another, taken back.

import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAuthority } from '../../agencies/queries.ts'
import { answerOf, api, type Body } from '../../api.ts'
import { useMe } from '../../me.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { findSubjects } from '../../registers/subjects/queries.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Facts } from '../../ui/facts.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { EvidenceInput } from '../evidence-input.tsx'
import type { Visit } from '../queries.ts'
import { LEVELS } from '../words.ts'

type Values = Body<'/api/v1/visits'>

/** A visit that was made without a task, with what shows it, in one's own authority's name. */
export function VisitForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const acting = useMe().data?.acting
  const authorityId = acting?.authorityId ?? ''
  const own = useAuthority(authorityId).data?.name ?? ''
  const grounds = useCodes('frequency-exemptions')
  const save = useWrite<Values, unknown>(
    (body, headers) => answerOf(api.POST('/api/v1/visits', { body, headers })),
    { changes: [['visits'], ['task-previews']], onDone, says: 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t('visits.new')}
      initial={{
        onDay: todayInChina(),
        level: 'county',
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ ...values, authorityId })}
      onLeave={onDone}
    >
      <p className="form-lead">{t('visits.own_name', { authority: own })}</p>
      <Field name="subjectId" label={t('visits.subject')}>
        <RemotePicker about={['subjects']} find={findSubjects} />
      </Field>
      <Field name="onDay" label={t('visits.day')}>
        <DayInput isClearable={false} />
      </Field>
      <Field name="level" label={t('visits.level')}>
        <Select options={LEVELS.map((value) => ({ value, label: t(`task.levels.${value}`) }))} />
      </Field>
      <Field name="evidenceId" label={t('visits.evidence_file')} help={t('visits.evidence_file_help')}>
        <EvidenceInput purpose="visit" />
      </Field>
      <Field name="exemptionGround" label={t('visits.ground')} help={t('visits.ground_help')} isOptional>
        <Select options={[...grounds.choices]} allowClear />
      </Field>
      <Field name="evidence" label={t('visits.evidence')} isOptional>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}

/** What was declared in error counts no longer. */
export function WithdrawalForm({ visit, onDone }: { readonly visit: Visit; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const take = useWrite<{ readonly reason: string }, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/visits/{division}/{id}/withdrawal', {
          params: { path: { division: visit.divisionCode, id: visit.id } },
          body,
          headers,
        }),
      ),
    { changes: [['visits'], ['task-previews']], onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly reason: string }>
      verb={t('visits.withdraw')}
      isBusy={take.isPending}
      error={take.error}
      onSubmit={(values) => take.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{visit.subjectName}</p>
      <Field name="reason" label={t('visits.withdraw_reason')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}

/** A second person of the authority has looked at what shows the visit. */
export function ConfirmationForm({ visit, onDone }: { readonly visit: Visit; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const { day } = useFormat()
  const { divisionCode: division, id } = visit
  const confirm = useWrite<object, unknown>(
    (_, headers) =>
      answerOf(
        api.POST('/api/v1/visits/{division}/{id}/confirmation', {
          params: { path: { division, id } },
          headers,
        }),
      ),
    { changes: [['visits'], ['task-previews'], ['todo']], onDone, says: 'done' },
  )
  return (
    <EntryForm<object>
      verb={t('visits.confirm')}
      isBusy={confirm.isPending}
      error={confirm.error}
      onSubmit={(values) => confirm.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('visits.confirm_what')}</p>
      <Form.Item>
        <Facts
          facts={[
            { term: t('visits.subject'), value: visit.subjectName },
            { term: t('visits.day'), value: day(visit.onDay) },
            { term: t('visits.declared_by'), value: visit.declaredBy?.name ?? null },
            ...(visit.evidence === null ? [] : [{ term: t('visits.evidence'), value: visit.evidence }]),
            {
              term: t('visits.evidence_file'),
              value: (
                <a href={`/api/v1/visits/${division}/${id}/evidence`} download>
                  {t('visits.evidence_see')}
                </a>
              ),
            },
          ]}
        />
      </Form.Item>
    </EntryForm>
  )
}
