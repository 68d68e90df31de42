import { useTranslation } from 'react-i18next'
import type { Draw } from '../queries.ts'

export function EventsTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <p>
      {t('events.title')} {draw.name}
    </p>
  )
}
