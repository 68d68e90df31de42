// The tables behind the answers of the monitor.

import { useTranslation } from 'react-i18next'
import { type Column, Rows } from '../../ui/rows.tsx'
import type { Monitor } from './monitor-page.tsx'

type Mark = Monitor['together']['mark']
type Rate = Monitor['ends']['items'][number]
type Repeated = Monitor['overDrawn']['items'][number]

/** What came again and again, against what was to be expected. */
export function RepeatedRows({
  items,
  what,
  times,
}: {
  readonly items: readonly Repeated[]
  readonly what: string
  readonly times: string
}) {
  const { t } = useTranslation('publicDraws')
  const { t: common } = useTranslation('subjects')
  if (items.length === 0) return null
  const columns: readonly Column<Repeated>[] = [
    { key: 'names', title: what, isName: true, show: ({ names }) => names.join(common('comma')) },
    {
      key: 'times',
      title: times,
      isNumber: true,
      show: (item) => t('monitor.of', { hits: item.times, of: item.of }),
    },
    {
      key: 'expected',
      title: t('monitor.repeated.expected'),
      isNumber: true,
      show: ({ expected }) => expected.toFixed(1),
    },
    { key: 'p', title: t('monitor.p'), isNumber: true, show: ({ p }) => chance(p) },
  ]
  return (
    <Rows
      items={items}
      columns={columns}
      keyOf={({ names, times: often, p }) => `${names.join()} ${often} ${p}`}
    />
  )
}

/** Rates of authorities with their intervals. */
export function RateRows({ items, rate }: { readonly items: readonly Rate[]; readonly rate: string }) {
  const { t } = useTranslation('publicDraws')
  if (items.length === 0) return null
  const columns: readonly Column<Rate>[] = [
    {
      key: 'authority',
      title: t('monitor.replacements.authority'),
      isName: true,
      show: ({ authority }) => authority,
    },
    { key: 'rate', title: rate, isNumber: true, show: ({ hits, of }) => t('monitor.of', { hits, of }) },
    {
      key: 'interval',
      title: t('monitor.replacements.interval'),
      isNumber: true,
      show: ({ low, high }) => t('monitor.interval_text', { low: percent(low), high: percent(high) }),
    },
    { key: 'mark', title: t('monitor.verdict'), show: ({ mark }) => <Marked mark={mark} /> },
  ]
  return <Rows items={items} columns={columns} keyOf={({ authority }) => authority} />
}

/** What a figure calls for, as a word. */
export function Marked({ mark }: { readonly mark: Mark }) {
  const { t } = useTranslation('publicDraws')
  return <span className={`monitor-mark is-${mark}`}>{t(`monitor.marks.${mark}`)}</span>
}

/** What calls for a look comes before all else. */
export function worst(items: readonly { readonly mark: Mark }[]): Mark {
  const marks = items.map(({ mark }) => mark)
  return (['odd', 'calm'] as const).find((mark) => marks.includes(mark)) ?? 'tooFew'
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`
}

/** A probability, which may be too small to be written out. */
export function chance(p: number | undefined): string {
  if (p === undefined) return '–'
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}
