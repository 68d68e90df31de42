import { useTranslation } from 'react-i18next'
import type { InForce } from './queries.ts'

/** A citation; marked where nobody has yet compared it with the document itself. */
export function SourceText({ source }: { readonly source: InForce['source'] }) {
  const { t } = useTranslation('law')
  return (
    <span className="source" title={source.title ?? undefined}>
      {source.citation}
      {source.confirmed ? null : <span className="unconfirmed">{t('unconfirmed')}</span>}
      {source.note ? <span className="fine note">{source.note}</span> : null}
    </span>
  )
}
