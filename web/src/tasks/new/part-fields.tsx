import { Button, Form, InputNumber, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities, useAuthority } from '../../agencies/queries.ts'
import { answerOf, api } from '../../api.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { Field } from '../../ui/form.tsx'
import { type Choice, RemotePicker } from '../../ui/remote-picker.tsx'
import { ManyInput } from '../many-input.tsx'
import type { TaskValues } from './values.ts'

/** Step 4: who inspects what, with how many inspectors, and how they come to their subjects. */
export function PartFields({ isFixed, values }: { readonly isFixed: boolean; readonly values: TaskValues }) {
  const { t } = useTranslation('tasks')
  const modes = useCodes('joint-modes')
  return (
    <fieldset>
      <legend>{t('task.form.s4')}</legend>
      <Field
        name="mode"
        label={t('task.fields.mode')}
        help={isFixed ? t('task.form.fixed') : t('task.form.mode_help')}
        isOptional
      >
        <Select allowClear disabled={isFixed} options={[...modes.choices]} />
      </Field>
      <p className="fine">{`${t('task.form.parts')}。${t('task.form.part_own')}`}</p>
      <Form.List name="parts">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <PartRow
                key={key}
                at={name}
                values={values}
                isFixed={isFixed}
                onRemove={name === 0 || isFixed ? undefined : () => remove(name)}
              />
            ))}
            {isFixed ? null : (
              <Button onClick={() => add({ members: 1, itemIds: [] })}>{t('task.form.part_add')}</Button>
            )}
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

function PartRow({
  at,
  values,
  isFixed,
  onRemove,
}: {
  readonly at: number
  readonly values: TaskValues
  readonly isFixed: boolean
  readonly onRemove: (() => void) | undefined
}) {
  const { t } = useTranslation('tasks')
  const authorityId = values.parts?.[at]?.authorityId ?? ''
  const known = useAuthority(authorityId)
  const name = (field: string) => [at, field] as unknown as string[]
  return (
    <div className="part-row">
      <Field name={name('authorityId')} label={t('task.form.part_authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} shown={known.data?.name} />
      </Field>
      <Field name={name('members')} label={t('task.form.part_members')} isOptional>
        <InputNumber min={1} max={20} precision={0} />
      </Field>
      <Field name={name('itemIds')} label={t('task.form.part_items')} isOptional>
        <ManyInput
          about={`items-${authorityId}`}
          isDisabled={isFixed || authorityId === ''}
          find={(q) => findItemsOf(authorityId, q)}
        />
      </Field>
      {onRemove ? (
        <Button type="link" danger onClick={onRemove}>
          {t('task.form.part_remove')}
        </Button>
      ) : null}
    </div>
  )
}

/** Items in force of one authority. */
async function findItemsOf(authority: string, q: string): Promise<readonly Choice[]> {
  if (authority === '') return []
  const query = { authority, state: 'effective', limit: 100, ...(q === '' ? {} : { q }) } as const
  const { items } = await answerOf(api.GET('/api/v1/items', { params: { query } }))
  return items.map(({ id, name, code, subItem }) => ({
    value: id,
    label: `${code} ${subItem === null ? name : `${name}：${subItem}`}`,
  }))
}

/** How inspectors come to their subjects. */
export function MatchingFields({ values }: { readonly values: TaskValues }) {
  const { t } = useTranslation('tasks')
  const isTeams = values.matching === 'teams'
  return (
    <>
      <Field name="matching" label={t('task.fields.matching')}>
        <Radio.Group
          options={(['subjects', 'teams'] as const).map((value) => ({
            value,
            label: t(`task.matchings.${value}`),
          }))}
        />
      </Field>
      {isTeams ? (
        <Field name="teamCount" label={t('task.fields.teamCount')}>
          <InputNumber min={1} max={9999} precision={0} />
        </Field>
      ) : null}
      <Field name="loadCap" label={isTeams ? t('task.fields.loadCapTeams') : t('task.fields.loadCap')}>
        <InputNumber min={1} max={10_000} precision={0} />
      </Field>
    </>
  )
}
