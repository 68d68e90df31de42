import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'

/** How many rows a page may have; the server's own habit first. */
const LIMITS = ['50', '200'] as const

interface PagingProps {
  /** How many are on this page. */
  readonly items: number
  readonly next?: string | null | undefined
  /** About how many there are in all. */
  readonly about?: number | null | undefined
  readonly cursor?: string | undefined
  readonly onCursor?: ((cursor: string | undefined) => void) | undefined
  /** How many rows the address asks for, and how to ask for another number. */
  readonly limit?: string | undefined
  readonly onLimit?: ((limit: string | undefined) => void) | undefined
}

/** How many, and the way on. Pages are by keyset: the browser's own way back leads to the page before. */
export function Paging({ items, next, about, cursor, onCursor, limit, onLimit }: PagingProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const isAll = !cursor && !next
  return (
    <div className="paging">
      <span className="fine" role="status">
        {isAll
          ? t('ui.rows_all', { count: items })
          : about
            ? t('ui.rows_about', { count: items, about: format.about(about) })
            : t('ui.rows_here', { count: items })}
      </span>
      {onLimit && (!isAll || limit) ? <LimitChoice limit={limit} onLimit={onLimit} /> : null}
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

function LimitChoice({
  limit,
  onLimit,
}: {
  readonly limit: string | undefined
  readonly onLimit: (limit: string | undefined) => void
}) {
  const { t } = useTranslation()
  const [usual] = LIMITS
  return (
    <Select<string>
      size="small"
      aria-label={t('ui.list.limit')}
      value={LIMITS.find((each) => each === limit) ?? usual}
      options={LIMITS.map((value) => ({ value, label: t('ui.list.limit_of', { count: Number(value) }) }))}
      onChange={(next) => onLimit(next === usual ? undefined : next)}
    />
  )
}
