// 待办: what waits for me by its legal clock; then what I started and with whom it is.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Row } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { FLOW } from './navigation.tsx'
import { useWord } from '../ui/word.ts'

type Task = Row<'/api/v1/todo'>

/** The first page after sign-in. */
export function Home() {
  const { t } = useTranslation()
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
            <li key={step}>{t(`nav.flow_steps.${step}`)}</li>
          ))}
        </ol>
        <p className="fine">{t('nav.flow_later')}</p>
      </section>
    </article>
  )
}

function TaskRow({ task }: { readonly task: Task }) {
  const word = useWord('home.kinds')
  return (
    <li>
      <Link to={task.link}>{word(task.kind, task.params)}</Link>
      <Clock task={task} />
    </li>
  )
}

/** 还剩 3 个工作日（11月26日到期）依据：… */
function Clock({ task }: { readonly task: Task }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const left = task.workingDaysLeft
  if (task.provisional) return <StateTag kind="notBegun" word={t('clock.provisional')} />
  if (left === null || left === undefined || !task.dueOn)
    return <span className="fine">{t('clock.none')}</span>
  const kind = left < 0 ? 'overdue' : left <= 3 ? 'soon' : 'underWay'
  const word =
    left < 0
      ? t('clock.overdue', { days: -left, due: day(task.dueOn) })
      : t('clock.left', { days: left, due: day(task.dueOn) })
  return (
    <span className="clock">
      <StateTag kind={kind} word={word} />
      {task.law ? <Citation law={task.law} /> : null}
    </span>
  )
}

function StartedList({ items }: { readonly items: readonly Row<'/api/v1/started'>[] }) {
  const { t } = useTranslation()
  const { instant } = useFormat()
  const word = useWord('home.kinds')
  return (
    <ul className="tasks">
      {items.map((item, place) => (
        <li key={`${item.link}${place}`}>
          <Link to={item.link}>{word(item.kind, item.params)}</Link>
          <span className="fine">
            {t('home.since', { at: instant(item.since) })}
            {item.waitsFor ? t('home.waits_for', { who: item.waitsFor }) : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
