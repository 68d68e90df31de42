import { useTranslation } from 'react-i18next'

/** /draws/$id/press */
export function PressPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('drawing.title')}</h1>
}
