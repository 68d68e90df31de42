import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { useMe } from '../../me.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { BasesInput } from './bases-input.tsx'
import { MoreOfItem } from './item-form-more.tsx'
import type { Item } from './queries.ts'
import { FIELDS, LEVELS, TIERS, useCodes } from './words.ts'

type NewItem = Body<'/api/v1/items'>
/** As the body; ratios in per cent, because that is how people write them. */
type Values = Omit<NewItem, 'ratioFloor' | 'ratioCap'> & {
  readonly floorPercent?: number | null
  readonly capPercent?: number | null
}

/** A new item, or the change of a draft. */
export function ItemForm({ item, onDone }: { readonly item?: Item; readonly onDone: () => void }) {
  const { t } = useTranslation('catalogue')
  const [form] = Form.useForm<Values>()
  const me = useMe().data
  const isRandom = Form.useWatch('isRandom', form) ?? item?.isRandom ?? true
  const acting = me?.acting?.authorityId
  const save = useWrite<Values, unknown>(
    (values, headers) => {
      const body = bodyOf(values)
      if (!item) return answerOf(api.POST('/api/v1/items', { body, headers }))
      const { authorityId: _, ...edit } = body
      return answerOf(
        api.PATCH('/api/v1/items/{id}', {
          params: { path: { id: item.id } },
          body: edit,
          headers: ifMatch(item.version),
        }),
      )
    },
    { changes: [['items']], onDone, says: item ? 'saved' : 'created' },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t(item ? 'save' : 'items.new')}
      initial={item ? valuesOf(item) : { ...FRESH, ...(acting ? { authorityId: acting } : {}) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {item ? null : (
        <Field name="authorityId" label={t('authority')}>
          <RemotePicker
            about={['authorities']}
            find={findAuthorities}
            shown={me?.grants.find(({ authorityId }) => authorityId === acting)?.authorityName}
          />
        </Field>
      )}
      <Field name="code" label={t('items.code')} help={t('form.code_help')} />
      <Field name="name" label={t('items.name')} />
      <Field name="subItem" label={t('items.sub_item')} isOptional />
      <Field name="object" label={t('items.object')} help={t('form.object_help')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <Field name="scope" label={t('items.scope')} help={t('form.scope_help')} isOptional>
        <Input.TextArea rows={3} maxLength={4000} />
      </Field>
      <Field name="field" label={t('items.field')} help={t('form.field_help')}>
        <Select options={FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))} />
      </Field>
      <Form.Item name="isRandom" valuePropName="checked">
        <Checkbox>{t('items.random')}</Checkbox>
      </Form.Item>
      {isRandom ? null : (
        <Field name="notRandomReason" label={t('items.not_random_reason')} help={t('form.reason_help')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      )}
      <Field name="tier" label={t('items.tier')} help={t('form.tier_help')}>
        <Select options={TIERS.map((value) => ({ value, label: t(`tiers.${value}`) }))} />
      </Field>
      {isRandom ? <Ratio form={form} item={item} /> : null}
      <Conduct />
      <BasesInput bases={item?.bases ?? []} />
      <MoreOfItem />
      <Field
        name="effectiveFrom"
        label={t('items.effective_from')}
        help={t('form.effective_help')}
        isOptional
      >
        <DayInput />
      </Field>
      <Field name="effectiveUntil" label={t('items.effective_until')} isOptional>
        <DayInput />
      </Field>
    </EntryForm>
  )
}

function Ratio({
  form,
  item,
}: {
  readonly form: ReturnType<typeof Form.useForm<Values>>[0]
  readonly item: Item | undefined
}) {
  const { t } = useTranslation('catalogue')
  const tier = Form.useWatch('tier', form) ?? item?.tier
  const input = <InputNumber min={0.01} max={100} step={0.5} precision={2} suffix={t('form.percent')} />
  return (
    <>
      {tier === 'GENERAL' ? (
        <Field name="capPercent" label={t('items.ratio_cap')} help={t('form.ratio_help')} isOptional>
          {input}
        </Field>
      ) : null}
      <Field name="floorPercent" label={t('items.ratio_floor')} isOptional>
        {input}
      </Field>
      {tier === 'PRIORITY' ? (
        <Form.Item name="byBatches" valuePropName="checked">
          <Checkbox>{t('items.by_batches')}</Checkbox>
        </Form.Item>
      ) : null}
      <Field name="ratioNote" label={t('items.ratio_note')} isOptional />
    </>
  )
}

/** How often, how, and at which level. */
function Conduct() {
  const { t } = useTranslation('catalogue')
  const methods = useCodes('inspection-methods')
  return (
    <>
      <Field name="frequency" label={t('items.frequency')} help={t('form.frequency_help')} isOptional />
      <Field name="methods" label={t('items.methods')} isOptional>
        <Select mode="multiple" options={[...methods.choices]} optionFilterProp="label" />
      </Field>
      <Field name="methodRequirement" label={t('items.method_requirement')} isOptional>
        <Input.TextArea rows={1} maxLength={1000} />
      </Field>
      <Field name="implementingLevels" label={t('items.levels')} isOptional>
        <Select mode="multiple" options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))} />
      </Field>
    </>
  )
}

const NOTHING = { industries: [], entityTypes: [], kinds: [], licenceKinds: [], pools: [], tags: [] }
const FRESH: Partial<Values> = {
  field: 'market',
  isRandom: true,
  tier: 'GENERAL',
  implementingLevels: ['county'],
  methods: [],
  bases: [],
  appliesTo: NOTHING,
}

function bodyOf({ floorPercent, capPercent, ...values }: Values): NewItem {
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' || value === undefined ? null : value]),
  )
  const isGeneral = values.tier === 'GENERAL'
  return {
    ...(given as unknown as NewItem),
    methods: values.methods ?? [],
    implementingLevels: values.implementingLevels ?? [],
    inspectorCategories: values.inspectorCategories ?? [],
    inspectorQualifications: values.inspectorQualifications ?? [],
    byBatches: !isGeneral && values.isRandom && values.byBatches === true,
    notRandomReason: values.isRandom ? null : (values.notRandomReason ?? null),
    ratioFloor: values.isRandom ? basisPoints(floorPercent) : null,
    ratioCap: values.isRandom && isGeneral ? basisPoints(capPercent) : null,
    bases: (values.bases ?? []).map(({ citationId, article, phrase }) => ({
      citationId,
      article: article || null,
      phrase: phrase || null,
    })),
    appliesTo: { ...NOTHING, ...values.appliesTo },
  }
}

function basisPoints(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : Math.round(percent * 100)
}

function valuesOf(item: Item): Partial<Values> {
  const { ratioFloor, ratioCap, bases, methods, implementingLevels } = item
  const { code, name, subItem, object, scope, field, isRandom, notRandomReason, tier, ratioNote } = item
  const { byBatches, frequency, methodRequirement, inspectorCategories, inspectorQualifications } = item
  const { appliesTo, note, effectiveFrom, effectiveUntil } = item
  return {
    code,
    name,
    subItem,
    object,
    scope,
    field,
    isRandom,
    notRandomReason,
    tier,
    ratioNote,
    byBatches,
    frequency,
    methodRequirement,
    inspectorCategories,
    inspectorQualifications,
    appliesTo,
    note,
    methods,
    effectiveFrom,
    effectiveUntil,
    implementingLevels: implementingLevels as NonNullable<Values['implementingLevels']>,
    bases: bases.map(({ citationId, article, phrase }) => ({ citationId, article, phrase })),
    floorPercent: ratioFloor === null ? null : ratioFloor / 100,
    capPercent: ratioCap === null ? null : ratioCap / 100,
  }
}
