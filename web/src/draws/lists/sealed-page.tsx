import { useTranslation } from 'react-i18next'

/** /draws/$id/sealed */
export function SealedPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('drawing.sealed')}</h1>
}
