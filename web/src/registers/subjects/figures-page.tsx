import { useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api.ts'
import { useJob } from '../../operations/queries.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Bars } from '../../ui/bars.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { useFormat } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWrite } from '../../use-write.ts'
import { type Figures, useFigures } from './queries.ts'
import { DivisionFilter } from './subject-filters.tsx'
import { useValueWord } from './words.ts'

/** What the register consists of: a question a chart, the answer in its title, the table behind it. */
export function FiguresPage() {
  const { search } = useListSearch()
  const figures = useFigures(search['division'])
  const { t } = useTranslation('subjects')
  return (
    <article className="figures-page">
      <PageHead
        title={t('figures.title')}
        lead={t('figures.lead')}
        acts={<CountAgain figures={figures.data} />}
      />
      <FilterBar filters={<DivisionFilter />} />
      <Loaded query={figures}>{(known) => <Charts figures={known} />}</Loaded>
    </article>
  )
}

function Charts({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation('subjects')
  const { instant, number } = useFormat()
  const asOf = figures.asOf ? t('figures.as_of', { at: instant(figures.asOf) }) : t('figures.never')
  if (figures.total === 0)
    return (
      <>
        <p className="fine">{asOf}</p>
        <EmptyState sentence={t('figures.empty')} />
      </>
    )
  return (
    <>
      <p className="total">
        <strong>{t('figures.total', { count: number(figures.total) as never })}</strong>{' '}
        <span className="fine">{asOf}</span>
      </p>
      <div className="charts">
        <ByDivision figures={figures} />
        <ByIndustry figures={figures} />
        <ByClass figures={figures} />
        <ByType figures={figures} />
      </div>
    </>
  )
}

type Figure = Figures['byClass'][number]

const share = (subjects: number, total: number) => `${((subjects / total) * 100).toFixed(1)}%`
/** Those of which there are most; several where they are equal. */
const most = (figures: readonly Figure[]): readonly Figure[] => {
  const largest = Math.max(...figures.map(({ subjects }) => subjects))
  return figures.filter(({ subjects }) => subjects === largest)
}
/** As many equal ones are named in a title. */
const MOST_NAMED = 3

/** What a chart says in its title: equal ones are all named, or counted where they are many. */
function useAnswer() {
  const { t } = useTranslation('subjects')
  const { number } = useFormat()
  return (tops: readonly Figure[], total: number, nameOf: (figure: Figure) => string): string => {
    const subjects = tops[0]?.subjects ?? 0
    const said = { count: number(subjects) as never, share: share(subjects, total) }
    if (tops.length > MOST_NAMED) return t('figures.answer_many_tied', { ...said, kinds: tops.length })
    const name = tops.map(nameOf).join(t('comma'))
    return t(tops.length > 1 ? 'figures.answer_tied' : 'figures.answer_most', { ...said, name })
  }
}

/** Those of which nothing is stated come last. */
const lastOnes = (figures: readonly Figure[]) =>
  figures.toSorted((a, b) => Number(a.key === '-') - Number(b.key === '-'))

/** The largest first. */
const heaviest = (figures: readonly Figure[]) => figures.toSorted((a, b) => b.subjects - a.subjects)

/** The bars and the table of some figures: how many, and what share of all. */
function useTable(total: number) {
  const { t } = useTranslation('subjects')
  const { number } = useFormat()
  return (what: string, figures: readonly Figure[], nameOf: (figure: Figure) => string) => ({
    heads: [what, t('figures.subjects'), t('figures.share')],
    table: t('figures.table'),
    rows: figures.map((figure) => ({
      key: figure.key,
      label: nameOf(figure),
      value: figure.subjects,
      said: number(figure.subjects),
      more: [share(figure.subjects, Math.max(total, 1))],
    })),
  })
}

interface ChartProps {
  readonly figures: Figures
}

function ByDivision({ figures: { byDivision, total, divisionName } }: ChartProps) {
  const { t } = useTranslation('subjects')
  const { number } = useFormat()
  const navigate = useNavigate()
  const answer = useAnswer()
  const table = useTable(total)
  const nameOf = ({ key, name }: Figure) => name ?? key
  const [only, ...others] = byDivision
  if (!only) return null
  return (
    <Bars
      question={t('figures.by_division')}
      answer={
        others.length === 0
          ? t('figures.answer_one_division', {
              name: divisionName ?? nameOf(only),
              count: number(only.subjects) as never,
            })
          : answer(most(byDivision), total, nameOf)
      }
      {...table(t('fields.divisionCode'), heaviest(byDivision), nameOf)}
      onOpen={(key) => void navigate({ to: '/registers/subjects', search: { division: key } })}
    />
  )
}

function ByIndustry({ figures: { byIndustry, total, divisionCode } }: ChartProps) {
  const { t } = useTranslation('subjects')
  const navigate = useNavigate()
  const answer = useAnswer()
  const table = useTable(total)
  const nameOf = ({ key, name }: Figure) => (key === '-' ? t('figures.other') : `${key} ${name ?? ''}`)
  if (byIndustry.length === 0) return null
  return (
    <Bars
      question={t('figures.by_industry')}
      answer={answer(most(byIndustry), total, nameOf)}
      {...table(t('fields.industryCode'), heaviest(byIndustry), nameOf)}
      onOpen={(industry) =>
        void navigate({ to: '/registers/subjects', search: { division: divisionCode, industry } })
      }
    />
  )
}

function ByClass({ figures: { byClass, total, divisionCode } }: ChartProps) {
  const { t } = useTranslation('subjects')
  const { number } = useFormat()
  const navigate = useNavigate()
  const answer = useAnswer()
  const table = useTable(total)
  const nameOf = ({ key }: Figure) => (key === '-' ? t('figures.other') : t(`classes.${key as 'A'}`))
  const tops = most(byClass)
  const [top] = tops
  if (!top) return null
  return (
    <Bars
      question={t('figures.by_class')}
      answer={
        tops.length === 1 && top.key === '-'
          ? t('figures.answer_unclassed', {
              count: number(top.subjects) as never,
              share: share(top.subjects, total),
            })
          : answer(tops, total, nameOf)
      }
      {...table(t('fields.creditClass'), lastOnes(byClass), nameOf)}
      onOpen={(key) =>
        void navigate({ to: '/registers/subjects', search: { division: divisionCode, class: key } })
      }
    />
  )
}

function ByType({ figures: { byEntityType, total, divisionCode } }: ChartProps) {
  const { t } = useTranslation('subjects')
  const navigate = useNavigate()
  const word = useValueWord()
  const answer = useAnswer()
  const table = useTable(total)
  if (byEntityType.length === 0) return null
  return (
    <Bars
      question={t('figures.by_type')}
      answer={answer(most(byEntityType), total, ({ key }) => word('entityType', key))}
      {...table(t('fields.entityType'), heaviest(byEntityType), ({ key }) => word('entityType', key))}
      onOpen={(type) =>
        void navigate({ to: '/registers/subjects', search: { division: divisionCode, type } })
      }
    />
  )
}

/** Counting goes on in the background; the figures come back by themselves. */
function CountAgain({ figures }: { readonly figures: Figures | undefined }) {
  const { t } = useTranslation('subjects')
  const client = useQueryClient()
  const [jobId, setJobId] = useState('')
  const job = useJob(jobId)
  const ask = useWrite(
    (_: undefined, headers) => answerOf(api.POST('/api/v1/subject-figures', { headers })),
    { changes: [], onDone: ({ jobId: id }) => setJobId(id) },
  )
  const state = jobId === '' ? undefined : job.data?.state
  useEffect(() => {
    if (state === 'done') void client.invalidateQueries({ queryKey: ['subject-figures'] })
  }, [client, state])
  const isRunning = state === 'waiting' || state === 'running'
  if (isRunning) return <JobProgress doing={t('figures.counting')} isRunning />
  return (
    <>
      {state === 'failed' ? <Alert type="error" showIcon title={t('figures.failed')} /> : null}
      <ActButton
        refused={figures?.can.count ?? null}
        loading={ask.isPending}
        onClick={() => ask.mutate(undefined)}
      >
        {t('figures.count')}
      </ActButton>
    </>
  )
}
