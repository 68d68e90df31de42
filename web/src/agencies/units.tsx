import { useState } from 'react'
import { App, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { todayInChina, useFormat } from '../ui/format.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { List } from '../ui/list-page.tsx'
import { ProblemError, useSentence } from '../ui/problem.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type Authority, type Unit, useUnits } from './queries.ts'

type Values = Body<'/api/v1/authorities/{id}/units'>

/** 所属单位 and 科室: enforcement is done by them. */
export function Units({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  const units = useUnits(authority.id)
  const [open, setOpen] = useState<Unit | 'new' | undefined>()
  const leave = () => setOpen(undefined)
  const all = units.data?.items ?? []
  return (
    <div className="stack">
      <div className="acts">
        <ActButton refused={authority.can.addUnit} onClick={() => setOpen('new')}>
          {t('units.new')}
        </ActButton>
      </div>
      <List<Unit>
        query={units}
        keyOf={({ id }) => id}
        empty={t('units.empty')}
        isDimmed={({ closedOn }) => Boolean(closedOn)}
        columns={[
          { key: 'name', title: t('unit'), isName: true, show: (each) => each.name },
          { key: 'above', title: t('units.above'), show: (each) => each.parentName ?? '–' },
          {
            key: 'state',
            title: t('state'),
            show: ({ closedOn }) =>
              closedOn ? (
                <StateTag kind="ended" word={t('authorities.closed_on', { day: day(closedOn) })} />
              ) : (
                <StateTag kind="done" word={t('authorities.open')} />
              ),
          },
          {
            key: 'act',
            title: t('act'),
            show: (each) => (
              <div className="acts">
                <ActButton size="small" refused={each.can.edit} onClick={() => setOpen(each)}>
                  {t('edit')}
                </ActButton>
                <CloseUnit unit={each} />
              </div>
            ),
          },
        ]}
      />
      <SideForm title={t(open === 'new' ? 'units.new' : 'edit')} isOpen={open !== undefined} onClose={leave}>
        <UnitForm
          authority={authority}
          {...(open && open !== 'new' ? { unit: open } : {})}
          others={all}
          onDone={leave}
        />
      </SideForm>
    </div>
  )
}

function CloseUnit({ unit }: { readonly unit: Unit }) {
  const { t } = useTranslation('agencies')
  const { modal, message } = App.useApp()
  const sentence = useSentence()
  const close = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/units/{id}/closure', {
          params: { path: { id: unit.id } },
          body: { closedOn: todayInChina() },
          headers,
        }),
      ),
    { changes: [['authorities', unit.authorityId]] },
  )
  const ask = () =>
    modal.confirm({
      title: t('units.close_sure', { name: unit.name }),
      okText: t('units.close'),
      onOk: () =>
        close.mutate(undefined, {
          onError: (error) =>
            void message.error(error instanceof ProblemError ? sentence(error) : error.message),
        }),
    })
  return (
    <ActButton size="small" refused={unit.can.close} loading={close.isPending} onClick={ask}>
      {t('units.close')}
    </ActButton>
  )
}

interface UnitFormProps {
  readonly authority: Authority
  readonly unit?: Unit
  readonly others: readonly Unit[]
  readonly onDone: () => void
}

function UnitForm({ authority, unit, others, onDone }: UnitFormProps) {
  const { t } = useTranslation('agencies')
  const save = useWrite<Values, unknown>(
    (body, headers) =>
      unit
        ? answerOf(
            api.PATCH('/api/v1/units/{id}', {
              params: { path: { id: unit.id } },
              body,
              headers: ifMatch(unit.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/authorities/{id}/units', {
              params: { path: { id: authority.id } },
              body,
              headers,
            }),
          ),
    { changes: [['authorities', authority.id]], onDone, says: unit ? 'saved' : 'created' },
  )
  const choices = others
    .filter(({ id, parentId, closedOn }) => id !== unit?.id && !parentId && !closedOn)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <EntryForm<Values>
      verb={t(unit ? 'save' : 'units.new')}
      initial={unit ? { name: unit.name, ...(unit.parentId ? { parentId: unit.parentId } : {}) } : {}}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="name" label={t('units.name')} help={t('units.name_help')} />
      <Field name="parentId" label={t('units.above')} isOptional>
        <Select
          options={choices}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('units.top')}
        />
      </Field>
    </EntryForm>
  )
}
