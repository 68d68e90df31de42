import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina } from '../../ui/format.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { changesOf } from '../inspectors/changes-of.ts'
import type { Licence, Subject } from './queries.ts'

type Values = Body<'/api/v1/subjects/{id}/licences'>
type Edit = Body<'/api/v1/licences/{id}', 'patch'>
type Revocation = Body<'/api/v1/licences/{id}/revocation'>

const CHANGES = { changes: [['subjects'], ['subject-changes']] } as const

interface LicenceFormProps {
  readonly subject: Subject
  readonly licence?: Licence | undefined
  readonly onDone: () => void
}

/** A licence is entered, or its scope and days are changed; kind, number and authority are what it is. */
export function LicenceForm({ subject, licence, onDone }: LicenceFormProps) {
  const { t } = useTranslation('subjects')
  const initial: Partial<Values> = licence ? valuesOf(licence) : {}
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      licence
        ? answerOf(
            api.PATCH('/api/v1/licences/{id}', {
              params: { path: { id: licence.id } },
              body: changesOf(initial, values) as Edit,
              headers: ifMatch(licence.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/subjects/{id}/licences', {
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
      {licence ? <p>{`${licence.kind} ${licence.number}`}</p> : <Identity />}
      <Field name="scope" label={t('licence.scope')} isOptional>
        <Input.TextArea rows={2} maxLength={2000} />
      </Field>
      <Field name="validFrom" label={t('licence.valid_from')} isOptional>
        <DayInput />
      </Field>
      <Field
        name="validUntil"
        label={t('licence.valid_until')}
        help={t('licence.valid_until_help')}
        isOptional
      >
        <DayInput />
      </Field>
    </EntryForm>
  )
}

function Identity() {
  const { t } = useTranslation('subjects')
  return (
    <>
      <Field name="kind" label={t('licence.kind')} help={t('licence.kind_help')} />
      <Field name="number" label={t('licence.number')} />
      <Field name="authorityId" label={t('licence.authority')} help={t('licence.authority_help')}>
        <RemotePicker about={['authorities']} find={findAuthorities} />
      </Field>
    </>
  )
}

/** A licence ends. */
export function RevocationForm({
  licence,
  onDone,
}: {
  readonly licence: Licence
  readonly onDone: () => void
}) {
  const { t } = useTranslation('subjects')
  const save = useWrite<Revocation, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/licences/{id}/revocation', { params: { path: { id: licence.id } }, body, headers }),
      ),
    { ...CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<Revocation>
      verb={t('licence.revoke')}
      initial={{ revokedOn: todayInChina() }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <p>{`${licence.kind} ${licence.number}（${licence.authority.name}）`}</p>
      <p className="fine">{t('licence.revoke_help')}</p>
      <Field name="revokedOn" label={t('licence.revoked_on')}>
        <DayInput />
      </Field>
      <Field name="reason" label={t('reason')}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Field>
    </EntryForm>
  )
}

function valuesOf({ scope, validFrom, validUntil }: Licence): Partial<Values> {
  return {
    ...(scope ? { scope } : {}),
    ...(validFrom ? { validFrom } : {}),
    ...(validUntil ? { validUntil } : {}),
  }
}
