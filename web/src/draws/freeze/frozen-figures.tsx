import { useTranslation } from 'react-i18next'
import { share, useStratumText } from '../../tasks/words.ts'
import { useFormat } from '../../ui/format.ts'
import { useWord } from '../../ui/word.ts'
import type { Draw } from '../queries.ts'

type Figures = NonNullable<Draw['figures']>

/** What was frozen, counted: the range, the strata with their probabilities, who inspects, and from whom they are drawn. */
export function FrozenFigures({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const reason = useWord('task.exclusions', 'tasks')
  const excluded = figures.scopeCount - figures.population
  return (
    <div className="freeze-figures">
      <h3>{t('freeze.range.title')}</h3>
      <p>
        {t('freeze.range.text', {
          scope: number(figures.scopeCount),
          population: number(figures.population),
          excluded: number(excluded),
        })}
      </p>
      <p className="fine">
        {excluded === 0
          ? t('freeze.range.nobody')
          : `${t('freeze.range.why')}：${figures.exclusions
              .map(({ code, subjects }) => `${reason(code)} ${number(subjects)}`)
              .join(t('freeze.comma'))}`}
      </p>
      <Strata figures={figures} />
      <Demands figures={figures} />
      <Pools figures={figures} />
      <ul className="fine">
        <li>{t('freeze.conflicts', { count: figures.conflicts })}</li>
        {figures.short > 0 ? <li>{t('freeze.short', { count: figures.short })}</li> : null}
        {figures.teams === null ? null : <li>{t('freeze.teams', { count: figures.teams })}</li>}
        {figures.classes.length > 0 ? (
          <li>
            {t('freeze.classes')}：
            {figures.classes.map(({ code, name }) => `${code} ${name}`).join(t('freeze.comma'))}
          </li>
        ) : null}
      </ul>
    </div>
  )
}

function Strata({ figures: { strata } }: { readonly figures: Figures }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const named = useStratumText(strata.map(({ code }) => code))
  const label = (code: string) => (code === 'carried' ? t('freeze.strata.carried') : named(code))
  return (
    <PlainTable
      caption={t('freeze.strata.title')}
      heads={[
        t('freeze.strata.code'),
        t('freeze.strata.rows'),
        t('freeze.strata.n'),
        t('freeze.strata.chance'),
      ]}
      rows={strata.map(({ code, rows, n }) => ({
        key: code,
        cells: [label(code), number(rows), number(n), share(rows === 0 ? 0 : n / rows)],
      }))}
    />
  )
}

function Demands({ figures: { demands } }: { readonly figures: Figures }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  return (
    <PlainTable
      caption={t('freeze.demands.title')}
      heads={[t('freeze.demands.code'), t('freeze.demands.subjects'), t('freeze.demands.who')]}
      isText={2}
      rows={demands.map(({ code, subjects, authorities }) => ({
        key: code,
        cells: [
          demands.length === 1 ? t('freeze.demands.all') : code,
          number(subjects),
          <ul key={code} className="plain-list">
            {authorities.map(({ id, name, members, items }) => (
              <li key={id}>
                {t('freeze.demands.part', { name, members })}
                {items.length > 0 ? <span className="fine">（{items.join(t('freeze.comma'))}）</span> : null}
              </li>
            ))}
          </ul>,
        ],
      }))}
    />
  )
}

function Pools({ figures: { pools } }: { readonly figures: Figures }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  return (
    <PlainTable
      caption={t('freeze.pools.title')}
      heads={[
        t('freeze.pools.name'),
        t('freeze.pools.rows'),
        t('freeze.pools.draw'),
        t('freeze.pools.notAble'),
      ]}
      rows={pools.map(({ id, name, rows, draw, notAble }) => ({
        key: id,
        cells: [name, number(rows), number(draw), number(notAble)],
      }))}
    />
  )
}

interface PlainTableProps {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly React.ReactNode[] }[]
  /** The place of a column after the first that holds text. */
  readonly isText?: number
}

function PlainTable({ caption, heads, rows, isText }: PlainTableProps) {
  const kindOf = (at: number) => (at === isText ? undefined : 'number')
  return (
    <section>
      <h3>{caption}</h3>
      <div className="table-scroll">
        <table className="plain-table" aria-label={caption}>
          <thead>
            <tr>
              {heads.map((head, at) => (
                <th key={head} scope="col" className={at === 0 ? undefined : kindOf(at)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...rest] }) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {rest.map((cell, at) => (
                  <td key={heads[at + 1]} className={kindOf(at + 1)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
