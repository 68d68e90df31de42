import { useTranslation } from 'react-i18next'
import type { Draw } from '../queries.ts'

export function DrawingTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <p>
      {t('drawing.title')} {draw.name}
    </p>
  )
}
