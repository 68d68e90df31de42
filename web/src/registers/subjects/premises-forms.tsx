import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina } from '../../ui/format.ts'
import { useWrite } from '../../use-write.ts'
import { changesOf } from '../inspectors/changes-of.ts'
import type { Premises, Subject } from './queries.ts'

type Values = Body<'/api/v1/subjects/{id}/premises'>
type Edit = Body<'/api/v1/premises/{id}', 'patch'>

const CHANGES = { changes: [['subjects'], ['subject-changes']] } as const

interface PremisesFormProps {
  readonly subject: Subject
  readonly premises?: Premises | undefined
  readonly onDone: () => void
}

/** New premises, or the change of some. */
export function PremisesForm({ subject, premises, onDone }: PremisesFormProps) {
  const { t } = useTranslation('subjects')
  const initial: Partial<Values> = premises ? valuesOf(premises) : {}
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      premises
        ? answerOf(
            api.PATCH('/api/v1/premises/{id}', {
              params: { path: { id: premises.id } },
              body: changesOf(initial, values) as Edit,
              headers: ifMatch(premises.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/subjects/{id}/premises', {
              params: { path: { id: subject.id } },
              body: changesOf({}, values) as unknown as Values,
              headers,
            }),
          ),
    { ...CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<Values>
      verb={t('save')}
      initial={initial}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="address" label={t('premises.address')} />
      <Field name="name" label={t('premises.name')} isOptional />
      <Field name="openedOn" label={t('premises.opened_on')} isOptional>
        <DayInput />
      </Field>
    </EntryForm>
  )
}

/** Premises are no longer used. */
export function ClosureForm({
  premises,
  onDone,
}: {
  readonly premises: Premises
  readonly onDone: () => void
}) {
  const { t } = useTranslation('subjects')
  const save = useWrite<{ readonly closedOn: string }, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/premises/{id}/closure', { params: { path: { id: premises.id } }, body, headers }),
      ),
    { ...CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<{ readonly closedOn: string }>
      verb={t('premises.close')}
      initial={{ closedOn: todayInChina() }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <p>{premises.address}</p>
      <Field name="closedOn" label={t('premises.closed_on')}>
        <DayInput />
      </Field>
    </EntryForm>
  )
}

function valuesOf({ address, name, openedOn }: Premises): Partial<Values> {
  return { address, ...(name ? { name } : {}), ...(openedOn ? { openedOn } : {}) }
}
