import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import type { Simulation } from '../queries.ts'
import { percent, share } from '../words.ts'

const WIDTH = 420
const HEIGHT = 150
const EDGE = 12
/** From here on one speaks of it. */
const MUCH = 0.05

/** What the same task would be at other ratios: how many subjects, and where the inspectors no longer suffice. */
export function Sweep({ simulation: { sweep } }: { readonly simulation: Simulation }) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const most = Math.max(...sweep.map(({ load }) => load), 1)
  const failing = sweep.find(({ infeasible }) => infeasible > MUCH)
  const x = (at: number) => EDGE + (at / Math.max(sweep.length - 1, 1)) * (WIDTH - 2 * EDGE)
  const y = (part: number) => HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE)
  const line = (value: (each: Simulation['sweep'][number]) => number) =>
    sweep
      .map((each, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value(each)).toFixed(1)}`)
      .join(' ')
  return (
    <figure className="bars sweep">
      <figcaption>
        <span className="fine">{t('whatIf.sweep_q')}</span>
        <h2>
          {failing
            ? t('whatIf.sweep_until', { ratio: percent(failing.ratio), total: number(failing.total) })
            : t('whatIf.sweep_fine')}
        </h2>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path className="load" d={line(({ load }) => load / most)} />
        <path className="failing" d={line(({ infeasible }) => infeasible)} />
      </svg>
      <p className="fine legend">
        <span className="load">{t('whatIf.s_load')}</span>
        <span className="failing">{t('whatIf.s_infeasible')}</span>
      </p>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              {(['s_ratio', 's_total', 's_load', 's_infeasible'] as const).map((head) => (
                <th key={head} scope="col" className="number">
                  {t(`whatIf.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sweep.map(({ ratio, total, load, infeasible }) => (
              <tr key={ratio}>
                <th scope="row" className="number">
                  {percent(ratio)}
                </th>
                <td className="number">{number(total)}</td>
                <td className="number">{load.toFixed(1)}</td>
                <td className="number">{share(infeasible)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
