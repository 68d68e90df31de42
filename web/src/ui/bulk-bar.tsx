// The same act on several rows: says first what it will do to how many and whom it leaves out, then what came of it.

import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Refused } from './problem.tsx'

/** One act that can be done to several rows. */
export interface BulkAct<Item> {
  readonly key: string
  readonly verb: string
  /** What will happen to how many, as a whole sentence. */
  readonly says: (count: number) => string
  /** The server's reason against it for one of them: that one is left out. */
  readonly refused?: (item: Item) => Refused | null | undefined
  /** Asks for a reason under this label, and gives it to `act`. */
  readonly asks?: string
  /** Does it to one; they are done one after the other. */
  readonly act: (item: Item, reason: string) => Promise<unknown>
  readonly isDangerous?: boolean
}

interface BulkBarProps<Item> {
  readonly acts: readonly BulkAct<Item>[]
  readonly chosen: readonly Item[]
  readonly nameOf: (item: Item) => ReactNode
  readonly onClear: () => void
}

/** How many are selected, and what can be done with them. It keeps its place while nothing is selected. */
export function BulkBar<Item>({ acts, chosen, nameOf, onClear }: BulkBarProps<Item>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asked, setAsked] = useState<{ readonly act: BulkAct<Item>; readonly items: readonly Item[] }>()
  return (
    <div className="bulk-bar">
      <span role="status">
        {chosen.length === 0 ? t('ui.bulk.hint') : t('ui.bulk.chosen', { count: chosen.length })}
      </span>
      {chosen.length === 0
        ? null
        : acts.map((act) => (
            <Button
              key={act.key}
              size="small"
              danger={act.isDangerous ?? false}
              onClick={() => setAsked({ act, items: chosen })}
            >
              {act.verb}
            </Button>
          ))}
      {chosen.length === 0 ? null : (
        <Button size="small" type="link" onClick={onClear}>
          {t('ui.bulk.clear')}
        </Button>
      )}
      {asked ? (
        <BulkDialog
          act={asked.act}
          items={asked.items}
          nameOf={nameOf}
          onClose={(isDone) => {
            setAsked(undefined)
            if (!isDone) return
            onClear()
            void client.invalidateQueries()
          }}
        />
      ) : null}
    </div>
  )
}
