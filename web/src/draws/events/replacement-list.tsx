import { useTranslation } from 'react-i18next'

/** /draws/replacements */
export function ReplacementList() {
  const { t } = useTranslation('draws')
  return <h1>{t('events.title')}</h1>
}
