import { useTranslation } from 'react-i18next'

/** /draws/monitor */
export function MonitorPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('certificate.monitor')}</h1>
}
