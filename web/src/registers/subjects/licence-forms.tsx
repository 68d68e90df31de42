import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Field } from '../../ui/form.tsx'
import { todayInChina } from '../../ui/format.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { changesOf } from '../inspectors/changes-of.ts'
import { PartForm } from './part-form.tsx'
import type { Licence, Subject } from './queries.ts'
import { orDay } from './refused-at.ts'

type Values = Body<'/api/v1/subjects/{id}/licences'>
type Edit = Body<'/api/v1/licences/{id}', 'patch'>
type Revocation = Body<'/api/v1/licences/{id}/revocation'>

/** A licence is entered. */
export function LicenceForm({
  subject: { id },
  onDone,
}: {
  readonly subject: Subject
  readonly onDone: () => void
}) {
  const { t } = useTranslation('subjects')
  return (
    <PartForm<Values>
      verb={t('save')}
      initial={{}}
      send={(values, headers) => {
        const body = changesOf({}, values) as unknown as Values
        return answerOf(
          api.POST('/api/v1/subjects/{id}/licences', { params: { path: { id } }, body, headers }),
        )
      }}
      onDone={onDone}
    >
      <Field name="kind" label={t('licence.kind')} help={t('licence.kind_help')} />
      <Field name="number" label={t('licence.number')} />
      <Field name="authorityId" label={t('licence.authority')} help={t('licence.authority_help')}>
        <RemotePicker about={['authorities']} find={findAuthorities} />
      </Field>
      <ScopeAndDays />
    </PartForm>
  )
}

/** Its scope and days are changed; kind, number and authority are what it is. */
export function LicenceEdit({ licence, onDone }: { readonly licence: Licence; readonly onDone: () => void }) {
  const { t } = useTranslation('subjects')
  const initial = valuesOf(licence)
  return (
    <PartForm<Edit>
      verb={t('save')}
      initial={initial}
      send={(values) => {
        const params = { path: { id: licence.id } }
        const body = changesOf(initial, values) as Edit
        return answerOf(
          api.PATCH('/api/v1/licences/{id}', { params, body, headers: ifMatch(licence.version) }),
        )
      }}
      onDone={onDone}
    >
      <p>{`${licence.kind} ${licence.number}`}</p>
      <ScopeAndDays />
    </PartForm>
  )
}

function ScopeAndDays() {
  const { t } = useTranslation('subjects')
  return (
    <>
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
  const params = { path: { id: licence.id } }
  return (
    <PartForm<Revocation>
      verb={t('licence.revoke')}
      initial={{ revokedOn: todayInChina() }}
      refusedAt={orDay('revokedOn')}
      send={(body, headers) =>
        answerOf(api.POST('/api/v1/licences/{id}/revocation', { params, body, headers }))
      }
      onDone={onDone}
    >
      <p>{`${licence.kind} ${licence.number}（${licence.authority.name}）`}</p>
      <p className="fine">{t('licence.revoke_help')}</p>
      <Field name="revokedOn" label={t('licence.revoked_on')}>
        <DayInput />
      </Field>
      <Field name="reason" label={t('reason')}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Field>
    </PartForm>
  )
}

function valuesOf({ scope, validFrom, validUntil }: Licence): Partial<Edit> {
  return {
    ...(scope ? { scope } : {}),
    ...(validFrom ? { validFrom } : {}),
    ...(validUntil ? { validUntil } : {}),
  }
}
