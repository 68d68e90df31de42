import { useQuery } from '@tanstack/react-query'
import { Checkbox, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { findItems, itemLabel } from '../../registers/catalogue/queries.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import { PoolInput } from './pool-input.tsx'
import { CHANGES, type Participation } from './queries.ts'
import { SentFields } from './sent-fields.tsx'

type Settled = Body<'/api/v1/participations/{id}', 'patch'>

/** What an authority brings into the task. Whoever sets only the pool of another sees only that. */
export function SettleForm({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  const isOwn = part.can.prepare === null
  const save = useWrite(
    (body: Settled) =>
      answerOf(
        api.PATCH('/api/v1/participations/{id}', {
          params: { path: { id: part.id } },
          body,
          headers: ifMatch(part.version),
        }),
      ),
    { changes: CHANGES, says: 'saved' },
  )
  return (
    <EntryForm<Settled>
      className="answer-form"
      verb={t('consultation.save')}
      initial={valuesOf(part, isOwn)}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
    >
      {isOwn ? <OwnFields part={part} /> : <p className="form-lead">{t('consultation.pool_for_another')}</p>}
      <Field name="pool" label={t('consultation.pool')} help={t('consultation.pool_help')}>
        <PoolInput part={part} />
      </Field>
      {isOwn ? <Confirmed part={part} /> : null}
    </EntryForm>
  )
}

/** What only the authority itself can say of its pool, whoever named it. */
function Confirmed({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  return (
    <>
      <Field name="drawn" label={t('consultation.drawn')} help={t('consultation.drawn_help')}>
        <InputNumber min={1} max={9999} precision={0} />
      </Field>
      <Field
        name="conflictsConfirmed"
        label={t('consultation.conflicts')}
        help={t('consultation.conflicts_help', { count: part.conflicts })}
        valuePropName="checked"
      >
        <Checkbox>{t('consultation.conflicts_confirm')}</Checkbox>
      </Field>
    </>
  )
}

function OwnFields({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  return (
    <>
      <Field name="itemIds" label={t('consultation.items')} help={t('consultation.items_help')}>
        <ItemsPicker part={part} />
      </Field>
      <SentFields />
    </>
  )
}

interface PickerProps {
  readonly part: Participation
  readonly id?: string
  readonly value?: string[]
  readonly onChange?: (ids: string[]) => void
}

/** Items in force of the authority. */
function ItemsPicker({ part, ...picker }: PickerProps) {
  const { t } = useTranslation('tasks')
  const found = useQuery({
    queryKey: ['pick', 'items', part.authorityId],
    queryFn: () => findItems('', part.authorityId),
    staleTime: 30_000,
  })
  const options = [
    ...(found.data ?? []),
    ...part.items
      .filter(({ id }) => !found.data?.some(({ value }) => value === id))
      .map((item) => ({ value: item.id, label: itemLabel(item) })),
  ]
  return (
    <Select
      {...picker}
      mode="multiple"
      optionFilterProp="label"
      placeholder={t('consultation.items')}
      loading={found.isFetching}
      options={options}
    />
  )
}

function valuesOf(part: Participation, isOwn: boolean): Partial<Settled> {
  const pool = part.pool.map(({ inspectorId, classes }) => ({ inspectorId, classes: [...classes] }))
  if (!isOwn) return { pool }
  return {
    pool,
    drawn: part.drawn ?? part.members,
    conflictsConfirmed: part.conflictsConfirmed,
    itemIds: part.items.map(({ id }) => id),
    members: part.members,
    classes: [...part.classes],
  }
}
