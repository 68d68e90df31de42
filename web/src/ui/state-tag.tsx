// State is a word, a shape and a colour, in that order: it survives grey printing and colour blindness.

export type StateKind = 'notBegun' | 'underWay' | 'soon' | 'overdue' | 'refused' | 'done' | 'ended'

const SHAPES: Readonly<Record<StateKind, string>> = {
  notBegun: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM6 3a3 3 0 1 1 0 6a3 3 0 1 1 0-6z',
  underWay: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM6 3v6a3 3 0 0 1 0-6z',
  soon: 'M6 1l5.2 9.5H.8z',
  overdue: 'M3.9 1h4.2L11 3.9v4.2L8.1 11H3.9L1 8.1V3.9z',
  refused: 'M2.7 1.3L6 4.6l3.3-3.3l1.4 1.4L7.4 6l3.3 3.3l-1.4 1.4L6 7.4l-3.3 3.3l-1.4-1.4L4.6 6L1.3 2.7z',
  done: 'M10.6 2.6L4.5 9.9L1.3 6.8l1.2-1.3l1.9 1.8l4.7-5.8z',
  ended: 'M1.5 1.5h9v9h-9z',
}

/** A state of something. */
export function StateTag({ kind, word }: { readonly kind: StateKind; readonly word: string }) {
  return (
    <span className={`state state-${kind}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path fillRule="evenodd" d={SHAPES[kind]} />
      </svg>
      {word}
    </span>
  )
}
