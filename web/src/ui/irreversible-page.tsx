// An act that cannot be taken back has a page of its own: what becomes fixed, who will see it, what can still be done.

import { Button, Checkbox } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './notices.tsx'
import { PageHead } from './page-head.tsx'
import { Reason, type Refused } from './problem.tsx'

interface IrreversiblePageProps {
  readonly title: string
  readonly above?: ReactNode
  /** What is fixed or made public, in words and numbers. */
  readonly effects: readonly ReactNode[]
  /** Left out where nothing can be done anyway. */
  readonly seenBy?: ReactNode
  readonly afterwards?: ReactNode
  readonly verb: string
  readonly refused?: Refused | null | undefined
  readonly isBusy: boolean
  readonly error?: unknown
  readonly onConfirm: () => void
  readonly onLeave: () => void
  readonly children?: ReactNode
}

/** The page before the act; the receipt follows on the record's own page. */
export function IrreversiblePage(page: IrreversiblePageProps) {
  const { t } = useTranslation()
  const [isRead, setRead] = useState(false)
  return (
    <article className="irreversible">
      <PageHead title={page.title} above={page.above} />
      <h2>{t('ui.irreversible.effects')}</h2>
      <ul>
        {page.effects.map((effect, place) => (
          <li key={place}>{effect}</li>
        ))}
      </ul>
      {page.seenBy ? (
        <>
          <h2>{t('ui.irreversible.seen_by')}</h2>
          <p>{page.seenBy}</p>
        </>
      ) : null}
      {page.afterwards ? (
        <>
          <h2>{t('ui.irreversible.afterwards')}</h2>
          <p>{page.afterwards}</p>
        </>
      ) : null}
      {page.children}
      {page.error ? <Failure error={page.error} /> : null}
      {page.refused ? (
        <p role="alert">
          <Reason refused={page.refused} />
        </p>
      ) : (
        <Checkbox checked={isRead} onChange={(event) => setRead(event.target.checked)}>
          {t('ui.irreversible.understood')}
        </Checkbox>
      )}
      <div className="acts">
        <Button
          type="primary"
          danger
          loading={page.isBusy}
          disabled={!isRead || Boolean(page.refused)}
          onClick={page.onConfirm}
        >
          {page.verb}
        </Button>
        <Button onClick={page.onLeave}>{t('ui.irreversible.leave')}</Button>
      </div>
    </article>
  )
}
