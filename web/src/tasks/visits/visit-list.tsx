import { Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body } from '../../api.ts'
import { useMe } from '../../me.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { findSubjects } from '../../registers/subjects/queries.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { type Visit, useVisits } from '../queries.ts'
import { LEVELS } from '../words.ts'
import { ManyInput } from '../many-input.tsx'

type Values = Body<'/api/v1/visits'>

/** 检查频次台账: what caps and 本年度已抽查 are counted from. */
export function VisitList() {
  const { t } = useTranslation('tasks')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const [taken, setTaken] = useState<Visit | undefined>()
  const visits = useVisits(search)
  const { t: ui } = useTranslation()
  const thisYear = Number(todayInChina().slice(0, 4))
  const years = [thisYear, thisYear - 1, thisYear - 2].map(String)
  return (
    <>
      <ListPage<Visit>
        title={t('visits.title')}
        lead={t('visits.lead')}
        query={visits}
        keyOf={({ id }) => id}
        empty={t('visits.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ isWithdrawn }) => isWithdrawn}
        acts={
          <ActButton type="primary" refused={visits.data?.can.declare ?? null} onClick={() => setNew(true)}>
            {t('visits.new')}
          </ActButton>
        }
        filters={
          <ChoiceFilter
            label={t('visits.year')}
            value={search['year']}
            choices={[{ value: '', label: ui('ui.all') }, ...years.map((value) => ({ value, label: value }))]}
            onChange={(year) => change({ year })}
          />
        }
        columns={useColumns(setTaken)}
      />
      <SideForm title={t('visits.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <VisitForm onDone={() => setNew(false)} />
      </SideForm>
      <SideForm title={t('visits.withdraw')} isOpen={taken !== undefined} onClose={() => setTaken(undefined)}>
        {taken ? <WithdrawalForm visit={taken} onDone={() => setTaken(undefined)} /> : null}
      </SideForm>
    </>
  )
}

function useColumns(onTake: (visit: Visit) => void): readonly Column<Visit>[] {
  const { t } = useTranslation('tasks')
  const { day } = useFormat()
  const grounds = useCodes('frequency-exemptions')
  return [
    {
      key: 'subject',
      title: t('visits.subject'),
      isName: true,
      show: (each) => (
        <Link className="wraps" to="/registers/subjects/$id" params={{ id: each.subjectId }}>
          {each.subjectName}
        </Link>
      ),
    },
    { key: 'day', title: t('visits.day'), show: (each) => day(each.onDay) },
    { key: 'level', title: t('visits.level'), show: (each) => t(`task.levels.${each.level}`) },
    {
      key: 'authorities',
      title: t('visits.authorities'),
      show: (each) => (
        <span className="wraps">{each.authorities.map(({ name }) => name).join(t('task.comma'))}</span>
      ),
    },
    {
      key: 'counts',
      title: t('visits.counts'),
      show: (each) =>
        each.isWithdrawn
          ? `${t('visits.withdrawn')}：${each.withdrawalReason ?? ''}`
          : each.exemptionGround
            ? t('visits.not_counted', { ground: grounds.nameOf(each.exemptionGround) })
            : t('visits.counts'),
    },
    {
      key: 'source',
      title: t('visits.source'),
      isSpare: true,
      show: (each) => t(`visits.sources.${each.source}`),
    },
    {
      key: 'withdraw',
      title: t('visits.withdraw'),
      show: (each) =>
        each.isWithdrawn ? null : (
          <ActButton type="link" size="small" refused={each.can.withdraw} onClick={() => onTake(each)}>
            {t('visits.withdraw')}
          </ActButton>
        ),
    },
  ]
}

function VisitForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const acting = useMe().data?.acting
  const grounds = useCodes('frequency-exemptions')
  const save = useWrite<Values, unknown>(
    (body, headers) => answerOf(api.POST('/api/v1/visits', { body, headers })),
    { changes: [['visits'], ['task-previews']], onDone, says: 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t('visits.new')}
      initial={{
        onDay: todayInChina(),
        level: 'county',
        ...(acting ? { authorityIds: [acting.authorityId] } : {}),
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="subjectId" label={t('visits.subject')}>
        <RemotePicker about={['subjects']} find={findSubjects} />
      </Field>
      <Field name="onDay" label={t('visits.day')}>
        <DayInput isClearable={false} />
      </Field>
      <Field name="level" label={t('visits.level')}>
        <Select options={LEVELS.map((value) => ({ value, label: t(`task.levels.${value}`) }))} />
      </Field>
      <Field name="authorityIds" label={t('visits.authorities')}>
        <ManyInput find={findAuthorities} />
      </Field>
      <Field name="exemptionGround" label={t('visits.ground')} help={t('visits.ground_help')} isOptional>
        <Select options={[...grounds.choices]} allowClear />
      </Field>
      <Field name="evidence" label={t('visits.evidence')} isOptional>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}

function WithdrawalForm({ visit, onDone }: { readonly visit: Visit; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const take = useWrite<{ readonly reason: string }, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/visits/{division}/{id}/withdrawal', {
          params: { path: { division: visit.divisionCode, id: visit.id } },
          body,
          headers,
        }),
      ),
    { changes: [['visits'], ['task-previews']], onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly reason: string }>
      verb={t('visits.withdraw')}
      isBusy={take.isPending}
      error={take.error}
      onSubmit={(values) => take.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{visit.subjectName}</p>
      <Field name="reason" label={t('visits.withdraw_reason')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}
