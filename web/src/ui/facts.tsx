import type { ReactNode } from 'react'

export interface Fact {
  readonly term: ReactNode
  readonly value: ReactNode
}

/** Terms and values of a record, in columns that fold on a phone. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ term, value }, place) => (
        <div key={place}>
          <dt>{term}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
