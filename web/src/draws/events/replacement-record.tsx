import { useTranslation } from 'react-i18next'

/** /draws/replacements/$id */
export function ReplacementRecord() {
  const { t } = useTranslation('draws')
  return <h1>{t('events.title')}</h1>
}
