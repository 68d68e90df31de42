import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAuthority } from '../../agencies/queries.ts'
import { type Value, useParameters } from '../../law/queries.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { EvidenceInput } from '../evidence-input.tsx'
import { findLines, type PlanLine } from '../queries.ts'
import type { TaskValues } from './values.ts'

interface OriginProps {
  readonly values: TaskValues
  readonly line: PlanLine | undefined
  readonly isEdit: boolean
}

/** Step 1: from a line of a published plan, or outside it with a ground and what shows it. */
export function OriginFields({ values, line, isEdit }: OriginProps) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const isPlan = values.origin === 'plan'
  const isLinked = isPlan && line !== undefined
  return (
    <fieldset>
      <legend>{t('task.form.s1')}</legend>
      {isEdit ? (
        <Form.Item name="origin" hidden>
          <Input />
        </Form.Item>
      ) : (
        <Field name="origin" label={t('task.form.origin')}>
          <Radio.Group
            options={[
              { value: 'plan', label: t('task.form.from_plan') },
              { value: 'outside', label: t('task.form.from_outside') },
            ]}
          />
        </Field>
      )}
      {isPlan && !isEdit ? (
        <Field name="planLineId" label={t('task.fields.line')} help={t('task.form.line_help')}>
          <LinePicker
            lead={values.leadAuthorityId}
            shown={line?.taskName}
            onPick={(picked) => void navigate({ to: '/tasks/new', search: picked ? { line: picked } : {} })}
          />
        </Field>
      ) : null}
      {isPlan ? null : <OutsideFields values={values} isEdit={isEdit} />}
      <Field name="name" label={t('task.fields.name')}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
      <Field
        name="field"
        label={t('task.fields.field')}
        {...(isLinked ? { help: t('task.form.fixed') } : {})}
      >
        <Radio.Group
          disabled={isLinked}
          options={(['market', 'nonMarket'] as const).map((value) => ({
            value,
            label: t(`task.field_names.${value}`),
          }))}
        />
      </Field>
      <Field name="tier" label={t('task.fields.tier')}>
        <Radio.Group
          options={(['PRIORITY', 'GENERAL'] as const).map((value) => ({
            value,
            label: t(`task.tiers.${value}`),
          }))}
        />
      </Field>
    </fieldset>
  )
}

/** Choosing another line begins the form anew: its fields are the line's. */
function LinePicker({
  lead,
  shown,
  onPick,
  value,
  ...rest
}: {
  readonly id?: string
  readonly value?: string
  readonly lead: string
  readonly shown: string | undefined
  readonly onPick: (id: string | undefined) => void
}) {
  return (
    <RemotePicker
      {...rest}
      about={['plan-lines', lead]}
      find={(q) => findLines(q, lead)}
      value={value}
      shown={shown}
      onChange={onPick}
      isClearable
    />
  )
}

function OutsideFields({ values, isEdit }: { readonly values: TaskValues; readonly isEdit: boolean }) {
  const { t } = useTranslation('tasks')
  const grounds = useGrounds(values.leadAuthorityId)
  return (
    <>
      {isEdit ? null : (
        <>
          <Field name="outsideGround" label={t('task.fields.ground')} help={t('task.form.ground_help')}>
            <Select options={[...grounds]} />
          </Field>
          <Field name="outsideEvidence" label={t('task.fields.evidence')} help={t('task.form.evidence_help')}>
            <EvidenceInput purpose="outside" />
          </Field>
        </>
      )}
      <Field name="outsideNote" label={t('task.fields.note')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
    </>
  )
}

/** The closed list of the place; where no document has one, all grounds that any document knows. */
function useGrounds(authorityId: string) {
  const division = useAuthority(authorityId).data?.divisionCode ?? ''
  const parameters = useParameters({ division }).data?.items ?? []
  const exempt = useCodes('plan-exemption-grounds')
  const leads = useCodes('lead-sources')
  const named = (key: string): Value | undefined =>
    parameters.find((each) => each.key === key)?.inForce?.value
  const here = [named('plans.exemption_grounds'), named('plans.case_lead_sources')]
  const isOpen = here.every((value) => value === undefined)
  const among = (value: Value | undefined, code: string) =>
    isOpen || (Array.isArray(value) && value.includes(code))
  const all = [
    ...exempt.choices.filter(({ value }) => among(here[0], value)),
    ...leads.choices.filter(({ value }) => among(here[1], value)),
  ]
  return all.filter((each, at) => all.findIndex(({ value }) => value === each.value) === at)
}
