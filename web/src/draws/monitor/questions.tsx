// Each question of the monitor: a title, the answer in a sentence, the table behind it. Amber only where there is enough to say so.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { type Column, Rows } from '../../ui/rows.tsx'
import type { Monitor } from './monitor-page.tsx'
import { chance, Marked, RateRows, RepeatedRows, worst } from './question-rows.tsx'

type Kind = Monitor['inclusion'][number]

interface Shown {
  readonly monitor: Monitor
}

/** The questions in their order. */
export function Questions({ monitor }: Shown) {
  return (
    <>
      <Inclusion monitor={monitor} />
      <OverDrawn monitor={monitor} />
      <Together monitor={monitor} />
      <Replacements monitor={monitor} />
      <Ends monitor={monitor} />
      <Timing monitor={monitor} />
      <Undrawn monitor={monitor} />
    </>
  )
}

function Question({
  title,
  answer,
  isOdd = false,
  children,
}: {
  readonly title: string
  readonly answer: string
  readonly isOdd?: boolean
  readonly children?: ReactNode
}) {
  return (
    <section className="monitor-question">
      <h2>{title}</h2>
      <p className={isOdd ? 'answer is-odd' : 'answer'}>{answer}</p>
      {children}
    </section>
  )
}

function Inclusion({ monitor: { inclusion, seeds } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const mark = worst(inclusion)
  const columns: readonly Column<Kind>[] = [
    {
      key: 'facet',
      title: t('monitor.inclusion.facet'),
      isName: true,
      show: ({ facet }) => t(`monitor.inclusion.facets.${facet}`),
    },
    {
      key: 'drawn',
      title: t('monitor.inclusion.drawn'),
      isNumber: true,
      show: ({ drawn }) => number(drawn),
    },
    {
      key: 'deviation',
      title: t('monitor.inclusion.deviation'),
      isNumber: true,
      show: ({ chiSquared, df }) => (df === 0 ? '–' : `${chiSquared.toFixed(1)} (${df})`),
    },
    { key: 'p', title: t('monitor.p'), isNumber: true, show: ({ p }) => chance(p) },
    { key: 'mark', title: t('monitor.verdict'), show: (kind) => <Marked mark={kind.mark} /> },
  ]
  return (
    <Question
      title={t('monitor.inclusion.heading')}
      answer={t(`monitor.inclusion.${mark}`)}
      isOdd={mark === 'odd'}
    >
      <Rows items={inclusion} columns={columns} keyOf={({ facet }) => facet} />
      <p className="fine">
        {t('monitor.seeds.text', { draws: number(seeds.draws), mark: t(`monitor.marks.${seeds.mark}`) })}
      </p>
    </Question>
  )
}

function OverDrawn({ monitor: { overDrawn } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const odd = overDrawn.items.filter(({ mark }) => mark === 'odd')
  const path = odd.length > 0 ? 'odd' : overDrawn.subjects === 0 ? 'none' : 'calm'
  const subjects = number(odd.length > 0 ? odd.length : overDrawn.subjects)
  return (
    <Question
      title={t('monitor.repeated.heading')}
      answer={t(`monitor.repeated.${path}`, { subjects })}
      isOdd={odd.length > 0}
    >
      <RepeatedRows items={odd} what={t('monitor.repeated.code')} times={t('monitor.repeated.times')} />
    </Question>
  )
}

function Together({ monitor: { together } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const { mark, items, pairs } = together
  const said = { pairs: number(mark === 'odd' ? items.length : pairs) }
  return (
    <Question
      title={t('monitor.together.heading')}
      answer={t(`monitor.together.${mark}`, said)}
      isOdd={mark === 'odd'}
    >
      <RepeatedRows
        items={items}
        what={t('monitor.together.authorities')}
        times={t('monitor.together.times')}
      />
    </Question>
  )
}

function Replacements({ monitor: { replacements } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const { items, persons } = replacements
  const mark = worst(items)
  const said = {
    drawn: number(replacements.drawn),
    applied: number(replacements.applied),
    substituted: number(replacements.substituted),
  }
  return (
    <Question
      title={t('monitor.replacements.heading')}
      answer={t(`monitor.replacements.${mark}`)}
      isOdd={mark === 'odd'}
    >
      <p>
        {t('monitor.replacements.text', said)}{' '}
        {persons > 0 ? t('monitor.replacements.persons', { persons: number(persons) }) : null}
      </p>
      <RateRows items={items} rate={t('monitor.replacements.rate')} />
    </Question>
  )
}

function Ends({ monitor: { ends } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const mark = worst(ends.items)
  const said = {
    commitments: number(ends.commitments),
    void: number(ends.void),
    withheld: number(ends.withheld),
  }
  return (
    <Question title={t('monitor.ends.heading')} answer={t(`monitor.ends.${mark}`)} isOdd={mark === 'odd'}>
      <p>{t('monitor.ends.text', said)}</p>
      <RateRows items={ends.items} rate={t('monitor.ends.rate')} />
    </Question>
  )
}

function Timing({ monitor: { timing } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const { hours, fresh, of } = timing
  if (!hours) return null
  const spread = {
    least: hours.least.toFixed(1),
    median: hours.median.toFixed(1),
    p90: hours.p90.toFixed(1),
  }
  const isOdd = fresh < of
  return (
    <Question
      title={t('monitor.timing.heading')}
      answer={t('monitor.timing.fresh', { fresh: number(fresh), of: number(of) })}
      isOdd={isOdd}
    >
      <p>
        {t('monitor.timing.text', spread)} {isOdd ? t('monitor.timing.not_fresh') : null}
      </p>
    </Question>
  )
}

function Undrawn({ monitor: { undrawn } }: Shown) {
  const { t } = useTranslation('publicDraws')
  const { number } = useFormat()
  const tasks = undrawn.reduce((sum, row) => sum + row.tasks, 0)
  type Row = (typeof undrawn)[number]
  const columns: readonly Column<Row>[] = [
    {
      key: 'authority',
      title: t('monitor.replacements.authority'),
      isName: true,
      show: ({ authority }) => authority,
    },
    {
      key: 'tasks',
      title: t('monitor.undrawn.tasks'),
      isNumber: true,
      show: (row) => number(row.tasks),
    },
  ]
  return (
    <Question
      title={t('monitor.undrawn.heading')}
      answer={tasks === 0 ? t('monitor.undrawn.none') : t('monitor.undrawn.text', { tasks: number(tasks) })}
    >
      {tasks > 0 ? <Rows items={undrawn} columns={columns} keyOf={({ authority }) => authority} /> : null}
    </Question>
  )
}
