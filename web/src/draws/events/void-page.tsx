import { useTranslation } from 'react-i18next'

/** /draws/$id/void */
export function VoidPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('events.title')}</h1>
}
