import { useTranslation } from 'react-i18next'
import type { Draw } from '../queries.ts'

export function CertificateTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <p>
      {t('certificate.title')} {draw.name}
    </p>
  )
}
