import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCodes } from '../../registers/catalogue/words.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { type Visit, useVisits } from '../queries.ts'
import { ConfirmationForm, VisitForm, WithdrawalForm } from './visit-forms.tsx'

/** 检查频次台账: what caps and 本年度已抽查 are counted from. */
export function VisitList() {
  const { t } = useTranslation('tasks')
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const [taken, setTaken] = useState<Visit | undefined>()
  const [confirmed, setConfirmed] = useState<Visit | undefined>()
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
          <>
            <ChoiceFilter
              label={t('visits.year')}
              value={search['year']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...years.map((value) => ({ value, label: value })),
              ]}
              onChange={(year) => change({ year })}
            />
            <ChoiceFilter
              label={t('visits.state')}
              value={search['state']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...STATES.map((value) => ({ value, label: t(`visits.states.${value}`) })),
              ]}
              onChange={(state) => change({ state })}
            />
          </>
        }
        columns={useColumns(setConfirmed, setTaken)}
      />
      <SideForm title={t('visits.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <VisitForm onDone={() => setNew(false)} />
      </SideForm>
      <SideForm
        title={t('visits.confirm')}
        isOpen={confirmed !== undefined}
        onClose={() => setConfirmed(undefined)}
      >
        {confirmed ? <ConfirmationForm visit={confirmed} onDone={() => setConfirmed(undefined)} /> : null}
      </SideForm>
      <SideForm title={t('visits.withdraw')} isOpen={taken !== undefined} onClose={() => setTaken(undefined)}>
        {taken ? <WithdrawalForm visit={taken} onDone={() => setTaken(undefined)} /> : null}
      </SideForm>
    </>
  )
}

const STATES = ['pending', 'confirmed', 'withdrawn'] as const
const TAGS = { pending: 'underWay', confirmed: 'done', withdrawn: 'ended' } as const

function stateOf({ isWithdrawn, takesOut }: Visit): (typeof STATES)[number] {
  if (isWithdrawn) return 'withdrawn'
  return takesOut ? 'confirmed' : 'pending'
}

function useColumns(
  onConfirm: (visit: Visit) => void,
  onTake: (visit: Visit) => void,
): readonly Column<Visit>[] {
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
      key: 'state',
      title: t('visits.state'),
      show: (each) => <StateTag kind={TAGS[stateOf(each)]} word={t(`visits.states.${stateOf(each)}`)} />,
    },
    {
      key: 'counts',
      title: t('visits.counts'),
      show: (each) =>
        each.isWithdrawn
          ? `${t('visits.withdrawn')}：${each.withdrawalReason ?? ''}`
          : !each.takesOut
            ? t('visits.not_yet')
            : each.exemptionGround
              ? t('visits.not_counted', { ground: grounds.nameOf(each.exemptionGround) })
              : t('visits.counts'),
    },
    {
      key: 'source',
      title: t('visits.source'),
      isSpare: true,
      show: (each) =>
        each.declaredBy
          ? `${t(`visits.sources.${each.source}`)} · ${each.declaredBy.name}`
          : t(`visits.sources.${each.source}`),
    },
    {
      key: 'acts',
      title: t('visits.acts'),
      show: (each) =>
        each.isWithdrawn ? null : (
          <>
            {stateOf(each) === 'pending' ? (
              <ActButton type="link" size="small" refused={each.can.confirm} onClick={() => onConfirm(each)}>
                {t('visits.confirm')}
              </ActButton>
            ) : null}
            <ActButton type="link" size="small" refused={each.can.withdraw} onClick={() => onTake(each)}>
              {t('visits.withdraw')}
            </ActButton>
          </>
        ),
    },
  ]
}
