import { useTranslation } from 'react-i18next'
import type { Statement } from './queries.ts'
import { useJoined } from './words.ts'

/** The items of a statement, each with its reason and legal basis. */
export function UnsuitableItems({ items }: { readonly items: Statement['items'] }) {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  return (
    <ol className="unsuitable">
      {items.map((item) => (
        <li key={item.id}>
          <span className="row-name">
            {item.code} {item.subItem ? `${item.name}：${item.subItem}` : item.name}
          </span>
          <p>
            {t('statements.item_reason')}：{item.reason}
          </p>
          <p className="fine">
            {t('statements.bases')}：{joined(item.bases) || '–'}
          </p>
        </li>
      ))}
    </ol>
  )
}
