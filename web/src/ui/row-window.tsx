// Of thousands of rows only those near the screen are in the page; blank rows above and below keep the place of the rest.

import {
  type ComponentProps,
  createContext,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'

/** Up to so many rows all are in the page. */
const MOST_AT_ONCE = 200
/** How many rows are kept ready beyond either edge of the screen, and by how many the window moves. */
const SPARE = 40
const STEP = 20
const GUESSED_HEIGHT_PX = 39

interface Range {
  readonly from: number
  readonly until: number
  /** Of one row; guessed until rows were seen. */
  readonly heightPx: number
  readonly isMeasured: boolean
}

interface RowWindow<Item> {
  readonly holder: RefObject<HTMLDivElement | null>
  readonly items: readonly Item[]
  /** How many rows precede the first of `items`. */
  readonly offset: number
  /** What the table's body needs; undefined where all rows are in the page. */
  readonly gaps: Gaps | undefined
}

interface Gaps {
  readonly abovePx: number
  readonly belowPx: number
  readonly count: number
}

/** The rows near the screen. */
export function useRowWindow<Item>(items: readonly Item[]): RowWindow<Item> {
  const holder = useRef<HTMLDivElement>(null)
  const count = items.length
  const [range, setRange] = useState<Range>({
    from: 0,
    until: SPARE * 2,
    heightPx: GUESSED_HEIGHT_PX,
    isMeasured: false,
  })
  const isNeeded = count > MOST_AT_ONCE
  useEffect(() => {
    if (!isNeeded) return
    const look = () => setRange((last) => rangeOf(holder.current, last, count))
    look()
    addEventListener('scroll', look, { capture: true, passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look, { capture: true })
      removeEventListener('resize', look)
    }
  }, [isNeeded, count])
  if (!isNeeded) return { holder, items, offset: 0, gaps: undefined }
  const from = Math.min(range.from, Math.max(0, count - STEP))
  const until = Math.min(range.until, count)
  return {
    holder,
    items: items.slice(from, until),
    offset: from,
    gaps: { abovePx: from * range.heightPx, belowPx: (count - until) * range.heightPx, count },
  }
}

function rangeOf(holder: HTMLElement | null, last: Range, count: number): Range {
  const rows = holder?.querySelectorAll<HTMLElement>('tr[data-row-key]')
  const [first] = rows ?? []
  if (!holder || !rows || !first) return last
  const end = rows[rows.length - 1]!.getBoundingClientRect().bottom
  const heightPx = (end - first.getBoundingClientRect().top) / rows.length || GUESSED_HEIGHT_PX
  const hiddenAbove = -holder.getBoundingClientRect().top / last.heightPx
  const top = Math.max(0, Math.floor(hiddenAbove / STEP) * STEP - SPARE)
  const from = Math.min(top, Math.max(0, count - STEP))
  const until = Math.min(count, from + Math.ceil(innerHeight / heightPx / STEP) * STEP + 2 * SPARE + STEP)
  if (from === last.from && until === last.until && last.isMeasured) return last
  // Measured once: afterwards a changing height would move the rows under the reader's eyes.
  return { from, until, heightPx: last.isMeasured ? last.heightPx : heightPx, isMeasured: true }
}

const GapContext = createContext<Gaps | undefined>(undefined)
/** Around the table that shows a window. */
export const RowGaps = GapContext.Provider

/** The body of the table that shows a window. */
export function WindowBody({ children, ...rest }: ComponentProps<'tbody'>) {
  const gaps = useContext(GapContext)
  return (
    <tbody {...rest}>
      <Gap heightPx={gaps?.abovePx ?? 0} />
      {children}
      <Gap heightPx={gaps?.belowPx ?? 0} />
    </tbody>
  )
}

/** A screen reader is told how many rows there are, though few are in the page. */
export function WindowTable(table: ComponentProps<'table'>) {
  const gaps = useContext(GapContext)
  return <table {...table} {...(gaps ? { 'aria-rowcount': gaps.count + 1 } : {})} />
}

function Gap({ heightPx }: { readonly heightPx: number }) {
  if (heightPx <= 0) return null
  return (
    <tr aria-hidden className="row-gap">
      <td colSpan={1000} style={{ height: heightPx }} />
    </tr>
  )
}
