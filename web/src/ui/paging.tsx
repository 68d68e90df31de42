import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { numberText } from './format.ts'

interface PagingProps {
  /** How many are on this page. */
  readonly items: number
  readonly next?: string | null | undefined
  /** About how many there are in all. */
  readonly about?: number | null | undefined
  readonly cursor?: string | undefined
  readonly onCursor?: ((cursor: string | undefined) => void) | undefined
}

/** How many, and the way on. Pages are by keyset: the browser's own way back leads to the page before. */
export function Paging({ items, next, about, cursor, onCursor }: PagingProps) {
  const { t } = useTranslation()
  const isAll = !cursor && !next
  return (
    <div className="paging">
      <span className="fine" role="status">
        {isAll
          ? t('ui.rows_all', { count: items })
          : about
            ? t('ui.rows_about', { count: items, about: numberText(about) })
            : t('ui.rows_here', { count: items })}
      </span>
      {onCursor && !isAll ? (
        <>
          <Button size="small" disabled={!cursor} onClick={() => onCursor(undefined)}>
            {t('ui.first_page')}
          </Button>
          <Button size="small" disabled={!next} onClick={() => onCursor(next ?? undefined)}>
            {t('ui.next_page')}
          </Button>
        </>
      ) : null}
    </div>
  )
}
