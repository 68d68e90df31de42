import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { todayInChina } from '../ui/format.ts'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { findAuthorities, findDivisions, type Person } from './queries.ts'

type Values = Body<'/api/v1/grants'>
export type Role = Values['role']

/** In the order in which a reader looks for them: business first, the three administrators last. */
export const ROLES: readonly Role[] = [
  'clerk',
  'unitHead',
  'leaderInCharge',
  'inspector',
  'conferenceOffice',
  'oversight',
  'reader',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
]

/** Proposes a role for somebody; a second person decides. */
export function GrantForm({
  person,
  onDone,
}: {
  readonly person: Pick<Person, 'id' | 'name' | 'authorityId' | 'authorityName'>
  readonly onDone: () => void
}) {
  const { t } = useTranslation('agencies')
  const propose = useWrite(
    (values: Values, headers) =>
      answerOf(api.POST('/api/v1/grants', { body: { ...values, personId: person.id }, headers })),
    { changes: [['grants'], ['todo'], ['started']], onDone, says: 'proposed' },
  )
  return (
    <EntryForm<Values>
      verb={t('grants.propose')}
      initial={{ authorityId: person.authorityId, validFrom: todayInChina() }}
      isBusy={propose.isPending}
      error={propose.error}
      onSubmit={(values) => propose.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('grants.propose_what', { name: person.name })}</p>
      <Field name="role" label={t('grants.role')}>
        <Select options={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))} />
      </Field>
      <Field name="authorityId" label={t('grants.for_authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} shown={person.authorityName} />
      </Field>
      <Field name="divisionCode" label={t('grants.over_division')} help={t('grants.over_division_help')}>
        <RemotePicker about={['divisions']} find={findDivisions} />
      </Field>
      <Field name="validFrom" label={t('grants.from')}>
        <DayInput />
      </Field>
      <Field name="validUntil" label={t('grants.until')} isOptional>
        <DayInput />
      </Field>
      <Field name="reason" label={t('grants.reason')} help={t('grants.reason_help')}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Field>
    </EntryForm>
  )
}
