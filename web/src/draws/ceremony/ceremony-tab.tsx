import { useTranslation } from 'react-i18next'
import type { Draw } from '../queries.ts'

export function CeremonyTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <p>
      {t('ceremony.title')} {draw.name}
    </p>
  )
}
