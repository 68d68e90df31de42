// A row's record beside the list: enough to go on to the next without leaving the page.

import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface PeekProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** Which row; none: closed. */
  readonly at: string | undefined
  readonly onMove: (at: string | undefined) => void
  /** The row's name, with the link to its page. */
  readonly name: (item: Item) => ReactNode
  readonly show: (item: Item) => ReactNode
}

/** The drawer of one row, with the way to its neighbours. */
export function Peek<Item>({ items, keyOf, at, onMove, name, show }: PeekProps<Item>) {
  const { t } = useTranslation()
  const place = items.findIndex((item) => keyOf(item) === at)
  const item = items[place]
  const last = useRef(at)
  useEffect(() => {
    if (at !== undefined) last.current = at
  }, [at])
  const step = (by: 1 | -1, label: string, icon: ReactNode) => {
    const next = place < 0 ? undefined : items[place + by]
    return (
      <Button
        type="text"
        icon={icon}
        aria-label={label}
        title={label}
        disabled={next === undefined}
        onClick={() => next !== undefined && onMove(keyOf(next))}
      />
    )
  }
  return (
    <Drawer
      className="peek"
      title={item === undefined ? '' : <span className="row-name">{name(item)}</span>}
      open={item !== undefined}
      onClose={() => onMove(undefined)}
      afterOpenChange={(isOpen) => {
        if (!isOpen) rowOf(last.current)?.focus()
      }}
      size={560}
      destroyOnHidden
      focusable={{ focusTriggerAfterClose: false }}
      extra={
        <>
          {step(-1, t('ui.list.previous'), <UpOutlined aria-hidden />)}
          {step(1, t('ui.list.next'), <DownOutlined aria-hidden />)}
        </>
      }
    >
      {item === undefined ? null : show(item)}
    </Drawer>
  )
}

/** Whoever closes the drawer goes on in the list where the drawer was last. */
function rowOf(key: string | undefined): HTMLElement | null {
  return key === undefined ? null : document.querySelector(`[data-row-key="${CSS.escape(key)}"]`)
}
