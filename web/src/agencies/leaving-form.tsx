import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'
import type { Person } from './queries.ts'

type Values = Body<'/api/v1/people/{id}/departure'>

/** Somebody leaves: his roles end, what he did stays. */
export function LeavingForm({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const { t } = useTranslation('agencies')
  const leave = useWrite(
    (body: Values, headers) =>
      answerOf(
        api.POST('/api/v1/people/{id}/departure', { params: { path: { id: person.id } }, body, headers }),
      ),
    { onDone, says: 'done' },
  )
  return (
    <EntryForm<Values>
      verb={t('people.leave')}
      isBusy={leave.isPending}
      error={leave.error}
      onSubmit={(body) => leave.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('people.leave_what', { name: person.name })}</p>
      <Field name="leftOn" label={t('people.leave_day')}>
        <DayInput />
      </Field>
    </EntryForm>
  )
}
