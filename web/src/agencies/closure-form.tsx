import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'
import type { Authority } from './queries.ts'

type Values = Body<'/api/v1/authorities/{id}/closure'>

/** Closes an authority that was dissolved or merged: what it did stays, nothing new is done for it. */
export function ClosureForm({
  authority,
  onDone,
}: {
  readonly authority: Authority
  readonly onDone: () => void
}) {
  const { t } = useTranslation('agencies')
  const close = useWrite(
    (body: Values, headers) =>
      answerOf(
        api.POST('/api/v1/authorities/{id}/closure', {
          params: { path: { id: authority.id } },
          body,
          headers,
        }),
      ),
    { onDone },
  )
  return (
    <EntryForm<Values>
      verb={t('authorities.close')}
      isBusy={close.isPending}
      error={close.error}
      onSubmit={(body) => close.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('authorities.close_what', { name: authority.name })}</p>
      <Field name="closedOn" label={t('authorities.close_day')}>
        <DayInput />
      </Field>
    </EntryForm>
  )
}
