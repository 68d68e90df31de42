import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { Figures as Counted } from './queries.ts'
import { share, useStratumText } from './words.ts'

/** What will be drawn: how many of whom with which probability, who is left out and why, and who inspects whom. */
export function Figures({ figures }: { readonly figures: Counted }) {
  const { t } = useTranslation('tasks')
  const { number, instant } = useFormat()
  const excluded = figures.exclusions.reduce((sum, { subjects }) => sum + subjects, 0)
  const cards = [
    [t('task.figures.scope'), figures.scopeCount],
    [t('task.figures.excluded'), excluded],
    [t('task.figures.frame'), figures.frame],
    [t('task.figures.total'), figures.total],
  ] as const
  return (
    <section className="task-figures" aria-label={t('task.figures.title')}>
      <dl className="task-counts">
        {cards.map(([term, count]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="number">{t('task.figures.households', { count: number(count) as never })}</dd>
          </div>
        ))}
      </dl>
      {figures.exclusions.length > 0 ? (
        <p className="fine">
          {t('task.figures.why_excluded')}：
          {figures.exclusions
            .map(
              ({ code, subjects }) => `${t(`task.exclusions.${code as 'NOT_ACTIVE'}`)} ${number(subjects)}`,
            )
            .join(t('task.comma'))}
        </p>
      ) : null}
      {figures.strata.length > 0 ? <Strata figures={figures} /> : null}
      {figures.demands.length > 0 ? <Demands figures={figures} /> : null}
      <p className="fine">{t('task.figures.as_of', { at: instant(figures.asOf) })}</p>
    </section>
  )
}

function Strata({ figures: { strata, frame, total } }: { readonly figures: Counted }) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const stratum = useStratumText(strata.map(({ code }) => code))
  const rows = [
    ...strata.map((each) => ({ ...each, label: stratum(each.code) })),
    ...(strata.length > 1 ? [{ code: 'sum', label: t('task.figures.sum'), rows: frame, n: total }] : []),
  ]
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('task.figures.stratum')}</th>
            <th scope="col" className="number">
              {t('task.figures.rows')}
            </th>
            <th scope="col" className="number">
              {t('task.figures.n')}
            </th>
            <th scope="col" className="number">
              {t('task.figures.chance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, rows: all, n }) => (
            <tr key={code} className={code === 'sum' ? 'sum' : undefined}>
              <th scope="row">{label}</th>
              <td className="number">{number(all)}</td>
              <td className="number">{number(n)}</td>
              <td className="number">
                {share(all === 0 ? 0 : n / all)}
                {n > 0 && n < all ? (
                  <span className="fine">
                    （{t('task.figures.one_in', { k: Math.round((10 * all) / n) / 10 })}）
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Demands({ figures: { demands } }: { readonly figures: Counted }) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('task.figures.demands')}</th>
            <th scope="col" className="number">
              {t('task.figures.subjects')}
            </th>
            <th scope="col" className="number">
              {t('task.figures.drawn_of')}
            </th>
          </tr>
        </thead>
        <tbody>
          {demands.map(({ code, authorities, subjects, drawn }) => (
            <tr key={code}>
              <th scope="row">
                {authorities.map(({ id, name, members, items }) => (
                  <div key={id}>
                    {t('task.figures.people', { name, count: members })}
                    {items.length > 0 ? <span className="fine"> · {items.join(t('task.comma'))}</span> : null}
                  </div>
                ))}
              </th>
              <td className="number">{number(subjects)}</td>
              <td className="number">{number(drawn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
