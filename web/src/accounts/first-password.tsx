import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

/** The password for the first sign-in, shown this once to the administrator who hands it over. */
export function FirstPassword({
  password,
  onClose,
}: {
  readonly password: string | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation('accounts')
  return (
    <Modal
      open={password !== undefined}
      title={t('accounts.first_password')}
      closable={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('accounts.handed_over')}
        </Button>
      }
    >
      <p>{t('accounts.first_password_what')}</p>
      <code className="secret">{password}</code>
    </Modal>
  )
}
