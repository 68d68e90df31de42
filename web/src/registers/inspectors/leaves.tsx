import { Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useWrite } from '../../use-write.ts'
import { type Inspector, type Leave, useLeaves } from './queries.ts'

/** When an inspector is away, for those who may know why. */
export function Leaves({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  return inspector.can.seeLeaves ? (
    <EmptyState sentence={t('leaves.not_for_you')} />
  ) : (
    <LeaveList inspector={inspector} />
  )
}

function LeaveList({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  const [isNew, setNew] = useState(false)
  return (
    <div className="stack">
      <p className="lead">{t('leaves.lead')}</p>
      <div className="acts">
        <ActButton refused={inspector.can.addLeave} onClick={() => setNew(true)}>
          {t('leaves.add')}
        </ActButton>
      </div>
      <List<Leave>
        query={useLeaves(inspector.id)}
        keyOf={({ id }) => id}
        empty={t('leaves.empty')}
        isDimmed={({ isWithdrawn, until }) => isWithdrawn || until < todayInChina()}
        columns={[
          {
            key: 'days',
            title: t('tabs.leaves'),
            isName: true,
            show: (each) => t('term', { from: day(each.from), until: day(each.until) }),
          },
          { key: 'reason', title: t('leaves.reason'), show: (each) => each.reason },
          { key: 'by', title: t('leaves.by'), show: (each) => each.recordedByName },
          { key: 'state', title: t('leaves.state'), show: (each) => <LeaveState leave={each} /> },
          { key: 'act', title: t('leaves.end'), show: (each) => <EndLeave leave={each} /> },
        ]}
      />
      <SideForm title={t('leaves.add')} isOpen={isNew} onClose={() => setNew(false)}>
        <LeaveForm inspector={inspector} onDone={() => setNew(false)} />
      </SideForm>
    </div>
  )
}

function LeaveState({ leave: { isWithdrawn, from, until } }: { readonly leave: Leave }) {
  const { t } = useTranslation('inspectors')
  const today = todayInChina()
  if (isWithdrawn) return <StateTag kind="ended" word={t('leaves.withdrawn')} />
  if (until < today) return <StateTag kind="ended" word={t('leaves.over')} />
  return from > today ? (
    <StateTag kind="notBegun" word={t('leaves.coming')} />
  ) : (
    <StateTag kind="underWay" word={t('leaves.running')} />
  )
}

function EndLeave({ leave }: { readonly leave: Leave }) {
  const { t } = useTranslation('inspectors')
  const end = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/inspector-leaves/{id}/ending', { params: { path: { id: leave.id } }, headers }),
      ),
    { changes: [['inspectors']], says: 'done' },
  )
  if (leave.can.end?.code === 'leave.over') return null
  if (leave.can.end) return <ActButton refused={leave.can.end}>{t('leaves.end')}</ActButton>
  return (
    <Popconfirm title={t('leaves.end_sure')} onConfirm={() => end.mutate(undefined)}>
      <ActButton size="small">{t('leaves.end')}</ActButton>
    </Popconfirm>
  )
}

type Values = Body<'/api/v1/inspectors/{id}/leaves'>

function LeaveForm({ inspector, onDone }: { readonly inspector: Inspector; readonly onDone: () => void }) {
  const { t } = useTranslation('inspectors')
  const add = useWrite(
    (body: Values, headers) =>
      answerOf(
        api.POST('/api/v1/inspectors/{id}/leaves', { params: { path: { id: inspector.id } }, body, headers }),
      ),
    { changes: [['inspectors']], onDone, says: 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t('leaves.add')}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={(body) => add.mutate(body)}
      onLeave={onDone}
    >
      <Field name="from" label={t('leaves.from')}>
        <DayInput />
      </Field>
      <Field name="until" label={t('leaves.until')}>
        <DayInput />
      </Field>
      <Field name="reason" label={t('leaves.reason')} />
    </EntryForm>
  )
}
