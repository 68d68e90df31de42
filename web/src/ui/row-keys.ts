// What keyboard and mouse do on a row: arrows move, Enter opens its page, → shows it beside the list, Space selects it.

import { type HTMLAttributes, type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react'

interface RowActs<Item> {
  /** Those in the page. */
  readonly items: readonly Item[]
  /** How many more the list has, before them and after them. */
  readonly beyond?: { readonly before: number; readonly after: number }
  readonly keyOf: (item: Item) => string
  readonly onPeek?: ((item: Item) => void) | undefined
  readonly onSelect?: ((item: Item) => void) | undefined
}

/** What one can press or click inside a row; it does what it says, not what the row does. */
const OWN_ACTS = 'a,button,input,textarea,select,label,summary,[role=combobox],.ant-select'

/**
 * The attributes of each row. One of all rows is in the order of tabs: the one that was focused last. Moving on touches two
 * rows of the page and draws nothing anew, so that a held key runs down a long list.
 */
export function useRowKeys<Item>({ items, beyond, keyOf, onPeek, onSelect }: RowActs<Item>) {
  const last = useRef<string | undefined>(undefined)
  // Steps that were pressed at the edge, before the rows beyond it were in the page.
  const owed = useRef(0)
  useLayoutEffect(() => {
    const row = document.activeElement
    const steps = owed.current
    if (steps === 0 || !(row instanceof HTMLElement) || row.dataset['rowKey'] !== last.current) return
    const around = rowsAround(row)
    const from = around.indexOf(row)
    const until = Math.min(around.length - 1, Math.max(0, from + steps))
    focusOn(around[until])
    owed.current = steps - (until - from)
  }, [items])
  const isHere = items.some((item) => keyOf(item) === last.current)
  const tabStop = isHere ? last.current : items[0] === undefined ? undefined : keyOf(items[0])
  return (item: Item): HTMLAttributes<HTMLElement> => ({
    tabIndex: keyOf(item) === tabStop ? 0 : -1,
    onFocus: (event) => {
      const row = event.currentTarget
      if (event.target !== row) return
      last.current = keyOf(item)
      owed.current = 0
      for (const other of rowsAround(row)) if (other.tabIndex === 0) other.tabIndex = -1
      row.tabIndex = 0
    },
    onKeyDown: (event) => {
      const step = STEPS[event.key] ?? 0
      const edge = step > 0 ? items.at(-1) : items[0]
      const more = step > 0 ? beyond?.after : beyond?.before
      if (step !== 0 && more && event.target === event.currentTarget && edge && keyOf(edge) === keyOf(item)) {
        owed.current += step
        event.preventDefault()
      } else if (
        pressed(event, { peek: onPeek && (() => onPeek(item)), select: onSelect && (() => onSelect(item)) })
      )
        event.preventDefault()
    },
    onClick: (event) => {
      if (isOwnAct(event) || isSelectingText()) return
      if (event.ctrlKey || event.metaKey) openApart(event.currentTarget)
      else onPeek?.(item)
    },
    onAuxClick: (event) => {
      if (event.button === 1 && !isOwnAct(event)) openApart(event.currentTarget)
    },
    ...(onPeek ? { className: 'can-peek' } : {}),
  })
}

interface Acts {
  readonly peek: (() => void) | undefined
  readonly select: (() => void) | undefined
}

/** Whether the key was one of the row's. */
function pressed(event: KeyboardEvent<HTMLElement>, { peek, select }: Acts): boolean {
  const row = event.currentTarget
  const isOnRow = event.target === row
  const isOnLink = event.target instanceof HTMLAnchorElement
  const move = MOVES[event.key]
  if (move && (isOnRow || isOnLink)) {
    const next = move(row)
    focusOn(next)
    return next !== undefined
  }
  if (!isOnRow) return false
  switch (event.key) {
    case 'Enter':
      if (event.ctrlKey || event.metaKey) openApart(row)
      else if (linkOf(row)) linkOf(row)?.click()
      else peek?.()
      return true
    case 'ArrowRight':
      peek?.()
      return peek !== undefined
    case ' ':
      ;(select ?? peek)?.()
      return true
    default:
      return false
  }
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

function focusOn(row: HTMLElement | undefined): void {
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

const MOVES: Readonly<Record<string, (row: HTMLElement) => HTMLElement | undefined>> = {
  ArrowDown: (row) => rowsAround(row)[rowsAround(row).indexOf(row) + 1],
  ArrowUp: (row) => rowsAround(row)[rowsAround(row).indexOf(row) - 1],
  Home: (row) => rowsAround(row)[0],
  End: (row) => rowsAround(row).at(-1),
}

function rowsAround(row: HTMLElement): readonly HTMLElement[] {
  return [...(row.parentElement?.querySelectorAll<HTMLElement>(':scope > [data-row-key]') ?? [])]
}

/** The link to the page of what the row is about. */
function linkOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>('.row-name a[href]') ?? row.querySelector('a[href]')
}

function openApart(row: HTMLElement): void {
  const href = linkOf(row)?.href
  if (href) open(href, '_blank', 'noopener')
}

function isOwnAct(event: MouseEvent<HTMLElement>): boolean {
  return event.target instanceof Element && event.target.closest(OWN_ACTS) !== null
}

/** Who drags over a row wants its text. */
function isSelectingText(): boolean {
  return (getSelection()?.toString() ?? '') !== ''
}
