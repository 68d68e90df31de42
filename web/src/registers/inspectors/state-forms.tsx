import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import type { Inspector } from './queries.ts'

interface Props {
  readonly inspector: Inspector
  readonly onDone: () => void
}

const ADDRESSES = {
  suspend: '/api/v1/inspectors/{id}/suspension',
  resume: '/api/v1/inspectors/{id}/resumption',
} as const

/** Somebody is left out of draws for a time, or taken up again. */
export function StateForm({
  inspector: { id, name },
  verb,
  onDone,
}: Props & { readonly verb: 'suspend' | 'resume' }) {
  const { t } = useTranslation('inspectors')
  const act = useWrite(
    (body: { reason: string }, headers) =>
      answerOf(api.POST(ADDRESSES[verb], { params: { path: { id } }, body, headers })),
    { onDone, says: 'done' },
  )
  return (
    <EntryForm<{ reason: string }>
      verb={t(verb)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(body) => act.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t(`${verb}_what`, { name })}</p>
      <Field name="reason" label={t('reason')} help={t('reason_help')} />
    </EntryForm>
  )
}

type Ending = Body<'/api/v1/inspectors/{id}/ending'>

/** Somebody leaves the register without leaving the authority. */
export function EndingForm({ inspector: { id, name }, onDone }: Props) {
  const { t } = useTranslation('inspectors')
  const end = useWrite(
    (body: Ending, headers) =>
      answerOf(api.POST('/api/v1/inspectors/{id}/ending', { params: { path: { id } }, body, headers })),
    { onDone, says: 'done' },
  )
  return (
    <EntryForm<Ending>
      verb={t('end')}
      isBusy={end.isPending}
      error={end.error}
      onSubmit={(body) => end.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('end_what', { name })}</p>
      <Field name="endedOn" label={t('ended_on')}>
        <DayInput />
      </Field>
      <Field name="reason" label={t('reason')} help={t('reason_help')} />
    </EntryForm>
  )
}
