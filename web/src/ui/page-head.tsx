import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

interface PageHeadProps {
  readonly title: string
  readonly above?: ReactNode
  readonly beside?: ReactNode
  readonly acts?: ReactNode
  /** One or two sentences: what this page is for. */
  readonly lead?: ReactNode
}

/** The head of a page; it also names the browser's tab. */
export function PageHead({ title, above, beside, acts, lead }: PageHeadProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`
  }, [title, t])
  return (
    <header className="page-head">
      {above ? <div className="above">{above}</div> : null}
      <div className="row">
        <h1 tabIndex={-1}>{title}</h1>
        {beside}
        {acts ? <div className="acts">{acts}</div> : null}
      </div>
      {lead ? <p className="lead">{lead}</p> : null}
    </header>
  )
}
