import { useTranslation } from 'react-i18next'

/** /draws/$id/commitment */
export function CommitmentPage() {
  const { t } = useTranslation('draws')
  return <h1>{t('freeze.title')}</h1>
}
