import { useTranslation } from 'react-i18next'
import type { Draw } from '../queries.ts'

export function FreezeTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <p>
      {t('freeze.title')} {draw.name}
    </p>
  )
}
