import { useTranslation } from 'react-i18next'

/** /draws/$id/ceremony */
export function CeremonyPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('ceremony.title')}</h1>
}
