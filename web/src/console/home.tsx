// 待办: what waits for me by its legal clock; then what I started and with whom it is.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Row } from '../api.ts'
import { useMay } from '../may.ts'
import { useSystem } from '../me.ts'
import { todayInChina, useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { FLOW } from './navigation.tsx'
import { useWaitingSentence } from './waiting-sentence.ts'

/** Where the steps of the flow are that there are. */
const BUILT: Partial<Record<(typeof FLOW)[number], '/registers/items' | '/plans' | '/tasks'>> = {
  list_and_registers: '/registers/items',
  plans: '/plans',
  tasks: '/tasks',
}

type Task = Row<'/api/v1/todo'>

/** The first page after sign-in. */
export function Home() {
  const { t } = useTranslation()
  const may = useMay()
  const todo = useQuery({
    queryKey: ['todo'],
    queryFn: () => answerOf(api.GET('/api/v1/todo')),
    refetchInterval: 60_000,
  })
  const started = useQuery({ queryKey: ['started'], queryFn: () => answerOf(api.GET('/api/v1/started')) })
  return (
    <article className="home">
      <PageHead title={t('home.title')} lead={t('home.lead')} />
      <Loaded query={todo}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState sentence={t('home.nothing_waits')} />
          ) : (
            <ul className="tasks">
              {items.map((task, place) => (
                <TaskRow key={`${task.link}${place}`} task={task} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <h2>{t('home.started')}</h2>
      <Loaded query={started}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState sentence={t('home.nothing_started')} />
          ) : (
            <StartedList items={items} />
          )
        }
      </Loaded>
      <section className="flow">
        <h2>{t('nav.flow')}</h2>
        <ol>
          {FLOW.map((step) => (
            <li key={step}>
              {BUILT[step] !== undefined && may(BUILT[step]) ? (
                <Link to={BUILT[step]}>{t(`nav.flow_steps.${step}`)}</Link>
              ) : (
                t(`nav.flow_steps.${step}`)
              )}
            </li>
          ))}
        </ol>
        <p className="fine">{t('nav.flow_later')}</p>
      </section>
    </article>
  )
}

function TaskRow({ task }: { readonly task: Task }) {
  const word = useWaitingSentence()
  return (
    <li>
      <Link to={task.link}>{word(task.code, task.params)}</Link>
      <Clock task={task} />
    </li>
  )
}

/** 还剩 3 个工作日（11月26日到期）, with its basis; past its day it is overdue. */
function Clock({ task: { due, since } }: { readonly task: Task }) {
  const { t } = useTranslation()
  const { day, instant } = useFormat()
  // The platform's clock, which in a simulated database runs ahead of this machine's.
  const now = useSystem().data?.now
  if (!due) return <span className="fine">{t('clock.since', { at: instant(since) })}</span>
  const today = todayInChina(now === undefined ? undefined : new Date(now))
  const isOverdue = due.on < today
  const count = Math.abs(due.workingDays ?? 0)
  const word = isOverdue
    ? t(count > 0 ? 'clock.late' : 'clock.overdue', { due: day(due.on), count })
    : due.on === today
      ? t('clock.today')
      : t(count > 0 ? 'clock.left' : 'clock.due', { due: day(due.on), count })
  return (
    <span className="clock">
      <StateTag kind={isOverdue ? 'overdue' : 'underWay'} word={word} />
      <Citation law={due.citation ?? due.law} />
    </span>
  )
}

function StartedList({ items }: { readonly items: readonly Row<'/api/v1/started'>[] }) {
  const { t } = useTranslation()
  const { instant } = useFormat()
  const word = useWaitingSentence()
  return (
    <ul className="tasks">
      {items.map((item, place) => (
        <li key={`${item.link}${place}`}>
          <Link to={item.link}>{word(item.code, item.params)}</Link>
          <span className="fine">
            {t('home.since', { at: instant(item.since) })}
            {item.withWhom ? t('home.waits_for', { who: item.withWhom }) : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
