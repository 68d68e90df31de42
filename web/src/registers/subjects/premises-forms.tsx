import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Field } from '../../ui/form.tsx'
import { todayInChina } from '../../ui/format.ts'
import { changesOf } from '../inspectors/changes-of.ts'
import { PartForm } from './part-form.tsx'
import type { Premises, Subject } from './queries.ts'
import { orDay } from './refused-at.ts'

type Values = Body<'/api/v1/subjects/{id}/premises'>
type Edit = Body<'/api/v1/premises/{id}', 'patch'>
type Closure = Body<'/api/v1/premises/{id}/closure'>

interface PremisesFormProps {
  readonly subject: Subject
  readonly premises?: Premises | undefined
  readonly onDone: () => void
}

/** New premises, or the change of some. */
export function PremisesForm({ subject, premises, onDone }: PremisesFormProps) {
  const { t } = useTranslation('subjects')
  const initial: Partial<Values> = premises ? valuesOf(premises) : {}
  const changed = (values: Values) => changesOf(initial, values) as unknown
  return (
    <PartForm<Values>
      verb={t('save')}
      initial={initial}
      send={(values, headers) =>
        premises
          ? answerOf(
              api.PATCH('/api/v1/premises/{id}', {
                params: { path: { id: premises.id } },
                body: changed(values) as Edit,
                headers: ifMatch(premises.version),
              }),
            )
          : answerOf(
              api.POST('/api/v1/subjects/{id}/premises', {
                params: { path: { id: subject.id } },
                body: changed(values) as Values,
                headers,
              }),
            )
      }
      onDone={onDone}
    >
      <Field name="address" label={t('premises.address')} />
      <Field name="name" label={t('premises.name')} isOptional />
      <Field name="openedOn" label={t('premises.opened_on')} isOptional>
        <DayInput />
      </Field>
    </PartForm>
  )
}

/** Premises are no longer used. */
export function ClosureForm({
  premises: { id, address },
  onDone,
}: {
  readonly premises: Premises
  readonly onDone: () => void
}) {
  const { t } = useTranslation('subjects')
  return (
    <PartForm<Closure>
      verb={t('premises.close')}
      initial={{ closedOn: todayInChina() }}
      refusedAt={orDay('closedOn')}
      send={(body, headers) =>
        answerOf(api.POST('/api/v1/premises/{id}/closure', { params: { path: { id } }, body, headers }))
      }
      onDone={onDone}
    >
      <p>{address}</p>
      <Field name="closedOn" label={t('premises.closed_on')}>
        <DayInput />
      </Field>
    </PartForm>
  )
}

function valuesOf({ address, name, openedOn }: Premises): Partial<Values> {
  return { address, ...(name ? { name } : {}), ...(openedOn ? { openedOn } : {}) }
}
