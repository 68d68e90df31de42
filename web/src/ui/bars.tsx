import type { ReactNode } from 'react'

export interface BarRow {
  readonly key: string
  readonly label: string
  readonly value: number
  /** As it is written beside the bar. */
  readonly said: string
  /** More that stands in the table. */
  readonly more?: readonly ReactNode[]
  readonly isOver?: boolean
}

interface BarsProps {
  readonly question: string
  readonly answer: string
  readonly rows: readonly BarRow[]
  /** The heads of the table: what the rows are, the value, and more. */
  readonly heads: readonly string[]
  /** What the table is opened by. */
  readonly table: string
  /** A line that no bar should go beyond. */
  readonly limit?: { readonly value: number; readonly said: string }
  /** A row leads somewhere. */
  readonly onOpen?: (key: string) => void
}

/** As many as one takes in at a glance. */
const MOST_BARS = 12

/** One question, its answer as the title, a bar for each row with its number, and the table behind. */
export function Bars({ question, answer, rows, heads, table, limit, onOpen }: BarsProps) {
  const longest = Math.max(...rows.map(({ value }) => value), limit?.value ?? 0, Number.EPSILON)
  return (
    <figure className="bars">
      <figcaption>
        <span className="fine">{question}</span>
        <h2>{answer}</h2>
      </figcaption>
      <ol>
        {rows.slice(0, MOST_BARS).map(({ key, label, value, said, isOver }) => (
          <li key={key}>
            {onOpen ? (
              <button type="button" className="bar-label" onClick={() => onOpen(key)}>
                {label}
              </button>
            ) : (
              <span className="bar-name">{label}</span>
            )}
            <span className="bar" aria-hidden="true">
              <span
                className={isOver ? 'over' : undefined}
                style={{ width: `${(value / longest) * 100}%` }}
              />
            </span>
            <span className="number">{said}</span>
          </li>
        ))}
      </ol>
      {limit ? <p className="fine">{limit.said}</p> : null}
      <details>
        <summary>{table}</summary>
        <BarTable rows={rows} heads={heads} />
      </details>
    </figure>
  )
}

function BarTable({ rows, heads }: Pick<BarsProps, 'rows' | 'heads'>) {
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={at > 0 ? 'number' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, said, more = [] }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td className="number">{said}</td>
              {more.map((cell, at) => (
                <td key={at} className="number">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
