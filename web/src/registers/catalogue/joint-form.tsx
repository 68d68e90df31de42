import { Form, type FormInstance, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { useMe } from '../../me.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { ItemsPicker, OtherParts } from './part-pickers.tsx'
import type { JointItem } from './queries.ts'
import { FIELDS, LEVELS, useCodes } from './words.ts'

type NewJoint = Body<'/api/v1/joint-items'>
type Part = NewJoint['parts'][number]
/** As the body; the ratio in per cent; the lead's own items apart from those of the others. */
type Values = Omit<NewJoint, 'ratio' | 'parts'> & {
  readonly percent?: number | null
  readonly leadItems?: readonly string[]
  readonly others?: readonly Partial<Part>[]
}

/** A new joint item, or the change of a draft. */
export function JointForm({ joint, onDone }: { readonly joint?: JointItem; readonly onDone: () => void }) {
  const { t } = useTranslation('catalogue')
  const [form] = Form.useForm<Values>()
  const me = useMe().data
  const acting = me?.acting?.authorityId
  const save = useWrite<Values, unknown>(
    (values, headers) => {
      const body = bodyOf({ ...values, leadAuthorityId: joint?.leadAuthorityId ?? values.leadAuthorityId })
      if (!joint) return answerOf(api.POST('/api/v1/joint-items', { body, headers }))
      const { leadAuthorityId: _, ...edit } = body
      const params = { path: { id: joint.id } }
      return answerOf(
        api.PATCH('/api/v1/joint-items/{id}', { params, body: edit, headers: ifMatch(joint.version) }),
      )
    },
    { changes: [['joint-items']], onDone, says: joint ? 'saved' : 'created' },
  )
  const months = Array.from({ length: 12 }, (_, at) => ({ value: at + 1, label: String(at + 1) }))
  return (
    <EntryForm<Values>
      form={form}
      verb={t(joint ? 'save' : 'joint.new')}
      initial={joint ? valuesOf(joint) : { ...FRESH, ...(acting ? { leadAuthorityId: acting } : {}) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="name" label={t('joint.name')} />
      {joint ? null : (
        <Field name="leadAuthorityId" label={t('joint.lead_authority')}>
          <RemotePicker
            about={['authorities']}
            find={findAuthorities}
            shown={me?.grants.find(({ authorityId }) => authorityId === acting)?.authorityName}
          />
        </Field>
      )}
      <Details />
      <Field name="percent" label={t('joint.ratio')} help={t('joint.amount_help')} isOptional>
        <InputNumber min={0.01} max={100} step={0.5} precision={2} suffix={t('form.percent')} />
      </Field>
      <Field name="quantity" label={t('joint.quantity')} isOptional>
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Field>
      <Field name="startMonth" label={t('joint.start_month')}>
        <Select options={months} />
      </Field>
      <Field name="endMonth" label={t('joint.end_month')}>
        <Select options={months} />
      </Field>
      <Field name="focus" label={t('joint.focus')} help={t('joint.focus_help')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
      <Parts form={form} joint={joint} />
    </EntryForm>
  )
}

function Details() {
  const { t } = useTranslation('catalogue')
  const modes = useCodes('joint-modes')
  const methods = useCodes('inspection-methods')
  return (
    <>
      <Field name="mode" label={t('joint.mode')}>
        <Select options={[...modes.choices]} />
      </Field>
      <Field name="field" label={t('items.field')} help={t('form.field_help')}>
        <Select options={FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))} />
      </Field>
      <Field name="object" label={t('joint.object')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <Field name="methods" label={t('items.methods')}>
        <Select mode="multiple" options={[...methods.choices]} optionFilterProp="label" />
      </Field>
      <Field name="implementingLevels" label={t('items.levels')}>
        <Select mode="multiple" options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))} />
      </Field>
    </>
  )
}

function Parts({
  form,
  joint,
}: {
  readonly form: FormInstance<Values>
  readonly joint: JointItem | undefined
}) {
  const { t } = useTranslation('catalogue')
  const watched = Form.useWatch('leadAuthorityId', form) as string | undefined
  const lead = joint?.leadAuthorityId ?? watched
  const others = Form.useWatch('others', form) as Values['others'] | undefined
  return (
    <fieldset className="bases-input">
      <legend>{t('joint.parts')}</legend>
      <p className="fine help">{t('joint.parts_help')}</p>
      <Form.Item name="leadItems" label={t('joint.lead_tag')}>
        <ItemsPicker authority={lead} known={joint?.parts ?? []} label={t('joint.items')} />
      </Form.Item>
      <OtherParts
        others={others}
        known={joint?.parts ?? []}
        words={{
          part: t('joint.part'),
          items: t('joint.items'),
          add: t('joint.add_part'),
          remove: t('form.remove'),
        }}
      />
    </fieldset>
  )
}

const FRESH: Partial<Values> = {
  field: 'market',
  implementingLevels: ['county'],
  methods: ['ON_SITE'],
  leadItems: [],
  others: [{}],
}

function bodyOf({ percent, leadItems, others, ...values }: Values): NewJoint {
  return {
    ...values,
    ratio: percent === null || percent === undefined ? null : Math.round(percent * 100),
    quantity: values.quantity ?? null,
    parts: [
      { authorityId: values.leadAuthorityId, itemIds: [...(leadItems ?? [])] },
      ...(others ?? []).flatMap(({ authorityId, itemIds }) =>
        authorityId === undefined ? [] : [{ authorityId, itemIds: itemIds ?? [] }],
      ),
    ],
  }
}

function valuesOf(joint: JointItem): Partial<Values> {
  const { name, field, mode, object, methods, ratio, quantity, startMonth, endMonth, focus, parts } = joint
  const idsOf = (part: JointItem['parts'][number] | undefined) => part?.items.map(({ id }) => id) ?? []
  return {
    name,
    field,
    mode,
    object,
    methods,
    quantity,
    startMonth,
    endMonth,
    focus,
    implementingLevels: joint.implementingLevels as Values['implementingLevels'],
    percent: ratio === null ? null : ratio / 100,
    leadItems: idsOf(parts.find(({ isLead }) => isLead)),
    others: parts
      .filter(({ isLead }) => !isLead)
      .map((part) => ({ authorityId: part.authorityId, itemIds: idsOf(part) })),
  }
}
