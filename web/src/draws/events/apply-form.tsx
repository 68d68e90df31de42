import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import { ProofFields } from './proof-fields.tsx'
import type { MyPost } from './queries.ts'

type Values = Body<'/api/v1/draws/{id}/replacements'>

/** The inspector asks for himself. There is no field for who should come: that is drawn. */
export function ApplyForm({ post, onDone }: { readonly post: MyPost; readonly onDone: () => void }) {
  const { t } = useTranslation('draws')
  const reasons = useCodes('replacement-reasons')
  const steps = useCodes('replacement-steps')
  const save = useWrite<Values, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/replacements', {
          params: { path: { id: post.draw.id } },
          body: post.mode === 'subjects' ? { ...body, subject: post.place } : body,
          headers,
        }),
      ),
    { changes: [['draws']], onDone, says: 'proposed' },
  )
  return (
    <EntryForm<Values>
      verb={t('events.apply')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">
        <strong>
          {post.mode === 'teams'
            ? t('events.apply_team', { task: post.task, team: post.place })
            : t('events.apply_visit', { task: post.task, name: post.name ?? '', code: post.place })}
        </strong>
      </p>
      <p className="form-lead">
        {t('events.apply_lead', { steps: post.steps.map(steps.nameOf).join(' → ') })}
      </p>
      <Field name="reasonCode" label={t('events.reason')}>
        <Select options={post.reasons.map((value) => ({ value, label: reasons.nameOf(value) }))} />
      </Field>
      <ProofFields />
    </EntryForm>
  )
}
