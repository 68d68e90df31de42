import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'

interface BarRow {
  readonly key: string
  readonly label: string
  readonly subjects: number
}

interface BarsProps {
  readonly question: string
  readonly answer: string
  /** What the rows are: the head of the table's first column. */
  readonly what: string
  readonly rows: readonly BarRow[]
  readonly total: number
  /** The rows have an order of their own; otherwise the longest comes first. */
  readonly isOrdered?: boolean
  readonly onOpen: (key: string) => void
}

/** As many as one takes in at a glance. */
const MOST_BARS = 12

/** One question, its answer as the title, a bar for each row with its number, and the table behind. */
export function Bars({ question, answer, rows, total, isOrdered = false, what, onOpen }: BarsProps) {
  const { t } = useTranslation('subjects')
  const { number } = useFormat()
  const ordered = isOrdered ? rows : rows.toSorted((a, b) => b.subjects - a.subjects)
  const longest = Math.max(...rows.map(({ subjects }) => subjects), 1)
  return (
    <figure className="bars">
      <figcaption>
        <span className="fine">{question}</span>
        <h2>{answer}</h2>
      </figcaption>
      <ol>
        {ordered.slice(0, MOST_BARS).map(({ key, label, subjects }) => (
          <li key={key}>
            <button type="button" className="bar-label" onClick={() => onOpen(key)}>
              {label}
            </button>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${(subjects / longest) * 100}%` }} />
            </span>
            <span className="number">{number(subjects)}</span>
          </li>
        ))}
      </ol>
      <details>
        <summary>{t('figures.table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              <th scope="col" className="number">
                {t('figures.subjects')}
              </th>
              <th scope="col" className="number">
                {t('figures.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ key, label, subjects }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td className="number">{number(subjects)}</td>
                <td className="number">{`${((subjects / Math.max(total, 1)) * 100).toFixed(1)}%`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
