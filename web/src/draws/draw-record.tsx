import { useTranslation } from 'react-i18next'

/** /draws/$id */
export function DrawRecord() {
  const { t } = useTranslation('draws')
  return <h1>{t('draws.title')}</h1>
}
