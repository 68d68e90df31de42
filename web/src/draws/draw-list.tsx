import { useTranslation } from 'react-i18next'

/** /draws */
export function DrawList() {
  const { t } = useTranslation('draws')
  return <h1>{t('draws.title')}</h1>
}
