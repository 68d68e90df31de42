import { useTranslation } from 'react-i18next'
import { Bars } from '../../ui/bars.tsx'
import { useFormat } from '../../ui/format.ts'
import { type Simulation, useDivisionNames, useIndustryNames } from '../queries.ts'
import { share } from '../words.ts'

interface ChartProps {
  readonly simulation: Simulation
}

type Burden = Simulation['burden']['byIndustry'][number]

const rate = (value: number) => value.toFixed(1)

function useBurdenRows(burden: readonly Burden[], nameOf: (key: string) => string) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const subjects = burden.reduce((sum, each) => sum + each.subjects, 0)
  const drawn = burden.reduce((sum, each) => sum + each.drawn, 0)
  return {
    mean: rate(subjects === 0 ? 0 : (100 * drawn) / subjects),
    heads: [t('whatIf.what'), t('whatIf.per100'), t('whatIf.so_far'), t('whatIf.subjects')],
    rows: burden.map(({ key, per100, soFarPer100, subjects: count }) => ({
      key,
      label: nameOf(key),
      value: per100,
      said: rate(per100),
      more: [rate(soFarPer100), number(count)],
    })),
  }
}

/** On which industries the visits fall. */
export function ByIndustry({ simulation: { burden } }: ChartProps) {
  const { t } = useTranslation('tasks')
  const keys = burden.byIndustry.map(({ key }) => key).filter((key) => key !== '0')
  const name = useIndustryNames(keys)
  const nameOf = (key: string) => (key === '0' ? t('whatIf.unknown_industry') : `${key} ${name(key)}`)
  const { rows, heads, mean } = useBurdenRows(burden.byIndustry, nameOf)
  const [top] = burden.byIndustry
  if (!top) return null
  return (
    <Bars
      question={t('whatIf.industry_q')}
      answer={t('whatIf.industry', { rate: mean, name: nameOf(top.key), top: rate(top.per100) })}
      rows={rows}
      heads={heads}
      table={t('whatIf.table')}
    />
  )
}

/** On which counties the visits fall. */
export function ByDivision({ simulation: { burden } }: ChartProps) {
  const { t } = useTranslation('tasks')
  const nameOf = useDivisionNames(burden.byDivision.slice(0, 30).map(({ key }) => key))
  const { rows, heads, mean } = useBurdenRows(burden.byDivision, nameOf)
  const [top] = burden.byDivision
  if (!top) return null
  return (
    <Bars
      question={t('whatIf.division_q')}
      answer={t('whatIf.division', { rate: mean, name: nameOf(top.key), top: rate(top.per100) })}
      rows={rows}
      heads={heads}
      table={t('whatIf.table')}
    />
  )
}

/** How much each inspector would have to do, the tightest authority first. */
export function Loads({ simulation: { loads } }: ChartProps) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const ordered = loads.toSorted((a, b) => b.mean - a.mean)
  const staffed = ordered.filter(({ drawn }) => drawn > 0)
  const [top] = staffed
  const mean = staffed.length === 0 ? 0 : staffed.reduce((sum, each) => sum + each.mean, 0) / staffed.length
  const cap = top?.cap ?? 0
  return (
    <Bars
      question={t('whatIf.load_q')}
      answer={top ? t('whatIf.load', { mean: rate(mean), name: top.name }) : t('whatIf.load_none')}
      rows={ordered.map((each) => ({
        key: each.authorityId,
        label: each.name,
        value: each.mean,
        said: each.drawn === 0 ? t('whatIf.load_none') : rate(each.mean),
        more: [rate(each.high), `${number(each.drawn)} / ${number(each.pool)}`],
        isOver: each.mean > each.cap,
      }))}
      heads={[
        t('task.fields.authority'),
        t('whatIf.load_mean'),
        t('whatIf.load_high'),
        `${t('whatIf.drawn')} / ${t('whatIf.pool')}`,
      ]}
      table={t('whatIf.table')}
      limit={{ value: cap, said: t('whatIf.load_cap', { cap }) }}
    />
  )
}

/** Whether a match can fail, and for want of whom. */
export function Infeasible({ simulation: { infeasible, declared } }: ChartProps) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  return (
    <figure className="bars">
      <figcaption>
        <span className="fine">{t('whatIf.infeasible_q')}</span>
        <h2>{t('whatIf.infeasible', { share: share(infeasible.share) })}</h2>
      </figcaption>
      <p>
        {t('whatIf.infeasible_said', {
          trials: infeasible.trials,
          failed: infeasible.failed,
          low: share(infeasible.low),
          high: share(infeasible.high),
        })}
      </p>
      <p>
        {t(declared.subjects === 0 ? 'whatIf.declared_none' : 'whatIf.declared', {
          subjects: number(declared.subjects),
          inspectors: number(declared.inspectors),
        })}
        {declared.withoutCode > 0 ? t('whatIf.declared_by_name', { count: declared.withoutCode }) : null}
      </p>
      {infeasible.why.length === 0 ? <p className="fine">{t('whatIf.never')}</p> : null}
      <ul>
        {infeasible.why.map((each) => (
          <li key={each.authorityId}>
            {t('whatIf.short_of', { name: each.name, share: share(each.share) })}
            {each.recused > 0 ? t('whatIf.short_recused', { share: share(each.recused) }) : null}
          </li>
        ))}
      </ul>
    </figure>
  )
}
